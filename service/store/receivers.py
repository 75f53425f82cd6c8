"""To whom the outbox sends: which relay has a receiver, and which receiver rests."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Select, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from service.domain.outbox import rest
from service.store.tables import Receiver

APART = {"synchronize_session": False}


def busy(workspace_id: str, now: datetime) -> Select[str]:
    """The ids of receivers that another relay has, or that rest."""
    held = or_(Receiver.leased_until > now, Receiver.rests_until > now)
    return select(Receiver.id).where(Receiver.workspace_id == workspace_id, held)


def take(session: Session, workspace_id: str, receiver_id: str, holder: str, now: datetime, until: datetime) -> bool:
    """Take a receiver for a relay; gives False where another was faster."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    mine = {"holder": holder, "leased_until": until}
    fresh = dialect.insert(Receiver).values(workspace_id=workspace_id, id=receiver_id, silences=0, **mine)
    free = or_(Receiver.leased_until.is_(None), Receiver.leased_until <= now)
    taken = fresh.on_conflict_do_update(index_elements=["workspace_id", "id"], set_=mine, where=free)
    return session.scalar(taken.returning(Receiver.id)) is not None


def give_back(session: Session, workspace_id: str, receiver_id: str, holder: str, rests_until: datetime | None) -> None:
    """A relay is through with a receiver that has answered; where its answers took long, others go first."""
    mine = (Receiver.workspace_id == workspace_id, Receiver.id == receiver_id, Receiver.holder == holder)
    free = {"holder": None, "leased_until": None, "silences": 0, "rests_until": rests_until}
    session.execute(update(Receiver).where(*mine).values(**free), execution_options=APART)


def fell_silent(session: Session, workspace_id: str, receiver_id: str, holder: str, now: datetime) -> Receiver | None:
    """A receiver that a relay has kept silent: it rests, longer each time. None where the relay has it no longer."""
    row = session.get(Receiver, (workspace_id, receiver_id), with_for_update=True)
    if row is None or row.holder != holder:
        return None
    row.silences += 1
    row.holder, row.leased_until, row.rests_until = None, None, now + rest(row.silences)
    return row


def wake(session: Session, workspace_id: str, receiver_id: str) -> None:
    """Let a receiver rest no longer."""
    mine = (Receiver.workspace_id == workspace_id, Receiver.id == receiver_id)
    session.execute(update(Receiver).where(*mine).values(rests_until=None), execution_options=APART)


def resting(session: Session, workspace_id: str, now: datetime) -> Mapping[str, datetime]:
    """Until when each receiver rests that kept silent."""
    statement = select(Receiver.id, Receiver.rests_until).where(
        Receiver.workspace_id == workspace_id, Receiver.silences > 0, Receiver.rests_until > now
    )
    return {receiver_id: until for receiver_id, until in session.execute(statement) if until is not None}
