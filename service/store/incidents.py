"""Incidents: moves that wait for help."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, literal, select, tuple_
from sqlalchemy.orm import Session

from service.domain.cases import EVERYTHING, Sight
from service.store.sight import within
from service.store.tables import Incident
from service.store.tables.base import AwareUTC

Place = tuple[datetime, str]


@dataclass(frozen=True, slots=True)
class Only:
    """What narrows a list of incidents; an empty part narrows nothing. `sight` are the cases that one may read, `before`
    leaves out what opened later."""

    kind: str | None = None
    process: str | None = None
    before: datetime | None = None
    sight: Sight = EVERYTHING


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


def page(session: Session, workspace_id: str, only: Only, *, after: Place | None, limit: int) -> Sequence[Incident]:
    """The incidents that wait, the oldest first, behind `after`."""
    statement = select(Incident).where(*_waiting(workspace_id, only))
    if after is not None:
        behind = tuple_(literal(after[0], AwareUTC()), after[1])
        statement = statement.where(tuple_(Incident.opened_at, Incident.id) > behind)
    return session.scalars(statement.order_by(Incident.opened_at, Incident.id).limit(limit)).all()


def counted(session: Session, workspace_id: str, only: Only) -> Sequence[tuple[str, str | None, str | None, int]]:
    """How many wait: (kind, bundle digest, process key, number), whatever narrows `only` but the cases."""
    statement = (
        select(Incident.kind, func.max(Incident.bundle_digest), Incident.process_key, func.count())
        .where(*_waiting(workspace_id, Only(sight=only.sight)))
        .group_by(Incident.kind, Incident.process_key)
        .order_by(Incident.kind, Incident.process_key)
    )
    return [(kind, digest, key, number) for kind, digest, key, number in session.execute(statement)]


def number(session: Session, workspace_id: str, sight: Sight) -> int:
    """How many wait in the cases that are in sight."""
    statement = select(func.count()).select_from(Incident).where(*_waiting(workspace_id, Only(sight=sight)))
    return session.scalar(statement) or 0


def _waiting(workspace_id: str, only: Only) -> list[ColumnElement[bool]]:
    found = [Incident.workspace_id == workspace_id, Incident.resolved_at.is_(None)]
    if only.kind is not None:
        found.append(Incident.kind == only.kind)
    if only.process is not None:
        found.append(Incident.process_key == only.process)
    if only.before is not None:
        found.append(Incident.opened_at <= only.before)
    return found + within(Incident.case_id, only.sight)
