"""Versions that wait for a second person's approval."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.store.tables import ProposedDeployment


def proposal(session: Session, workspace_id: str, proposal_id: str) -> ProposedDeployment | None:
    """One that waits, or None."""
    return session.get(ProposedDeployment, (workspace_id, proposal_id))


def of_key(session: Session, workspace_id: str, bundle_key: str) -> ProposedDeployment | None:
    """The one of a bundle's key that waits, or None."""
    return session.scalar(
        select(ProposedDeployment).where(
            ProposedDeployment.workspace_id == workspace_id, ProposedDeployment.bundle_key == bundle_key
        )
    )


def every(session: Session, workspace_id: str) -> Sequence[ProposedDeployment]:
    """All that wait, by the bundle's key."""
    statement = select(ProposedDeployment).where(ProposedDeployment.workspace_id == workspace_id)
    return session.scalars(statement.order_by(ProposedDeployment.bundle_key)).all()
