"""Helping a case over an incident."""

from functools import partial

from service.domain.errors import IncidentAlreadyResolved, IncidentNotFound
from service.domain.journal import By
from service.runtime import definitions, views
from service.runtime.advance import advance
from service.runtime.command import Answer, Work, command
from service.runtime.moves import from_json
from service.store import cases, incidents


@command
def retry(work: Work, incident_id: str) -> Answer:
    """Make the move of an incident again, as done by whoever made it first. Raises `IncidentAlreadyResolved`."""
    work.actor.must_own_processes()
    case = cases.lock_of_incident(work.session, work.workspace_id, incident_id)
    row = incidents.incident(work.session, work.workspace_id, incident_id)
    if case is None or row is None:
        raise IncidentNotFound
    if row.resolved_at is not None:
        raise IncidentAlreadyResolved(at=row.resolved_at)
    move = from_json(row.move, partial(definitions.by_digest, work.session, work.workspace_id))
    active = cases.active(work.session, work.workspace_id, case.id)
    outcome = advance(work, case, active, move, by=By(**row.moved_by))
    return {
        "incident": views.incident(outcome.incident or row),
        "opened": [views.task(task, work.actor) for task in outcome.opened],
    }
