"""The decisions of a period that would have turned out otherwise under another version of their rule: an experiment."""

from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.cases import readable
from service.domain.decisions import DecisionsNotFound, RuleVersionNotFound
from service.queries import cursors
from service.queries.decided import may_see, place
from service.queries.decided.record import is_whole
from service.queries.decided.rows import told
from service.queries.decided.tables import called, outputs, versions
from service.queries.decided.trying import Experiment, Tried
from service.runtime.views import when
from service.store import decided as store
from service.store.db import reading
from service.store.decided import Only
from service.store.tables import DecisionMade

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST = 500
"""Decisions that are looked at for one page, and `SHOWN` of them that are listed; it ends sooner after `SECONDS`."""

SHOWN = 50
SECONDS = 3.0
AT_ONCE = 50


@dataclass(slots=True)
class Looked:
    """What was found: how many were looked at, how many of them by this very version, how many are not the reader's to
    try; and those that would have turned out otherwise. `last` is where it stopped before the end."""

    count: int = 0
    own: int = 0
    withheld: int = 0
    others: list[tuple[DecisionMade, Tried]] = field(default_factory=list)
    reached: DecisionMade | None = None
    last: DecisionMade | None = None


def otherwise(
    actor: Actor,
    language: str,
    key: str,
    table: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    cursor: str | None = None,
) -> dict[str, Any]:
    """The decisions by the rule `key` from `since` on and before `until`, in the cases that the actor may read, that would
    have turned out otherwise by the version whose file has the digest `table` (empty: the newest): the
    newest first.

    `next` goes on where it stopped, `reached` is the moment to which it came. Raises `DecisionsNotFound`,
    `RuleVersionNotFound`, `CursorRefused`, `DecisionAltered`, `DecisionUnanswerable`.
    """
    if not may_see(actor):
        raise DecisionsNotFound
    only = Only(kind="rule", subject=key, since=since, until=until, sight=readable(actor))
    with reading() as session:
        known = versions(session, actor.workspace_id, key)
        version = next((it for it in known if table in (it.table, "")), None)
        if version is None:
            raise RuleVersionNotFound(key=key)
        found = _look(session, actor, Experiment.of(session, actor.workspace_id, version, key), only, cursor)
        rows = told(session, actor, language, [row for row, _ in found.others])
        last = found.last
        return {
            "key": key,
            "name": called(session, actor.workspace_id, key, language),
            "version": version,
            "columns": outputs(session, actor.workspace_id, key, version.table, language),
            "versions": known,
            "looked": found.count,
            "own": found.own,
            "withheld": found.withheld,
            "reached": when(found.reached.decided_at) if found.reached else None,
            "next": cursors.cursor((last.decided_at, f"{last.case_id}:{last.seq}")) if last else None,
            "others": [row | {"tried": tried} for row, (_, tried) in zip(rows, found.others, strict=True)],
        }


def _look(session: "Session", actor: Actor, experiment: Experiment, only: Only, cursor: str | None) -> Looked:
    found, after, end = Looked(), place(cursor), monotonic() + SECONDS
    while rows := store.page(session, actor.workspace_id, only, after=after, limit=AT_ONCE):
        here = actor.workspace_id
        entries = store.entries(session, here, {(it.case_id, it.seq) for it in rows})
        veiled = store.veiled(session, here, {it.case_id for it in rows})
        for row in rows:
            if found.count >= MOST or len(found.others) >= SHOWN or monotonic() > end:
                found.last = found.reached
                return found
            found.count, found.reached = found.count + 1, row
            entry = entries[row.case_id, row.seq]
            if row.case_id in veiled and not is_whole(session, actor, entry):
                found.withheld += 1
            elif row.table_digest == experiment.version.table:
                found.own += 1
            else:
                tried = experiment.tried(entry["data"]["record"], entry["at"])
                found.others += [] if tried.same else [(row, tried)]
        after = (rows[-1].decided_at, rows[-1].case_id, rows[-1].seq)
    return found
