"""Incidents: a step that could not be made leaves the case as it was, and its move waits for help."""

from dataclasses import asdict

from service.domain import facts
from service.domain.journal import By
from service.domain.sentences import to_json as sentence_to_json
from service.engine.shapes import Advance, Bare, Due
from service.engine.shapes import Incident as Fault
from service.runtime.command import Work
from service.runtime.moves import target_of, to_json
from service.store import incidents, messages, timers
from service.store.tables import Case, Incident


def open_incident(work: Work, case: Case, move: Bare, fault: Fault, by: By) -> Incident:
    """Keep the move that could not be made, and say so in the journal. A second try replaces the first, and the help
    that the first was given."""
    target = target_of(move)
    row = _pending(work, case, target)
    if row is None:
        row = Incident(
            workspace_id=work.workspace_id,
            id=work.new_id(),
            case_id=case.id,
            target=target,
            opened_at=work.now,
            tries=0,
        )
        work.session.add(row)
        case.incidents += 1
    row.instance_id, row.activity_id, row.kind = fault.instance_id, fault.activity_id, fault.kind
    row.message, row.place, row.expression = str(fault.message), fault.place, fault.expression
    row.bundle_digest, row.process_key, row.text = fault.bundle_digest, fault.process_key, fault.text
    row.said, row.known = sentence_to_json(fault.message), [asdict(it) for it in fault.known] or None
    row.helps, row.tries, row.tried_at = None, row.tries + 1, work.now
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


def resolve_overtaken(work: Work, case: Case, move: Bare, result: Advance) -> None:
    """A move was made: the incident that waited for the same thing is over, and those whose moves can never be made now:
    what they were about was taken back, or the whole case is at its end."""
    if not case.incidents:
        return
    gone = {target_of(move), *(it.id for it in result.closed), *(it.id for it in result.timers_cleared)}
    for row in incidents.pending(work.session, work.workspace_id, case.id):
        if row.target in gone or case.closed_at is not None:
            resolve(work, case, row)


def resolve(work: Work, case: Case, row: Incident) -> None:
    """Nobody waits for this incident any more."""
    row.resolved_at = work.now
    case.incidents -= 1
    if row.move["kind"] == "deliver":  # others of that name have waited for this one
        messages.wake(work.session, work.workspace_id, case.id)
    work.record(case, [facts.IncidentResolved(incident=row.id)])


def _pending(work: Work, case: Case, target: str) -> Incident | None:
    waiting = incidents.pending(work.session, work.workspace_id, case.id)
    return next((row for row in waiting if row.target == target), None)
