"""One evaluation: what it may read, what it has left to spend, and why a null came out."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from service.domain.calendars import Calendar
from service.engine.feel.adopt import adopted
from service.engine.feel.errors import Reason, Site, Stopped, Unanswerable, sentence
from service.engine.feel.kinds.conform import Conformity
from service.engine.feel.kinds.special import Range
from service.engine.feel.kinds.types import Type
from service.engine.feel.limits import (
    CALL_ROOM,
    LIST_LENGTH,
    STEPS,
    STRING_LENGTH,
    TEXT_PER_STEP,
    VALUE_DEPTH,
    VALUE_SIZE,
    VALUE_TEXT,
)

__all__ = ["Context", "Run", "Site"]

_SCALARS = frozenset({type(None), bool, str})
NULL = 24
"""Steps that a null with a reason costs: the sentence is most of it."""


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


class Run:
    """One evaluation. `values` are read as they are named, and read once; `notes` are what it leaves for a record."""

    steps = STEPS
    room = CALL_ROOM
    reasons: tuple[Reason, ...] = ()
    notes: tuple[object, ...] = ()
    _paid: frozenset[Hashable] = frozenset()
    _room: list[int] | None = None

    def __init__(self, values: Mapping[str, object], context: Context) -> None:
        self.values = values
        self.context = context
        self.strict = context.strict
        self._read: dict[str, object] = {}

    def null(self, site: Site, reason: object) -> object:
        """null, for a reason: kept, or raised as a FeelFault in strict mode."""
        message = str(reason)
        if self.strict:
            raise site.fault(message)
        self.spend(NULL)
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

    def first(self, mark: Hashable) -> bool:
        """Whether this is asked for the first time: what is made once and then kept is paid for once, by everybody."""
        new = mark not in self._paid
        if new:
            self._paid |= {mark}
        return new

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

    def put(self, name: str, value: object) -> None:
        """Let a name stand for a FEEL value from here on; `values` must say so too."""
        self._read[name] = value

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
            value = adopted(given, self.spend)
        except Unanswerable as reason:
            return self.null(site, f"`{name}`: {reason}")
        self._read[name] = value
        return value

    def fresh(self, value: object) -> object:
        """A copy that shares no list and no context with anything. Raises Stopped when it is too large."""
        self._room = self._room or [VALUE_SIZE, VALUE_TEXT]
        return _copied(value, self._room, 0)


def _copied(value: object, room: list[int], depth: int) -> object:
    kind = type(value)
    if kind is str:
        _shrink(room, 1, len(value), "characters")  # type: ignore[arg-type]  # a str, by its type
    if kind is not list and kind is not dict and kind is not Range:
        return value
    if depth > VALUE_DEPTH:
        raise Stopped(f"a value nested more than {VALUE_DEPTH} deep came out")
    if isinstance(value, list):
        _shrink(room, 0, 1 + len(value), "parts")
        return [_copied(item, room, depth + 1) for item in value]
    if isinstance(value, dict):
        _shrink(room, 0, 1 + len(value), "parts")
        _shrink(room, 1, sum(map(len, value)), "characters")
        return {key: _copied(value[key], room, depth + 1) for key in sorted(value)}
    if isinstance(value, Range):
        for side in (value.start, value.end):
            _copied(side, room, depth + 1)
    return value


def _shrink(room: list[int], which: int, size: int, unit: str) -> None:
    room[which] -= size
    if room[which] < 0:
        raise Stopped(f"a value with more than {(VALUE_SIZE, VALUE_TEXT)[which]:,} {unit} came out")
