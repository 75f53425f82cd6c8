"""Drafts of answers."""

from collections.abc import Collection

from sqlalchemy import delete
from sqlalchemy.orm import Session

from service.store.tables import Draft


def draft(session: Session, workspace_id: str, task_id: str, person_id: str) -> Draft | None:
    """What a person has written into a task's form so far."""
    return session.get(Draft, (workspace_id, task_id, person_id))


def remove(session: Session, workspace_id: str, task_ids: Collection[str]) -> None:
    """Throw away everybody's drafts for tasks that no longer wait. Asks nothing when there are none."""
    if task_ids:
        session.execute(
            delete(Draft).where(Draft.workspace_id == workspace_id, Draft.task_id.in_(task_ids)),
            execution_options={"synchronize_session": False},
        )


def forget(session: Session, workspace_id: str, task_id: str, person_id: str) -> None:
    """Throw away what a person has written into a task's form so far: she has given it."""
    mine = (Draft.workspace_id == workspace_id, Draft.task_id == task_id, Draft.person_id == person_id)
    session.execute(delete(Draft).where(*mine))
