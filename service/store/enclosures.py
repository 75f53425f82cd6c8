"""Files on their way into a case, with answers that are still to be given."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from service.store.tables import Blob, Document, Enclosure


def enclosure(session: Session, workspace_id: str, enclosure_id: str) -> Enclosure | None:
    """One file on its way, or None."""
    return session.get(Enclosure, (workspace_id, enclosure_id))


def of_task(session: Session, workspace_id: str, task_id: str, person_id: str) -> Sequence[Enclosure]:
    """What a person has put to her answer to a task so far, in the order in which it came."""
    statement = select(Enclosure).where(
        Enclosure.workspace_id == workspace_id, Enclosure.task_id == task_id, Enclosure.person_id == person_id
    )
    return session.scalars(statement.order_by(Enclosure.added_at, Enclosure.id)).all()


def give(session: Session, workspace_id: str, task_id: str, person_id: str, named: Collection[str]) -> None:
    """Say which files of a task the answer names that a person gives; nobody else's, and none named before, are given."""
    hers = (Enclosure.person_id == person_id) & Enclosure.id.in_(named)
    statement = update(Enclosure).where(Enclosure.workspace_id == workspace_id, Enclosure.task_id == task_id)
    session.execute(statement.values(given=hers), execution_options={"synchronize_session": False})


def take_out(session: Session, workspace_id: str, task_ids: Collection[str]) -> Sequence[Enclosure]:
    """Everybody's files for tasks that no longer wait; they are on their way no more. Asks nothing without tasks."""
    if not task_ids:
        return ()
    statement = delete(Enclosure).where(Enclosure.workspace_id == workspace_id, Enclosure.task_id.in_(task_ids))
    found = session.scalars(statement.returning(Enclosure), execution_options={"synchronize_session": False})
    return sorted(found.all(), key=lambda it: (it.added_at, it.id))


def forget(session: Session, workspace_id: str, digests: Collection[str]) -> None:
    """Throw away the bytes under these digests that nothing names any more. Asks nothing when there are none."""
    if not digests:
        return
    named = [
        exists().where(table.workspace_id == Blob.workspace_id, table.digest == Blob.digest)
        for table in (Document, Enclosure)
    ]
    statement = delete(Blob).where(Blob.workspace_id == workspace_id, Blob.digest.in_(digests), *(~it for it in named))
    session.execute(statement, execution_options={"synchronize_session": False})
