"""Links by which organisations outside answer tasks."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service.store.tables import ReplyLink


def link(session: Session, workspace_id: str, digest: str, *, locked: bool = False) -> ReplyLink | None:
    """The link of which that hash is kept."""
    statement = select(ReplyLink).where(ReplyLink.workspace_id == workspace_id, ReplyLink.digest == digest)
    return session.scalar(statement.with_for_update() if locked else statement)


def open_of(session: Session, workspace_id: str, task_id: str, now: datetime) -> ReplyLink | None:
    """The link by which a task can be answered now."""
    statement = select(ReplyLink).where(
        ReplyLink.workspace_id == workspace_id,
        ReplyLink.task_id == task_id,
        ReplyLink.ended_at.is_(None),
        ReplyLink.expires_at > now,
    )
    return session.scalar(statement.limit(1))


def end_all(session: Session, workspace_id: str, task_id: str, now: datetime) -> None:
    """No link of a task leads anywhere from now on."""
    session.execute(
        update(ReplyLink)
        .where(ReplyLink.workspace_id == workspace_id, ReplyLink.task_id == task_id, ReplyLink.ended_at.is_(None))
        .values(ended_at=now),
        execution_options={"synchronize_session": False},
    )
