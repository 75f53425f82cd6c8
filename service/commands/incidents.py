"""Helping a case over an incident: another try, other values, or past what failed."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from service.domain.cases import may_read
from service.domain.errors import (
    AnswersRefused,
    CorrectionRefused,
    Fault,
    IncidentAlreadyResolved,
    IncidentNotFound,
    SkipRefused,
)
from service.forms import admit
from service.runtime import definitions, mending, reasons, resolving, views
from service.runtime.command import Answer, Work, command
from service.runtime.mending import Given
from service.store import cases, incidents, people
from service.store.tables import Case, Incident

if TYPE_CHECKING:
    from service.engine.model import Element

CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway"})


@command
def retry(work: Work, incident_id: str) -> Answer:
    """Make the move of an incident again, as done by whoever made it first. Raises `IncidentAlreadyResolved`."""
    case, row = _find(work, incident_id)
    return _answer(work, row, mending.tried(work, case, row, "retry"))


@command
def correct(work: Work, incident_id: str, values: Mapping[str, Any], reason: str) -> Answer:
    """Make the move again with other values where it failed: names of variables, and JSON values for them.

    A text that takes the place of a sealed one is sealed too; whoever sends another vouches that it holds nothing
    personal. Raises `CorrectionRefused`, `ReasonRefused`, `IncidentAlreadyResolved`.
    """
    case, row = _find(work, incident_id)
    _judge(values)
    given = mending.correction(work, case, row, values, reasons.sealed(work, case, reason))
    return _answer(work, row, mending.tried(work, case, row, "correct", given))


@command
def skip(work: Work, incident_id: str, reason: str, flow: str | None = None) -> Answer:
    """Make the move again, past the activity that failed: it goes on as if that were done, a gateway that chooses by
    `flow`. Raises `SkipRefused`, `ReasonRefused`, `IncidentAlreadyResolved`.
    """
    case, row = _find(work, incident_id)
    given = Given(
        kind="skip",
        instance=row.instance_id,
        activity=row.activity_id,
        flow=_way(_drawn(work, row), flow),
        reason=reasons.sealed(work, case, reason),
        by=mending.by_whom(work),
    )
    return _answer(work, row, mending.tried(work, case, row, "skip", given))


def _find(work: Work, incident_id: str) -> tuple[Case, Incident]:
    """The incident, which still waits, and its case, locked first."""
    case = cases.lock_of_incident(work.session, work.workspace_id, incident_id)
    row = incidents.incident(work.session, work.workspace_id, incident_id)
    if case is None or row is None or not may_read(work.actor, case.id):
        raise IncidentNotFound
    work.actor.must_own_processes()
    if row.resolved_at is not None:
        found = resolving.resolved(work.session, row)
        who = None if found is None else people.names(work.session, work.workspace_id, {found.by}).get(found.by)
        raise IncidentAlreadyResolved(by=who or "Somebody", at=row.resolved_at)
    return case, row


def _answer(work: Work, row: Incident, opened: Sequence[Any]) -> Answer:
    return {"incident": views.incident(row), "opened": [views.task(task, work.actor) for task in opened]}


def _judge(values: Mapping[str, Any]) -> None:
    """Raise `CorrectionRefused` unless variables can hold these values."""
    if not values:
        raise CorrectionRefused([Fault("", "Name at least one value.", "required")])
    try:
        admit(values)
    except AnswersRefused as refused:
        raise CorrectionRefused(refused.faults) from None


def _drawn(work: Work, row: Incident) -> "Element":
    """The activity that failed, as it was drawn. Raises `SkipRefused` where it is not known."""
    place = mending.place(work.session, row, partial(definitions.by_digest, work.session, work.workspace_id))
    found = None if place is None or row.activity_id is None else place.element(row.activity_id)
    if found is None:
        raise SkipRefused(reason="it did not fail at one place of the diagram")
    return found


def _way(element: "Element", flow: str | None) -> str | None:
    if element.kind not in CHOOSING or len(element.outgoing) == 0:
        return None
    if flow is None and len(element.outgoing) == 1:
        return element.outgoing[0]
    if flow not in element.outgoing:
        raise SkipRefused(reason=f"say in `flow` which of its ways the case goes on: {', '.join(element.outgoing)}")
    return flow
