"""Measures of the action plan: reading one, changing its plan, reporting on it (B02, B03)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypedDict

from marshmallow import fields, validate

from service.domain import measures as rules
from service.domain import record_facts as facts
from service.domain.record_errors import MeasureNotFound
from service.operations.fields import KEY, Words, resting
from service.operations.registry import Place, operation
from service.store import contents
from service.store import measures as store
from service.store.tables import Measure, MeasureReport

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Shown(TypedDict):
    """A measure of the plan, as diagrams know it."""

    measure: str
    number: int
    text: str
    strength: str
    responsible: Any
    deadline: str | None
    status: str | None


class Lit(Shown):
    """One with the light that it shows."""

    light: rules.Light


class Reported(TypedDict):
    """What became of a measure that was reported on."""

    status: str | None
    light: str | None
    closed: bool
    lacking: str | None


NUMBER = fields.String(required=True, validate=validate.Regexp(r"^[0-9]{1,3}$"))


@operation("measures.read", measure=NUMBER)
def read(session: "Session", place: Place, asked: Mapping[str, Any]) -> Shown:
    """A measure of the plan by its number: L3's columns and how strongly it obliges. Raises `MeasureNotFound`."""
    return shown(place, _find(session, place, asked["measure"]))


@operation("measures.list")
def listed(session: "Session", place: Place, _asked: Mapping[str, Any]) -> list[Lit]:
    """Every measure of the plan, in its order, each with the light that it shows today (B03)."""
    today = place.today()
    return [
        {**shown(place, measure), "light": rules.light(measure.status, measure.due_on, today)}
        for measure, _ in store.every(session, place.workspace_id)
    ]


@operation("measures.due", within_days=fields.Integer(load_default=30, validate=validate.Range(0, 3660)))
def due(session: "Session", place: Place, asked: Mapping[str, Any]) -> list[Shown]:
    """The measures that are not closed and whose deadline comes within that many days, or has passed."""
    until = place.today() + timedelta(days=asked["within_days"])
    return [
        shown(place, measure)
        for measure, _ in store.every(session, place.workspace_id)
        if measure.status not in rules.CLOSED and measure.due_on is not None and measure.due_on <= until
    ]


@operation(
    "measures.adjust",
    measure=NUMBER,
    responsible=Words(required=True, validate=KEY),
    deadline=fields.Date(required=True),
)
def adjust(session: "Session", place: Place, asked: Mapping[str, Any]) -> Shown:
    """Say in the plan who is responsible for a measure, a role or a unit, and by when. Raises `MeasureNotFound`.

    The procurement section's own diagram says who may (L18); what was adopted politically, the text, stays.
    """
    measure = _find(session, place, asked["measure"])
    measure.responsible, measure.due_on = place.open(asked["responsible"]), asked["deadline"]
    measure.status = measure.status or "not started"
    measure.plan_origin, measure.changed_at = place.origin, place.now
    session.flush()
    place.tell(
        facts.MeasureChanged(
            measure=measure.id,
            responsible=rules.role(measure.responsible),
            due_on=measure.due_on.isoformat(),
            status=measure.status,
        )
    )
    return shown(place, measure)


@operation(
    "measures.report",
    measure=NUMBER,
    status=fields.String(required=True, validate=validate.OneOf(rules.STATUSES)),
    light=fields.String(load_default=None, allow_none=True),
    assessed=fields.Boolean(load_default=None, allow_none=True),
    assessment=Words(load_default=None, allow_none=True),
    evidence=Words(load_default=None, allow_none=True),
    reason=Words(load_default=None, allow_none=True),
)
def report(session: "Session", place: Place, asked: Mapping[str, Any]) -> Reported:
    """Record what was reported on a measure, and the light that it shows.

    `light` is the answer of the diagram's own rule; without one it is ours. A report that would close the measure and
    lacks the assessment or the reason for it is recorded, and closes nothing: `lacking` says which. Raises
    `MeasureNotFound`, `MeasureStatusRefused`, `MeasureIncomplete`.
    """
    measure = _find(session, place, asked["measure"])
    before, after = measure.status, asked["status"]
    rules.check_report(before, after, complete=measure.responsible is not None and measure.due_on is not None)
    lacking = rules.lacking(
        measure.strength,
        after,
        assessed=bool(asked["assessed"] or asked["assessment"]),
        reasoned=asked["reason"] is not None,
    )
    light = asked["light"] or rules.light(after, measure.due_on, place.today())
    row = MeasureReport(
        workspace_id=place.workspace_id,
        id=place.new_id(),
        measure_id=measure.id,
        ordinal=1 + len(store.reports(session, place.workspace_id, measure.id)),
        case_id=place.case_id,
        before=before,
        after=after,
        light=light,
        due_on=measure.due_on,
        assessment=resting(asked["assessment"]),
        evidence=resting(asked["evidence"]),
        reason=resting(asked["reason"]),
        reported_at=place.now,
    )
    session.add(row)
    if lacking is None:
        measure.status, measure.changed_at, measure.plan_origin = after, place.now, place.origin
    session.flush()
    place.tell(
        facts.MeasureReported(
            measure=measure.id, report=row.id, before=before, after=after, light=light, content=contents.of(row)
        )
    )
    return {"status": measure.status, "light": light, "closed": measure.status in rules.CLOSED, "lacking": lacking}


def shown(place: Place, measure: Measure) -> Shown:
    """A measure as diagrams know it. Who is responsible is sealed: the plan says it in words."""
    return {
        "measure": str(measure.number),
        "number": measure.number,
        "text": measure.description,
        "strength": measure.strength,
        "responsible": measure.responsible and place.seal("/responsible", measure.responsible),
        "deadline": None if measure.due_on is None else measure.due_on.isoformat(),
        "status": measure.status,
    }


def _find(session: "Session", place: Place, number: str) -> Measure:
    measure = store.numbered(session, place.workspace_id, int(number))
    if measure is None:
        raise MeasureNotFound
    return measure
