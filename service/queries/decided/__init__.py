"""The register of decisions: closed ballots, rules that answered, what people decided, what was published."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service.domain.actors import Actor
from service.domain.cases import readable
from service.domain.decisions import DecisionsNotFound
from service.domain.errors import CursorRefused
from service.queries import cursors
from service.queries.decided.rows import told
from service.queries.decided.tables import rules, versions
from service.queries.inbox import ways_to_write
from service.store import decided as store
from service.store import organisations, people
from service.store.db import reading
from service.store.decided import Only, Place

PAGE = 25

__all__ = ["PAGE", "View", "may_see", "place", "register"]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Which decisions: of a kind, of a body or a role, with an outcome (of a ballot), her own, by a rule, by a version of
    it (the digest of its file), of cases found by words, from `since` on and before `until`, behind a cursor."""

    kind: str | None = None
    body: str | None = None
    role: str | None = None
    outcome: str | None = None
    mine: bool = False
    rule: str | None = None
    table: str | None = None
    q: str = ""
    since: datetime | None = None
    until: datetime | None = None
    cursor: str | None = None


def may_see(actor: Actor) -> bool:
    """Whether there is a register for her: she may read every case, or some."""
    sight = readable(actor)
    return sight.among is None or bool(sight.among)


def register(actor: Actor, language: str, view: View) -> dict[str, Any]:
    """A page of the decisions in the cases that the actor may read, the newest first, with what it may be narrowed to.

    Raises `DecisionsNotFound`, `CursorRefused`.
    """
    if not may_see(actor):
        raise DecisionsNotFound
    here = actor.workspace_id
    only = Only(
        kind=view.kind,
        body=view.body,
        role=view.role,
        outcome=view.outcome,
        person=(actor.person_id or "nobody") if view.mine else None,
        subject=view.rule,
        table=view.table,
        words=ways_to_write(view.q),
        since=view.since,
        until=view.until,
        sight=readable(actor),
    )
    after = place(view.cursor)
    with reading() as session:
        found = store.page(session, here, only, after=after, limit=PAGE + 1)
        shown, behind = cursors.page(found, PAGE, lambda it: (it.decided_at, f"{it.case_id}:{it.seq}"))
        return {
            "decisions": told(session, actor, language, shown),
            "next": behind,
            "bodies": {it.kind: it.name for it in organisations.bodies(session, here) if it.case_id is None},
            "roles": people.roles(session, here),
            "rules": rules(session, here, language),
            "versions": versions(session, here, view.rule) if view.rule else [],
        }


def place(cursor: str | None) -> Place | None:
    """The place that a cursor of the register names. Raises `CursorRefused`."""
    found = cursors.place(cursor)
    if found is None:
        return None
    at, (case_id, _, seq) = found[0], found[1].rpartition(":")
    if not seq.isascii() or not seq.isdigit() or len(seq) > 15:
        raise CursorRefused
    return at, case_id, int(seq)
