"""Witnesses: who is given the checkpoints of a workspace, and what each has."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.store.tables import Log, Witness


def active(session: Session, workspace_id: str) -> Sequence[Witness]:
    """Those who are given checkpoints, in the order in which they were added."""
    statement = select(Witness).where(Witness.workspace_id == workspace_id, Witness.removed_at.is_(None))
    return session.scalars(statement.order_by(Witness.id)).all()


def witness(session: Session, workspace_id: str, witness_id: str) -> Witness | None:
    """One who is given checkpoints, or None."""
    found = session.get(Witness, (workspace_id, witness_id))
    return None if found is None or found.removed_at is not None else found


def free(session: Session) -> Sequence[tuple[Witness, Log]]:
    """Those of every workspace to whom nothing is on its way, each with the log of her workspace."""
    statement = (
        select(Witness, Log)
        .join(Log, Log.workspace_id == Witness.workspace_id)
        .where(Witness.removed_at.is_(None), Witness.message_id.is_(None))
        .order_by(Witness.workspace_id, Witness.id)
    )
    return [(witness, log) for witness, log in session.execute(statement)]
