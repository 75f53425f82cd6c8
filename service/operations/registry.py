"""How an operation is declared, and how one is called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import reduce
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from marshmallow import Schema, ValidationError

from service.domain.calendars import Calendar
from service.domain.errors import OperationUnknown, ParametersRefused
from service.domain.facts import Fact
from service.domain.journal import By
from service.domain.offered import Offered
from service.domain.origins import Origin
from service.domain.sentences import Sentence, say
from service.operations.giving import given

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Place:
    """Where an operation is called from, when, by whom, and what it may take from the step.

    `new_id` hands out ids, so that no operation makes one of its own; `tell` writes a fact to the case's stream, behind
    what moved the case. `origin` is that of rows made here: in a demonstration all of them are samples. `mails` says
    whether the service sends mail, and `wall` from when the outbox may send what is put into it (none: `now`).
    `trace` leads from what is sent to the request that it came of. `given_at` is when what a person says here was said
    (none: `now`): an answer that an incident kept was given before the step is made.

    What was sealed comes to an operation sealed. `open` gives a value with all that was sealed in this case as it was
    given, however deep; `seal` puts a commitment in the place of a text that the operation gives, at a pointer in what
    it gives. Neither leaves the transaction: what an operation gives stands in the journal, and is sealed there.
    """

    workspace_id: str
    case_id: str
    instance_id: str
    activity_id: str
    now: datetime
    by: By
    calendar: Calendar
    new_id: Callable[[], str]
    tell: Callable[[Fact], None]
    open: Callable[[Any], Any]
    seal: Callable[[str, str], dict[str, str]]
    origin: Origin | None = None
    mails: bool = False
    wall: datetime | None = None
    trace: str | None = None
    given_at: datetime | None = None

    def today(self) -> date:
        """The day that it is where the calendar holds."""
        return self.day(self.now)

    def day(self, moment: datetime) -> date:
        """The day that it was then where the calendar holds."""
        return moment.astimezone(ZoneInfo(self.calendar.zone)).date()

    @property
    def said_at(self) -> datetime:
        """When what a person says here was said."""
        return self.given_at or self.now

    def in_months(self, months: int) -> date:
        """The day that many months from today."""
        return months_after(self.today(), months)


def months_after(day: date, months: int) -> date:
    """The day that many months after another, or the last of its month where that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


Run = Callable[["Session", Place, Mapping[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: its name, what it takes, what it gives, what it says about itself, and what it does.

    `run` gets the session, the place and the parameters as the schema loads them; it gives a JSON value, of which
    `gives` is the JSON Schema (empty: it may be anything).
    """

    name: str
    version: int
    parameters: Schema
    run: Run
    gives: Mapping[str, Any] = field(default_factory=dict)

    @property
    def description(self) -> str:
        """The first sentence of what it does, for the editor's panel."""
        return (self.run.__doc__ or "").strip().partition("\n")[0]


REGISTRY: dict[str, Operation] = {}
"""Every operation by name."""


def operation(
    name: str, version: int = 1, /, *, gives_schema: Mapping[str, Any] | None = None, **fields: Any
) -> Callable[[Run], Run]:
    """Declare the function that follows as an operation, whose parameters are these marshmallow fields.

    What it gives is read from the type of its result, unless `gives_schema` says more than a type can.
    """

    def register(run: Run) -> Run:
        gives = given(run) if gives_schema is None else gives_schema
        REGISTRY[name] = Operation(name, version, Schema.from_dict(fields, name=name)(), run, gives)
        return run

    return register


def offered() -> dict[str, Offered]:
    """What each operation takes and gives, by name: what a check holds diagrams against."""
    return {
        name: Offered(found.gives, {given: field.required for given, field in found.parameters.fields.items()})
        for name, found in REGISTRY.items()
    }


def call(session: "Session", place: Place, name: str, parameters: Mapping[str, Any]) -> Any:
    """Run an operation; gives its JSON result. Raises `OperationUnknown`, `ParametersRefused`, and what it raises."""
    found = REGISTRY.get(name)
    if found is None:
        raise OperationUnknown(name=name)
    try:
        loaded = found.parameters.load(dict(parameters))
    except ValidationError as error:
        raise ParametersRefused(name=name, reason=_reason(found, parameters, error.messages_dict)) from None
    return found.run(session, place, loaded)


def _reason(found: Operation, given: Mapping[str, Any], faults: Mapping[str, Any]) -> Sentence:
    """What is wrong with the parameters, as a part of a sentence: what is missing, what is not taken, what is no such
    value."""
    parts = []
    for name, fault in faults.items():
        if name not in found.parameters.fields:
            parts.append(say("it takes no `%(name)s`", name=name))
        elif name not in given:
            parts.append(say("it needs `%(name)s`", name=name))
        else:
            parts.append(say("`%(name)s` cannot be used (%(why)s)", name=name, why=_first(fault).rstrip(".")))
    return reduce(lambda one, other: say("%(one)s, and %(other)s", one=one, other=other), parts)


def _first(fault: Any) -> str:
    """The first of the library's messages, however deep it stands."""
    while not isinstance(fault, str):
        fault = next(iter(fault.values() if isinstance(fault, Mapping) else fault), "")
    return fault
