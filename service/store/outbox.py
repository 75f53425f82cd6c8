"""The outbox: what waits, what a relay has taken, what was sent, and what is dead."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, delete, func, or_, select, update
from sqlalchemy.orm import Session

from service.domain.outbox import MAIL, Kind
from service.store import receivers
from service.store.tables import Outgoing

called = case((Outgoing.kind == "mail", MAIL), else_=Outgoing.recipient)
"""Who is called for a message: the mail server, or whom it is for."""


@dataclass(frozen=True, slots=True)
class Group:
    """Messages that wait for one receiver and whose last tries failed alike, or that were not tried yet (`error` None):
    how many, of whom (`recipient`, where it is one), since when, how often the most tried of them was tried, and when the
    first of them is tried next."""

    kind: Kind
    receiver: str
    recipient: str | None
    error: str | None
    count: int
    attempts: int
    since: datetime
    next_at: datetime


def is_due(session: Session, workspace_id: str, kinds: Collection[Kind], now: datetime) -> bool:
    """Whether anything of those kinds is to be sent by `now`, to somebody whom no relay has and who does not rest."""
    return session.scalar(_due(workspace_id, kinds, now).with_only_columns(Outgoing.id).limit(1)) is not None


def lease(
    session: Session,
    workspace_id: str,
    kinds: Collection[Kind],
    *,
    holder: str,
    now: datetime,
    until: datetime,
    most: int,
) -> Sequence[Outgoing]:
    """Take what is due for one receiver: for whom a message has waited longest, at most `most` of them. Whoever has one of
    a receiver's messages has the receiver, so that a slow one keeps one relay busy and no other."""
    due = _due(workspace_id, kinds, now).order_by(Outgoing.next_at, Outgoing.id)
    receiver = session.scalar(due.with_only_columns(called).limit(1))
    if receiver is None or not receivers.take(session, workspace_id, receiver, holder, now, until):
        return []
    rows = session.scalars(due_to(workspace_id, receiver, now).limit(most).with_for_update(skip_locked=True)).all()
    for row in rows:
        row.holder, row.leased_until = holder, until
    return rows


def held(session: Session, workspace_id: str, message_id: str, holder: str) -> Outgoing | None:
    """What a relay took and still has, locked; None when another has taken it since, or it is done."""
    statement = select(Outgoing).where(
        Outgoing.workspace_id == workspace_id,
        Outgoing.id == message_id,
        Outgoing.holder == holder,
        Outgoing.state == "waiting",
    )
    return session.scalar(statement.with_for_update())


def release(session: Session, workspace_id: str, holder: str) -> None:
    """What a relay took and did not come to waits for the next."""
    those = update(Outgoing).where(
        Outgoing.workspace_id == workspace_id, Outgoing.state == "waiting", Outgoing.holder == holder
    )
    session.execute(those.values(holder=None, leased_until=None), execution_options={"synchronize_session": False})


def due_to(workspace_id: str, receiver: str, now: datetime, holder: str | None = None) -> Select[Outgoing]:
    """What is due for one receiver and no relay has, or that one, the longest waiting first."""
    ours: ColumnElement[bool] = or_(Outgoing.leased_until.is_(None), Outgoing.leased_until <= now)
    return (
        select(Outgoing)
        .where(
            Outgoing.workspace_id == workspace_id,
            Outgoing.state == "waiting",
            Outgoing.next_at <= now,
            called == receiver,
            ours if holder is None else or_(ours, Outgoing.holder == holder),
        )
        .order_by(Outgoing.next_at, Outgoing.id)
    )


def sweep(session: Session, workspace_id: str, before: datetime) -> None:
    """Take away what was sent before that moment: the journal has it."""
    old = delete(Outgoing).where(
        Outgoing.workspace_id == workspace_id, Outgoing.state == "sent", Outgoing.sent_at < before
    )
    session.execute(old, execution_options={"synchronize_session": False})


def dead(session: Session, workspace_id: str, ids: Collection[str] | None, limit: int) -> Sequence[Outgoing]:
    """What waits for help, those of `ids` or all, the oldest first and at most `limit`; locked where one may write."""
    statement = select(Outgoing).where(Outgoing.workspace_id == workspace_id, Outgoing.state == "dead")
    if ids is not None:
        statement = statement.where(Outgoing.id.in_(ids))
    return session.scalars(statement.order_by(Outgoing.id).limit(limit)).all()


def page(session: Session, workspace_id: str, state: str, after: str | None, limit: int) -> Sequence[Outgoing]:
    """What is in that state, the oldest first, behind the id `after`."""
    statement = select(Outgoing).where(Outgoing.workspace_id == workspace_id, Outgoing.state == state)
    if after is not None:
        statement = statement.where(Outgoing.id > after)
    return session.scalars(statement.order_by(Outgoing.id).limit(limit)).all()


def counts(session: Session, workspace_id: str) -> dict[str, int]:
    """How many there are in each state."""
    statement = select(Outgoing.state, func.count()).where(Outgoing.workspace_id == workspace_id)
    return {state: count for state, count in session.execute(statement.group_by(Outgoing.state))}


def waiting(session: Session, workspace_id: str, limit: int, among: Collection[str] | None = None) -> Sequence[Group]:
    """What waits, for those receivers or for all, told together for each and each way in which it failed, the oldest first."""
    people = func.count(Outgoing.recipient.distinct())
    one = case((people == 1, func.min(Outgoing.recipient)))
    counts = (func.count(), func.max(Outgoing.attempts), func.min(Outgoing.created_at), func.min(Outgoing.next_at))
    statement = (
        select(Outgoing.kind, called, one, Outgoing.error, *counts)
        .where(Outgoing.workspace_id == workspace_id, Outgoing.state == "waiting")
        .group_by(Outgoing.kind, called, Outgoing.error)
        .order_by(func.min(Outgoing.created_at), called, Outgoing.error)
        .limit(limit)
    )
    if among is not None:
        statement = statement.where(Outgoing.recipient.in_(among))
    return [Group(*row) for row in session.execute(statement)]


def waiting_for(session: Session, workspace_id: str, receiver: str, limit: int) -> Sequence[Outgoing]:
    """What waits for one receiver and would be tried next, the soonest first."""
    statement = select(Outgoing).where(
        Outgoing.workspace_id == workspace_id, Outgoing.state == "waiting", called == receiver
    )
    return session.scalars(statement.order_by(Outgoing.next_at, Outgoing.id).limit(limit).with_for_update()).all()


def _due(workspace_id: str, kinds: Collection[Kind], now: datetime) -> Select[Outgoing]:
    """What may be sent now: the receiver is free, and not asked to rest."""
    return select(Outgoing).where(
        called.not_in(receivers.busy(workspace_id, now)),
        Outgoing.workspace_id == workspace_id,
        Outgoing.state == "waiting",
        Outgoing.next_at <= now,
        Outgoing.kind.in_(sorted(kinds)),
        or_(Outgoing.leased_until.is_(None), Outgoing.leased_until <= now),
    )
