"""Telling receivers outside: what is recorded, and what a webhook asked for, waits in the outbox with the step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from service.domain import events
from service.domain.facts import Fact
from service.domain.outgoing_facts import NoticeQueued
from service.store import heard, webhooks
from service.store.tables import Case, Chained, Installation, Outgoing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Out:
    """How notices go out: when it happened, from when they may be sent, how they get an id, and what they came of."""

    now: datetime
    wall: datetime
    new_id: Callable[[], str]
    trace: str | None = None


def queue(session: "Session", owner: Chained, facts: Sequence[Fact], out: Out) -> list[Fact]:
    """Put what receivers asked for of `facts` into the outbox; gives what the stream of `owner` is to say of it.

    Where nobody listens, nothing is asked of the database: whether somebody does was read when the case was locked.
    """
    outside = [fact for fact in facts if fact.KIND in events.EVENTS]
    if not outside or isinstance(owner, Installation):
        return []
    workspace_id, stream_id = owner.stream
    if not listened(session, owner) & heard.WEBHOOKS:
        return []
    case_id = stream_id if isinstance(owner, Case) else None
    rows = [
        Outgoing(
            workspace_id=workspace_id,
            id=out.new_id(),
            case_id=case_id,
            kind="webhook",
            recipient=hook.id,
            payload=events.told(fact, case_id, out.now),
            next_at=out.wall,
            created_at=out.now,
            trace_id=out.trace,
        )
        for hook in webhooks.active(session, workspace_id)
        for fact in outside
        if fact.KIND in hook.kinds
    ]
    session.add_all(rows)
    return [NoticeQueued(notices={row.id: row.recipient for row in rows})] if rows else []


def listened(session: "Session", owner: Chained) -> int:
    """Whether anybody would hear of what happens to `owner`, as `store.heard` says it."""
    known = owner.heard if isinstance(owner, Case) else None
    if known is None:
        known = heard.heard(session, owner.stream[0])
        if isinstance(owner, Case):
            owner.heard = known
    return known
