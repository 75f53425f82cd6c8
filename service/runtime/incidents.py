"""Incidents: a step that could not be made leaves the case as it was, and its move waits for help."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from service.domain import facts
from service.domain.facts import Fact
from service.domain.journal import By, instant
from service.domain.mending_facts import IncidentStands, Reason
from service.domain.sentences import to_json as sentence_to_json
from service.engine.shapes import Advance, Bare, Complete, Due
from service.engine.shapes import Incident as Fault
from service.runtime.command import Work
from service.runtime.moves import target_of, to_json
from service.store import incidents, messages, timers
from service.store.tables import Case, Incident

ANSWERED = "answered"
"""With a move that brings somebody's answers, when she gave them, and the number of the entry that tells of them."""


def open_incident(work: Work, case: Case, move: Bare, fault: Fault, by: By, again: Incident | None = None) -> Incident:
    """Keep the move that could not be made, and say so in the journal: what somebody answered, and that it failed.

    `again` is the incident whose own move was made once more: its answers were told when they were given, and whoever
    made it again tells of that. Any other move about the same replaces the first, and the help that the first was given.
    """
    target = target_of(move)
    row = again or _pending(work, case, target)
    opens = row is None
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
    before = None if opens else row.move.get(ANSWERED)
    row.instance_id, row.activity_id, row.kind = fault.instance_id, fault.activity_id, fault.kind
    row.message, row.place, row.expression = str(fault.message), fault.place, fault.expression
    row.bundle_digest, row.process_key, row.text = fault.bundle_digest, fault.process_key, fault.text
    row.said, row.known = sentence_to_json(fault.message), [asdict(it) for it in fault.known] or None
    row.helps, row.tries, row.tried_at = None, row.tries + 1, work.now
    row.move = to_json(move) | ({} if again is None or before is None else {ANSWERED: before})
    row.moved_by = {"actor": by.actor, "auth": by.auth, "role": by.role, "on_behalf": by.on_behalf}
    if isinstance(move, Due):
        timers.hold(work.session, work.workspace_id, move.timer_id)
    if again is None:
        work.record(case, [*_answered(work, case, row, move, before), _failed(row, opens=opens)], by)
    return row


def _answered(work: Work, case: Case, row: Incident, move: Bare, before: dict[str, Any] | None) -> Iterator[Fact]:
    """What somebody answered, as it is told and as the row remembers where."""
    if isinstance(move, Complete):
        row.move = {**row.move, ANSWERED: {"at": instant(work.now), "entry": case.journal_seq}}
        yield facts.TaskAnswered(
            task=move.task_id,
            instance=move.instance_id,
            incident=row.id,
            answers=move.answers,
            replaces=None if before is None else before["entry"],
        )


def _failed(row: Incident, *, opens: bool) -> Fact:
    if not opens:
        return stands(row, "anew")
    return facts.IncidentOpened(
        incident=row.id,
        instance=row.instance_id,
        fault=row.kind,
        move=row.target,
        activity=row.activity_id,
        place=row.place,
        expression=row.expression,
    )


def stands(row: Incident, how: str, reason: Reason | None = None) -> Fact:
    """That the move of an incident was made once more, in this way, and failed as its row says."""
    return IncidentStands(
        incident=row.id,
        how=how,
        instance=row.instance_id,
        fault=row.kind,
        activity=row.activity_id,
        place=row.place,
        expression=row.expression,
        reason=reason or {},
    )


def given_at(row: Incident) -> datetime | None:
    """When the answers that an incident keeps were given; None where it keeps none, or was kept before that was noted."""
    answered = row.move.get(ANSWERED)
    return None if answered is None else datetime.fromisoformat(answered["at"])


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
