"""What a person may start: the processes whose beginning stands in a lane of hers."""

from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.errors import DefinitionNotFound
from service.engine.model import Element, Process
from service.queries import bundled
from service.runtime import definitions
from service.runtime.views import when
from service.store import definitions as store
from service.store import people
from service.store.db import reading
from service.store.tables import InForce

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def startable(actor: Actor, language: str) -> list[dict[str, Any]]:
    """The processes in force that the actor may start, by name. One that others call begins by itself: it needs a form.

    A start in no lane is open to whoever holds a role.
    """
    with reading() as session:
        rows = store.all_in_force(session, actor.workspace_id)
        called = frozenset().union(*definitions.calls(session, actor.workspace_id).values())
        drawn = {row.process_key: _process(session, row) for row in rows}
        begins = {key: _begin(process) for key, process in drawn.items()}
        lanes = {_role(begin) for begin in begins.values() if begin is not None} - {None}
        roles = people.matching_roles(session, actor.workspace_id, {lane for lane in lanes if lane})
        found = []
        for row in rows:
            begin = begins[row.process_key]
            if begin is None or (row.process_key in called and not begin.properties.get("formJsonSchemaFilename")):
                continue
            lane = _role(begin)
            if not _may(actor, None if lane is None else roles.get(lane, lane)):
                continue
            texts = bundled.texts(session, actor.workspace_id, row.bundle_digest, language)
            found.append(
                {
                    "key": row.process_key,
                    "title": texts.of(row.process_key, drawn[row.process_key].name),
                    "begins": texts.of(begin.id, begin.name) if begin.name else None,
                    "version": row.version,
                    "deployed_at": when(row.deployed_at),
                    "digest": row.bundle_digest,
                    "form": (
                        begin.properties.get("formJsonSchemaFilename"),
                        begin.properties.get("formUiSchemaFilename"),
                    ),
                }
            )
        return sorted(found, key=lambda it: it["title"].text.casefold())


def one(actor: Actor, key: str, language: str) -> dict[str, Any]:
    """One process that the actor may start, with its start form if it has one. Raises `DefinitionNotFound`."""
    found = next((it for it in startable(actor, language) if it["key"] == key), None)
    if found is None:
        raise DefinitionNotFound(key=key)
    with reading() as session:
        form = bundled.form(session, actor.workspace_id, found["digest"], found["form"], language)
        return found | {"form": form}


def _process(session: "Session", row: InForce) -> Process:
    return bundled.process(session, row.workspace_id, row.bundle_digest, row.process_key)


def _begin(process: Process) -> Element | None:
    """The start that a person makes: of the process itself, and not one that an event makes."""
    starts = (it for it in process.elements if it.kind == "startEvent" and it.scope == process.id and not it.events)
    return next(starts, None)


def _role(begin: Element) -> str | None:
    return begin.properties.get("candidateRole") or begin.lane


def _may(actor: Actor, role: str | None) -> bool:
    return bool(actor.roles) if role is None else role in actor.roles
