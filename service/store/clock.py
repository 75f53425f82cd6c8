"""Where a demonstration's clock stands, what it waits for, and how much was written by it."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.domain.journal import INSTALLATION
from service.store.tables import Case, Installation, Task, Timer, Workspace

WAITING = ("open", "claimed")


def position(session: Session) -> datetime | None:
    """Where the clock stands; None where there is no demonstration."""
    return session.scalar(select(Installation.clock_at).where(Installation.id == INSTALLATION))


def has_cases(session: Session) -> bool:
    """Whether there is a case in any workspace."""
    return session.scalar(select(Case.id).limit(1)) is not None


def written(session: Session) -> int:
    """How many entries there are in all streams."""
    streams = (select(func.sum(owner.journal_seq)) for owner in (Installation, Workspace, Case))
    return sum(int(session.scalar(stream) or 0) for stream in streams)


def next_timer(session: Session, workspace_id: str, now: datetime) -> datetime | None:
    """The earliest time after `now` at which a timer of the workspace fires."""
    return session.scalar(
        select(func.min(Timer.due_at)).where(
            Timer.workspace_id == workspace_id, Timer.held.is_(False), Timer.due_at > now
        )
    )


def next_due(session: Session, workspace_id: str, now: datetime) -> datetime | None:
    """The earliest time after `now` at which a task of the workspace is due."""
    return session.scalar(
        select(func.min(Task.due_at)).where(
            Task.workspace_id == workspace_id, Task.state.in_(WAITING), Task.due_at > now
        )
    )
