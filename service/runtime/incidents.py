"""Incidents: a step that could not be made leaves the case as it was, and its move waits for help."""

from service.domain import facts
from service.domain.journal import By
from service.engine.shapes import Due, Move
from service.engine.shapes import Incident as Fault
from service.runtime.command import Work
from service.runtime.moves import target_of, to_json
from service.store import incidents, timers
from service.store.tables import Case, Incident


def open_incident(work: Work, case: Case, move: Move, fault: Fault, by: By) -> Incident:
    """Keep the move that could not be made, and say so in the journal. A second try replaces the first."""
    target = target_of(move)
    row = _pending(work, case, target)
    if row is None:
        row = Incident(
            workspace_id=work.workspace_id, id=work.new_id(), case_id=case.id, target=target, opened_at=work.now
        )
        work.session.add(row)
        case.incidents += 1
    row.instance_id, row.activity_id, row.kind = fault.instance_id, fault.activity_id, fault.kind
    row.message, row.place, row.expression = fault.message, fault.place, fault.expression
    row.move = to_json(move)
    row.moved_by = {"actor": by.actor, "auth": by.auth, "role": by.role, "on_behalf": by.on_behalf}
    if isinstance(move, Due):
        timers.hold(work.session, work.workspace_id, move.timer_id)
    opened = facts.IncidentOpened(
        incident=row.id,
        instance=row.instance_id,
        fault=row.kind,
        move=target,
        activity=row.activity_id,
        place=row.place,
        expression=row.expression,
    )
    work.record(case, [opened], by)
    return row


def settle(work: Work, case: Case, move: Move) -> None:
    """A move was made: the incident that waited for the same thing, if there is one, is over."""
    if not case.incidents:
        return
    row = _pending(work, case, target_of(move))
    if row is not None:
        row.resolved_at = work.now
        case.incidents -= 1
        work.record(case, [facts.IncidentResolved(incident=row.id)])


def _pending(work: Work, case: Case, target: str) -> Incident | None:
    waiting = incidents.pending(work.session, work.workspace_id, case.id)
    return next((row for row in waiting if row.target == target), None)
