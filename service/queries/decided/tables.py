"""The rules that decisions were made by: what they are called, and the versions of each that were ever deployed."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from service.domain.errors import DecisionAltered, DecisionUnanswerable
from service.engine import shown_tables
from service.queries import bundled, decisions, tables
from service.queries.bundled import Kept
from service.queries.texts import Text
from service.store import definitions as store
from service.store import deployments

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a decision's file: `table` is its digest, and `bundle` that of the newest bundle which holds it, put into
    force as its number `number`. `answers`: who asks the decision now is answered by this one."""

    table: str
    bundle: str
    file: str
    key: str
    number: int
    deployed_at: datetime
    answers: bool = False


def _read(session: "Session", workspace_id: str, bundle: str, file: str, key: str) -> str:
    return decisions.definition_of(session, workspace_id, bundle, file, key).digest


def _names(session: "Session", workspace_id: str, bundle: str, file: str) -> dict[str, str]:
    data = store.file(session, workspace_id, bundle, file) or b""
    return {table.decision: table.name for table in shown_tables(data)}


_digest, _called = Kept(_read), Kept(_names)


def versions(session: "Session", workspace_id: str, key: str) -> list[Version]:
    """The versions of a decision's file that were deployed and can still be read, the newest first."""
    found: dict[str, Version] = {}
    for bundle, file in store.decisions(session, workspace_id, key):
        of = deployments.bundle_key(session, workspace_id, bundle)
        rows = deployments.of_key(session, workspace_id, of) if of else ()
        row = next((it for it in rows if it.bundle_digest == bundle), None)
        try:
            digest = _digest(session, workspace_id, bundle, file, key) if row else ""
        except (DecisionAltered, DecisionUnanswerable):
            continue
        if row is not None and of is not None:
            version = Version(digest, bundle, file, of, row.number, row.deployed_at)
            known = found.setdefault(digest, version)
            if known.deployed_at < version.deployed_at:
                found[digest] = version
    newest = sorted(found.values(), key=lambda it: (it.deployed_at, it.number), reverse=True)
    answering = store.decision(session, workspace_id, key)
    return [
        Version(it.table, it.bundle, it.file, it.key, it.number, it.deployed_at, answering is not None and n == 0)
        for n, it in enumerate(newest)
    ]


def rules(session: "Session", workspace_id: str, language: str) -> dict[str, str]:
    """What the decisions of the bundles that were deployed last are called, by key, in the order of their names."""
    found = {
        key: name(session, workspace_id, digest, file, key, language).text
        for key, digest, file in deployments.newest_decisions(session, workspace_id)
    }
    return dict(sorted(found.items(), key=lambda it: it[1].casefold()))


def name(session: "Session", workspace_id: str, bundle: str, file: str, key: str, language: str) -> Text:
    """What a decision of a bundle's file is called."""
    drawn = _called(session, workspace_id, bundle, file).get(key, key)
    return bundled.texts(session, workspace_id, bundle, language).of(key, drawn)


def called(session: "Session", workspace_id: str, key: str, language: str) -> Text:
    """What a decision is called where it was deployed last; its key where it never was."""
    found = store.decision(session, workspace_id, key)
    return Text(key) if found is None else name(session, workspace_id, *found, key, language)


def outputs(session: "Session", workspace_id: str, key: str, digest: str | None, language: str) -> list[dict[str, Any]]:
    """The columns of what a decision gave by the file of that digest, with what its table calls them and their values; none
    where it is no table, or where the file is gone."""
    for bundle, file in store.decisions(session, workspace_id, key):
        with suppress(DecisionAltered, DecisionUnanswerable):
            if _digest(session, workspace_id, bundle, file, key) == digest:
                drawn = shown_tables(store.file(session, workspace_id, bundle, file) or b"")
                table = next((it for it in drawn if it.decision == key), None)
                return (
                    []
                    if table is None
                    else tables.outputs(table, bundled.texts(session, workspace_id, bundle, language))
                )
    return []
