"""One evaluation: what it may read, what it has left to spend, and why a null came out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from service.domain.calendars import Calendar
from service.engine.feel.adopt import adopted
from service.engine.feel.errors import FeelFault, Reason, Stopped, Unanswerable, sentence
from service.engine.feel.kinds.conform import Conformity
from service.engine.feel.kinds.types import Type
from service.engine.feel.limits import (
    CALL_ROOM,
    LIST_LENGTH,
    STEPS,
    STRING_LENGTH,
    TEXT_PER_STEP,
    VALUE_DEPTH,
    VALUE_SIZE,
)

_SCALARS = frozenset({type(None), bool, str})


@dataclass(frozen=True, slots=True)
class Context:
    """What an evaluation knows besides its values.

    `now` is an aware moment, the only clock there is; `zone` is where `today()` is read and a local time belongs;
    `calendar` knows the working days. `strict` is the mode of diagrams: what would be null for a reason is a FeelFault.
    `types` are those that a decision file defines.
    """

    now: datetime
    zone: ZoneInfo
    calendar: Calendar
    strict: bool = True
    types: Mapping[str, Type] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError("The clock of an evaluation needs a time zone.")


class Site(NamedTuple):
    """A place in a text."""

    text: str
    start: int
    end: int

    def fault(self, message: str) -> FeelFault:
        """The fault that says what is wrong here."""
        return FeelFault(sentence(message), self.text, self.start, self.end)


class Run:
    """One evaluation. `values` are read as they are named, and read once; `notes` are what it leaves for a record."""

    __slots__ = ("_read", "context", "notes", "reasons", "room", "steps", "strict", "values")

    def __init__(self, values: Mapping[str, object], context: Context) -> None:
        self.values = values
        self.context = context
        self.strict = context.strict
        self.steps = STEPS
        self.room = CALL_ROOM
        self.reasons: tuple[Reason, ...] = ()
        self.notes: tuple[object, ...] = ()
        self._read: dict[str, object] = {}

    def null(self, site: Site, reason: object) -> object:
        """null, for a reason: kept, or raised as a FeelFault in strict mode."""
        message = str(reason)
        if self.strict:
            raise site.fault(message)
        if len(self.reasons) < 100:
            place = site.text[site.start : site.end]
            self.reasons += (Reason(sentence(message), place, site.start, site.end),)
        return None

    @property
    def types(self) -> Conformity:
        """Asks values for their types, at this evaluation's cost."""
        return Conformity(self.context.types, self.spend)

    def spend(self, steps: int) -> None:
        """So many steps less. Raises Stopped when none is left."""
        self.steps -= steps
        if self.steps < 0:
            raise Stopped(f"this takes more than {STEPS:,} steps")

    def enter(self, levels: int) -> None:
        """A function's body begins. Raises Stopped where too many are open."""
        self.spend(1)
        self.room -= levels
        if self.room < 0:
            self.room += levels
            raise Stopped("functions call one another too deep")

    def text(self, value: str) -> str:
        """A string that was made, paid for. Raises Stopped when it is too long."""
        if len(value) > STRING_LENGTH:
            raise Stopped(f"a string of more than {STRING_LENGTH:,} characters came out")
        self.spend(1 + len(value) // TEXT_PER_STEP)
        return value

    def list(self, value: list[object]) -> list[object]:
        """A list that was made, paid for. Raises Stopped when it is too long."""
        if len(value) > LIST_LENGTH:
            raise Stopped(f"a list of more than {LIST_LENGTH:,} elements came out")
        self.spend(1 + len(value))
        return value

    def among(self, values: Mapping[str, object], work: Callable[[], object]) -> object:
        """What `work` gives when names stand for other values: those of the place where a function was defined."""
        here = self.values, self._read
        self.values, self._read = values, {}
        try:
            return work()
        finally:
            self.values, self._read = here

    def read(self, name: str, site: Site) -> object:
        """The value of a name that the text does not define itself."""
        if name in self._read:
            return self._read[name]
        try:
            given = self.values[name]
        except KeyError:
            return self.null(site, f"nothing is called `{name}` here")
        if type(given) in _SCALARS:
            return given
        try:
            value = adopted(given)
        except Unanswerable as reason:
            return self.null(site, f"`{name}`: {reason}")
        self._read[name] = value
        return value

    def fresh(self, value: object) -> object:
        """A copy that shares no list and no context with anything. Raises Stopped when it is too large."""
        return _copied(value, [VALUE_SIZE], 0)


def _copied(value: object, room: list[int], depth: int) -> object:
    kind = type(value)
    if kind is not list and kind is not dict:
        return value
    if depth > VALUE_DEPTH:
        raise Stopped(f"a value nested more than {VALUE_DEPTH} deep came out")
    room[0] -= 1 + len(value)  # type: ignore[arg-type]  # a list or a dict, by its type
    if room[0] < 0:
        raise Stopped(f"a value with more than {VALUE_SIZE:,} parts came out")
    if isinstance(value, list):
        return [_copied(item, room, depth + 1) for item in value]
    if isinstance(value, dict):
        return {key: _copied(value[key], room, depth + 1) for key in sorted(value)}
    return value
