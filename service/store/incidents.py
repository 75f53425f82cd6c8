"""Incidents: moves that wait for help."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.store.tables import Incident


def incident(session: Session, workspace_id: str, incident_id: str) -> Incident | None:
    """One incident, or None."""
    return session.scalar(select(Incident).where(Incident.workspace_id == workspace_id, Incident.id == incident_id))


def pending(session: Session, workspace_id: str, case_id: str) -> list[Incident]:
    """The incidents of a case that nobody has resolved, the oldest first."""
    statement = (
        select(Incident)
        .where(Incident.workspace_id == workspace_id, Incident.case_id == case_id, Incident.resolved_at.is_(None))
        .order_by(Incident.opened_at, Incident.id)
    )
    return list(session.scalars(statement))
