"""The processes of a workspace for those who own them: what is in force, what runs of it, what a draft would do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service import operations
from service.domain.actors import Actor
from service.domain.bundles import Bundle
from service.domain.errors import BundleUnreadable, DefinitionNotFound
from service.domain.findings import Finding
from service.engine import XMLRefused, diagrams_of, digest_of, from_files, read, shown_tables
from service.queries import proposals, tables
from service.queries.outlines import outline
from service.queries.texts import Texts, texts, title, without
from service.runtime import checking, definitions
from service.runtime.views import when
from service.store import definitions as files
from service.store import deployments, people
from service.store import proposals as proposals_store
from service.store.db import reading
from service.store.tables import Deployment

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Draft:
    """A bundle as it would be deployed, what is wrong with it, and what its elements are called, by id."""

    bundle: Bundle
    findings: list[Finding]
    names: Mapping[str, str]


def listed(actor: Actor, language: str) -> list[dict[str, Any]]:
    """Every bundle: its title, the version in force, and what runs of each version. `drawn`: it holds processes; `altered`: its files
    were changed behind the service's back."""
    actor.must_hold_a_role()
    with reading() as session:
        here = actor.workspace_id
        running, troubled = deployments.running(session, here), deployments.troubled(session, here)
        found = []
        for row in deployments.newest_of_all(session, here):
            versions = _versions(session, here, row.bundle_key, running, troubled)
            if not versions:
                continue  # what its deployment says of it cannot be read, and the page says so
            said = texts(session, here, row.bundle_digest, language)
            found.append(
                {
                    "key": row.bundle_key,
                    "title": title(said, _first(session, row), row.bundle_key, language),
                    "altered": altered(session, here, row.bundle_digest),
                    "drawn": bool(deployments.process_keys(session, here, row.bundle_digest)),
                    "in_force": versions[0],
                    "running": [version for version in versions if version["running"]],
                    "troubled": sum(version["troubled"] for version in versions),
                }
            )
        return sorted(found, key=lambda it: it["title"].text.casefold())


def process(
    actor: Actor, key: str, language: str, number: int | None = None, *, proposed: bool = False
) -> dict[str, Any]:
    """One bundle: its versions, and each diagram of one of them (the one in force unless `number` says) with its text.

    `proposed` shows the version that waits for approval, which only who may approve it sees. Raises
    `DefinitionNotFound`, also for who has no part in the workspace.
    """
    _must_see(actor, key)
    with reading() as session:
        here = actor.workspace_id
        versions = _versions(
            session, here, key, deployments.running(session, here), deployments.troubled(session, here)
        )
        waits = proposals_store.of_key(session, here, key) if actor.owns_processes else None
        proposal = None if waits is None else proposals.told(session, actor, waits, language)
        shown = next((it for it in versions if number is None or it["number"] == number), None)
        if proposed or not versions:
            shown = proposal and {"number": None, "digest": proposal["digest"], "deployed_at": proposal["at"]}
        if shown is None:
            raise DefinitionNotFound(key=key)
        said = texts(session, here, shown["digest"], language)
        return {
            "key": key,
            "title": title(said, _process(session, here, shown["digest"]), key, language),
            "versions": versions,
            "proposal": proposal,
            "shown": shown,
            "altered": altered(session, here, shown["digest"]),
            "diagrams": _diagrams(session, here, shown["digest"], said),
            "tables": _tables(session, here, shown["digest"], said),
        }


def _must_see(actor: Actor, key: str) -> None:
    if not actor.takes_part:
        raise DefinitionNotFound(key=key)


def file(actor: Actor, digest: str, name: str) -> bytes:
    """One file of a deployed bundle, as it came. Raises `DefinitionNotFound`."""
    _must_see(actor, name)
    with reading() as session:
        found = files.file(session, actor.workspace_id, digest, name)
        if found is None:
            raise DefinitionNotFound(key=name)
        return found


def to_edit(actor: Actor, key: str, language: str, name: str | None = None) -> dict[str, Any]:
    """The version in force of a bundle as its editor needs it: the diagram, and everything there is to choose from.

    `name` is a file's, where the bundle has several diagrams. Raises `DefinitionNotFound`, `ProcessOwnerNeeded`.
    """
    _must_see(actor, key)
    actor.must_own_processes()
    with reading() as session:
        here = actor.workspace_id
        bundle, newest = _in_force(session, here, key)
        diagrams = bundle.named(".bpmn")
        chosen = name if name in diagrams else next(iter(diagrams), None)
        if chosen is None:
            raise DefinitionNotFound(key=key)
        said = texts(session, here, newest.bundle_digest, language)
        return {
            "title": title(said, None, key, language),
            "file": chosen,
            "files": list(diagrams),
            "xml": diagrams[chosen].decode("utf-8", "replace"),
            "base": newest.bundle_digest,
            "number": newest.number,
            "running": deployments.running(session, here).get(newest.bundle_digest, 0),
            "findings": checking.findings(session, here, bundle),
            "names": _names(bundle),
            "offers": _offers(session, here, bundle),
        }


def draft(actor: Actor, key: str, name: str, xml: str) -> Draft:
    """The bundle that would be deployed if the diagram `name` were this one, and what is wrong with it.

    Where a label was changed, its texts in other languages are left out: they said what it was called before. A drawing
    that cannot be read is a finding too; the bundle is then the one in force. Raises `DefinitionNotFound`,
    `ProcessOwnerNeeded`.
    """
    _must_see(actor, key)
    actor.must_own_processes()
    with reading() as session:
        bundle, _ = _in_force(session, actor.workspace_id, key)
        if name not in bundle.named(".bpmn"):
            raise DefinitionNotFound(key=key)
        try:
            drawn = from_files({**bundle.files, name: xml.encode()})
            drawn = from_files(without(drawn.files, _renamed(_names(bundle), _names(drawn))))
            return Draft(drawn, checking.findings(session, actor.workspace_id, drawn), _names(drawn))
        except XMLRefused as refused:
            found = Finding(refused.rule, "error", refused.reason, refused.element, refused.file or name)
        except BundleUnreadable as refused:
            found = Finding("unreadable", "error", str(refused), file=name)
        return Draft(bundle, [found], _names(bundle))


def altered(session: "Session", here: str, digest: str) -> bool:
    """Whether the files that are kept of a bundle are no longer those that were deployed: its digest says so."""
    return digest_of(deployments.files(session, here, digest)) != digest


# --- parts -----------------------------------------------------------------------------------------------------------


def _in_force(session: "Session", here: str, key: str) -> tuple[Bundle, Deployment]:
    found = deployments.of_key(session, here, key)
    if not found:
        raise DefinitionNotFound(key=key)
    return from_files(deployments.files(session, here, found[0].bundle_digest)), found[0]


def _versions(
    session: "Session", here: str, key: str, running: Mapping[str, int], troubled: Mapping[str, int]
) -> list[dict[str, Any]]:
    """A bundle's deployments, the newest first. What runs is counted with the newest one of its digest."""
    rows = deployments.of_key(session, here, key)
    names = people.names(session, here, {by for row in rows for by in (row.deployed_by, row.approved_by) if by})
    counted: set[str] = set()
    told = []
    for row in rows:
        first = row.bundle_digest not in counted
        counted.add(row.bundle_digest)
        told.append(
            {
                "number": row.number,
                "digest": row.bundle_digest,
                "deployed_at": when(row.deployed_at),
                "deployed_by": names.get(row.deployed_by),
                "approved_by": names.get(row.approved_by or ""),
                "note": row.note,
                "running": running.get(row.bundle_digest, 0) if first else 0,
                "troubled": troubled.get(row.bundle_digest, 0) if first else 0,
            }
        )
    return told


def _diagrams(session: "Session", here: str, digest: str, said: Texts) -> list[dict[str, Any]]:
    return [
        {
            "file": name,
            "labels": said.labels(),
            "processes": [
                {"id": it.id, "name": said.of(it.id, it.name), "outline": outline(it, said)}
                for it in read(data, name).processes
            ],
        }
        for name, data in deployments.files(session, here, digest).items()
        if name.endswith(".bpmn")
    ]


def _tables(session: "Session", here: str, digest: str, said: Texts) -> list[dict[str, Any]]:
    return [
        tables.shown(table, said)
        for name, data in deployments.files(session, here, digest).items()
        if name.endswith(".dmn")
        for table in shown_tables(data)
    ]


def _first(session: "Session", row: Deployment) -> Any:
    return _process(session, row.workspace_id, row.bundle_digest)


def _process(session: "Session", here: str, digest: str) -> Any:
    key = next(iter(deployments.process_keys(session, here, digest)), None)
    return None if key is None else definitions.drawn(definitions.by_digest(session, here, digest, key))


def _names(bundle: Bundle) -> dict[str, str]:
    found: dict[str, str | None] = {}
    for diagram in diagrams_of(bundle):
        for drawn in diagram.processes:
            found[drawn.id] = drawn.name
            found |= {part.id: part.name for part in drawn.lanes}
            found |= {part.id: part.name for part in drawn.elements}
            found |= {part.id: part.name for part in drawn.flows}
    return {key: " ".join(name.split()) for key, name in found.items() if name}


def _renamed(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    return {key for key, name in before.items() if after.get(key, name) != name}


def _offers(session: "Session", here: str, bundle: Bundle) -> dict[str, Any]:
    forms = bundle.named(".schema.json")
    return {
        "roles": [{"key": key, "label": label} for key, label in people.roles(session, here).items()],
        "forms": [
            {"schema": name, "ui": ui if ui in bundle.files else None, "title": name.removesuffix(".schema.json")}
            for name in forms
            for ui in [name.replace(".schema.json", ".ui.json")]
        ],
        "decisions": [{"key": key, "name": key} for key in sorted(deployments.decision_keys(session, here))],
        "processes": [{"key": row.process_key, "name": row.process_key} for row in files.all_in_force(session, here)],
        "operations": [
            {
                "name": operation.name,
                "description": operation.description,
                "parameters": [
                    {"name": name, "required": field.required} for name, field in operation.parameters.fields.items()
                ],
            }
            for _, operation in sorted(operations.REGISTRY.items())
        ],
    }
