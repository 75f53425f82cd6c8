"""Hearings: internal with the members, and in the trade (A05)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypedDict

from marshmallow import Schema, ValidationError, fields, validate

from service.domain import hearings as rules
from service.domain import record_facts as facts
from service.domain.record_errors import HearingNotFound, ResponseRefused, TargetNotFound
from service.operations.fields import ID, Words, requirements, text
from service.operations.members import named
from service.operations.registry import Place, operation
from service.store import hearings as store
from service.store import organisations
from service.store import targets as targets_store
from service.store.tables import Hearing, HearingResponse, Organisation

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

STAKEHOLDERS = {
    "trade_bodies": "trade body",
    "smes": "sme",
    "ngos": "ngo",
    "purchasing_communities": "purchasing community",
    "research": "research",
    "others": "other",
}
"""The types of the involvement plan → the kinds of the register (P35)."""

HEARING = fields.String(required=True, validate=ID)
DAYS = fields.Integer(required=True, validate=validate.Range(1, 1000))


class Invited(Schema):
    """Somebody outside the partnership who is asked."""

    name = Words(required=True, validate=validate.Length(1, 200))
    type = fields.String(required=True, validate=validate.OneOf(STAKEHOLDERS))


class Point(Schema):
    """One point of a response."""

    requirement = fields.String(load_default=None, allow_none=True)
    point = Words(required=True)


class Response(Schema):
    """What one respondent says; what else its form asked for is of no matter here."""

    class Meta:
        """Fields of the form that are not recorded are left aside."""

        unknown = "exclude"

    position = fields.String(required=True, validate=validate.OneOf(rules.POSITIONS))
    formal_objection = fields.Boolean(load_default=False)
    points = fields.List(fields.Nested(Point), load_default=None, allow_none=True)
    letter = fields.String(load_default=None, allow_none=True, validate=ID)


class Late(Schema):
    """A response that came when the period was over, and is admitted."""

    organisation = text(required=True)
    position = fields.String(required=True, validate=validate.OneOf(rules.POSITIONS))
    formal_objection = fields.Boolean(load_default=False)
    point = Words(load_default=None, allow_none=True)


class Treated(Schema):
    """What becomes of one point, and why; it may be about a requirement, by its letter."""

    requirement = fields.String(load_default=None, allow_none=True)
    point = Words(required=True)
    treatment = fields.String(required=True, validate=validate.OneOf(rules.TREATMENTS))
    reason = Words(required=True)


class Asked(TypedDict):
    """Somebody who is asked. The name that somebody wrote down is sealed, as her form sealed it."""

    organisation: str
    name: Any


class Opened(TypedDict):
    """A hearing that was opened: its id, which of its kind on this draft it is, its last day, and who is asked."""

    hearing: str
    round: int
    due_on: str
    respondents: list[Asked]


class Recorded(TypedDict):
    """A response that was recorded, and whether it came late."""

    response: str
    late: bool


class Counted(TypedDict):
    """How many answered, and how many of them object formally."""

    answers: int
    objections: int


class Extended(TypedDict):
    """The new last day."""

    due_on: str


class Closed(Counted):
    """How a hearing ended."""

    outcome: rules.Outcome


class Standing(TypedDict):
    """Where the hearings on a draft stand, and the objections that nobody has answered."""

    internal: rules.State
    trade: rules.State
    objections: int


@operation(
    "hearings.open",
    target=text(required=True),
    kind=fields.String(required=True, validate=validate.OneOf(rules.KINDS)),
    requirements=requirements(load_default=list),
    invited=fields.List(fields.Nested(Invited), load_default=list),
    days=DAYS,
    objection_outcome=fields.String(load_default="none", validate=validate.OneOf(rules.OBJECTION_OUTCOMES)),
    treatments=fields.List(fields.Nested(Treated), load_default=list),
)
def open_hearing(session: "Session", place: Place, asked: Mapping[str, Any]) -> Opened:
    """Open a hearing on the draft as it stands, for that many working days; gives its id and who is asked.

    An internal one asks every member, one in the trade those who are invited; who is new to the register comes into it.
    One of the same kind that is open on this draft is over: what changed is heard again. `objection_outcome` and
    `treatments` say what became of what was said in that one: an objection that was upheld has its answer in the
    change. Raises `TargetNotFound`, `HearingHasOpenObjection`.
    """
    found = targets_store.of_case(session, place.workspace_id, place.case_id)
    if found is None or found[0].key != asked["target"]:
        raise TargetNotFound(key=asked["target"])
    target, version = found
    before = [it for it in store.of_version(session, place.workspace_id, version.id) if it.kind == asked["kind"]]
    for hearing in before:
        if not hearing.closed:
            rules.check_answered(hearing.objections, asked["objection_outcome"])
            hearing.objection_outcome, hearing.treatments = asked["objection_outcome"], asked["treatments"]
            hearing.closed_at, hearing.outcome = place.now, "heard again"
    asked_for = (
        _members(session, place) if asked["kind"] == "internal" else _outsiders(session, place, asked["invited"])
    )
    hearing = Hearing(
        workspace_id=place.workspace_id,
        id=place.new_id(),
        case_id=place.case_id,
        ordinal=1 + len(store.of_case(session, place.workspace_id, place.case_id)),
        target_id=target.id,
        version_id=version.id,
        kind=asked["kind"],
        round=len(before) + 1,
        draft_digest=targets_store.digest(place.open(asked["requirements"])),
        invited=asked_for,
        opened_at=place.now,
        due_on=place.calendar.add_working_days(place.today(), asked["days"]),
        extended=False,
        answers=0,
        objections=0,
        objection_outcome="none",
        treatments=[],
    )
    session.add(hearing)
    session.flush()
    place.tell(
        facts.HearingOpened(
            hearing=hearing.id,
            of=hearing.kind,
            round=hearing.round,
            due_on=hearing.due_on.isoformat(),
            invited=len(asked_for),
            draft=hearing.draft_digest,
        )
    )
    return {
        "hearing": hearing.id,
        "round": hearing.round,
        "due_on": hearing.due_on.isoformat(),
        "respondents": [_asked(it) for it in asked_for],
    }


def _members(session: "Session", place: Place) -> list[dict[str, Any]]:
    ids = organisations.members(session, place.workspace_id, place.now)
    known = organisations.known(session, place.workspace_id, ids)
    return [dict(named(organisation)) for organisation in sorted(known.values(), key=lambda it: (it.name, it.id))]


def _asked(one: Mapping[str, Any]) -> Asked:
    """Somebody who is asked, as the hearing has her, with her name as it was sealed."""
    name = {"sealed": one["seal"]} if one.get("seal") else one["name"]
    return {"organisation": one["organisation"], "name": name}


def _outsiders(session: "Session", place: Place, invited: list[dict[str, Any]]) -> list[dict[str, Any]]:
    asked_for = []
    for one in invited:
        name = place.open(one["name"])
        organisation = organisations.named(session, place.workspace_id, name)
        if organisation is None:
            organisation = Organisation(
                workspace_id=place.workspace_id,
                id=place.new_id(),
                name=name,
                kind=STAKEHOLDERS[one["type"]],
                origin=place.origin,
            )
            session.add(organisation)
            session.flush()
            place.tell(
                facts.OrganisationRegistered(
                    organisation=organisation.id, of=organisation.kind, origin=organisation.origin
                )
            )
        seal = one["name"]["sealed"] if isinstance(one["name"], dict) else None
        asked_for.append(named(organisation) | ({"seal": seal} if seal else {}))
    return asked_for


def read(answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the answers to a form say, as `respond` takes it. Raises `ResponseRefused`."""
    try:
        found: Mapping[str, Any] = Response().load(dict(answers))
    except ValidationError as error:
        raise ResponseRefused(reason=error.messages) from None
    return found


def respond(
    session: "Session",
    place: Place,
    hearing: Hearing,
    said: Mapping[str, Any],
    *,
    who: str | None,
    task_id: str | None = None,
) -> HearingResponse:
    """Put a response into a hearing; `said` is what `read` gives. Raises `HearingClosed`.

    `who` is the id of an organisation that was asked; whoever was not is kept by the name that is given. What was said
    of each point is sealed already, and stays so.
    """
    rules.check_open(hearing)
    asked = {it["organisation"] for it in hearing.invited}
    row = HearingResponse(
        workspace_id=place.workspace_id,
        id=place.new_id(),
        hearing_id=hearing.id,
        ordinal=hearing.answers + 1,
        organisation_id=who if who in asked else None,
        respondent=None if who in asked else who,
        position=said["position"],
        objection=said["formal_objection"],
        late=place.day(place.said_at) > hearing.due_on,
        points=said["points"] or [],
        received_at=place.said_at,
        task_id=task_id,
        recorded_by=place.by.actor,
        document_id=said.get("letter"),
    )
    session.add(row)
    hearing.answers += 1
    hearing.objections += int(row.objection)
    session.flush()
    place.tell(
        facts.HearingAnswered(
            hearing=hearing.id,
            response=row.id,
            organisation=row.organisation_id,
            points=len(row.points),
            objection=row.objection,
            late=row.late,
        )
    )
    return row


@operation(
    "hearings.record",
    hearing=HEARING,
    organisation=fields.String(load_default=None, allow_none=True, validate=ID),
    respondent=text(load_default=None, allow_none=True),
    response=fields.Nested(Response, required=True),
)
def record(session: "Session", place: Place, asked: Mapping[str, Any]) -> Recorded:
    """Record one response that no task of its own brings. Raises `HearingNotFound`, `HearingClosed`."""
    hearing = _find(session, place, asked["hearing"])
    row = respond(session, place, hearing, asked["response"], who=asked["organisation"] or asked["respondent"])
    return {"response": row.id, "late": row.late}


@operation("hearings.unanswered", hearing=HEARING)
def unanswered(session: "Session", place: Place, asked: Mapping[str, Any]) -> list[Asked]:
    """Who was asked and has not answered: their ids and names. Raises `HearingNotFound`."""
    hearing = _find(session, place, asked["hearing"])
    heard = {it.organisation_id for it in store.responses(session, place.workspace_id, hearing.id)}
    silent = (it for it in hearing.invited if it["organisation"] not in heard)
    return [_asked(it) for it in silent]


@operation("hearings.count", hearing=HEARING, late=fields.List(fields.Nested(Late), load_default=list))
def count(session: "Session", place: Place, asked: Mapping[str, Any]) -> Counted:
    """Admit what came late, and count: how many answered, and how many of them object formally.

    Raises `HearingNotFound`, `HearingClosed`.
    """
    hearing = _find(session, place, asked["hearing"])
    for said in asked["late"]:
        points = [{"requirement": None, "point": said["point"]}] if said["point"] else []
        respond(session, place, hearing, {**said, "points": points}, who=said["organisation"])
    return {"answers": hearing.answers, "objections": hearing.objections}


@operation("hearings.extend", hearing=HEARING, days=DAYS)
def extend(session: "Session", place: Place, asked: Mapping[str, Any]) -> Extended:
    """Give a hearing that many working days more, once. Raises `HearingNotFound`, `HearingAlreadyExtended`."""
    hearing = _find(session, place, asked["hearing"])
    rules.check_extension(hearing)
    hearing.extended = True
    hearing.due_on = place.calendar.add_working_days(max(place.today(), hearing.due_on), asked["days"])
    session.flush()
    place.tell(facts.HearingExtended(hearing=hearing.id, due_on=hearing.due_on.isoformat()))
    return {"due_on": hearing.due_on.isoformat()}


@operation(
    "hearings.close",
    hearing=HEARING,
    objection_outcome=fields.String(load_default="none", validate=validate.OneOf(rules.OBJECTION_OUTCOMES)),
    treatments=fields.List(fields.Nested(Treated), load_default=list),
)
def close(session: "Session", place: Place, asked: Mapping[str, Any]) -> Closed:
    """Close a hearing: what became of each point, beside the responses that are recorded.

    Raises `HearingNotFound`, `HearingClosed`, `HearingHasOpenObjection`.
    """
    hearing = _find(session, place, asked["hearing"])
    rules.check_open(hearing)
    answers, objections = hearing.answers, hearing.objections
    outcome = rules.outcome(answers=answers, objections=objections, objection_outcome=asked["objection_outcome"])
    hearing.outcome = outcome
    hearing.objection_outcome, hearing.treatments = asked["objection_outcome"], asked["treatments"]
    hearing.closed_at = place.now
    session.flush()
    place.tell(facts.HearingEnded(hearing=hearing.id, outcome=outcome, answers=answers, objections=objections))
    return {"outcome": outcome, "answers": answers, "objections": objections}


@operation("hearings.status", target=text(required=True))
def status(session: "Session", place: Place, asked: Mapping[str, Any]) -> Standing:
    """Where the hearings on this case's draft stand: `none`, `open` or `closed`, and the unanswered objections."""
    found = targets_store.of_case(session, place.workspace_id, place.case_id)
    if found is None or found[0].key != asked["target"]:
        raise TargetNotFound(key=asked["target"])
    held = store.of_version(session, place.workspace_id, found[1].id)
    return {
        "internal": rules.state(held, "internal"),
        "trade": rules.state(held, "trade"),
        "objections": rules.unanswered(held),
    }


def _find(session: "Session", place: Place, hearing_id: str) -> Hearing:
    hearing = store.hearing(session, place.workspace_id, hearing_id)
    if hearing is None or hearing.case_id != place.case_id:
        raise HearingNotFound
    return hearing
