"""The outbox: what waits, what a relay has taken, what was sent, and what is dead."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, func, or_, select
from sqlalchemy.orm import Session

from service.domain.outbox import Kind
from service.store.tables import Outgoing


def is_due(session: Session, workspace_id: str, kinds: Collection[Kind], now: datetime) -> bool:
    """Whether anything of those kinds is to be sent by `now`, and nobody has it."""
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
    """Take what is due, the longest waiting first, at most `most` of it; what another relay is taking is passed over."""
    statement = _due(workspace_id, kinds, now).order_by(Outgoing.next_at, Outgoing.id).limit(most)
    rows = session.scalars(statement.with_for_update(skip_locked=True)).all()
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


def oldest_waiting(session: Session, workspace_id: str, now: datetime) -> timedelta | None:
    """How long the longest waiting message has been due; None when none is."""
    due = select(func.min(Outgoing.next_at)).where(
        Outgoing.workspace_id == workspace_id, Outgoing.state == "waiting", Outgoing.next_at <= now
    )
    found = session.scalar(due)
    return None if found is None else now - found


def _due(workspace_id: str, kinds: Collection[Kind], now: datetime) -> Select[Outgoing]:
    return select(Outgoing).where(
        Outgoing.workspace_id == workspace_id,
        Outgoing.state == "waiting",
        Outgoing.next_at <= now,
        Outgoing.kind.in_(sorted(kinds)),
        or_(Outgoing.leased_until.is_(None), Outgoing.leased_until <= now),
    )
