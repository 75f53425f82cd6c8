"""What was signed of a log, and the keys that have signed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.store.tables import LogCheckpoint, LogKey


def latest(session: Session, workspace_id: str) -> LogCheckpoint | None:
    """The last checkpoint of a log."""
    statement = select(LogCheckpoint).where(LogCheckpoint.workspace_id == workspace_id)
    return session.scalar(statement.order_by(LogCheckpoint.made_at.desc(), LogCheckpoint.size.desc()).limit(1))


def every(session: Session, workspace_id: str) -> Sequence[LogCheckpoint]:
    """All that are kept, the smallest first."""
    statement = select(LogCheckpoint).where(LogCheckpoint.workspace_id == workspace_id)
    return session.scalars(statement.order_by(LogCheckpoint.size, LogCheckpoint.made_at)).all()


def thin(session: Session, workspace_id: str, since: datetime, size: int) -> None:
    """Keep of those made since then the one of that size alone. Whoever has another needs no row of ours to prove it by."""
    statement = delete(LogCheckpoint).where(
        LogCheckpoint.workspace_id == workspace_id, LogCheckpoint.made_at >= since, LogCheckpoint.size < size
    )
    session.execute(statement, execution_options={"synchronize_session": False})


def keys(session: Session) -> Sequence[LogKey]:
    """The keys that have signed, in order; the last signs now."""
    return session.scalars(select(LogKey).order_by(LogKey.number)).all()
