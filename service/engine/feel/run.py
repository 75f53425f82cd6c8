"""One evaluation: what it may read, what it has left to spend, and why a null came out."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from service.domain.calendars import Calendar
from service.domain.sentences import Sentence, ended, say
from service.engine.feel.adopt import adopted
from service.engine.feel.errors import Reason, Site, Stopped, Unanswerable
from service.engine.feel.kinds.conform import Conformity
from service.engine.feel.kinds.dates import Date
from service.engine.feel.kinds.durations import DaysDuration, MonthsDuration
from service.engine.feel.kinds.special import Range
from service.engine.feel.kinds.times import Moment, Time
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

Kept = TypeVar("Kept")

_SCALARS = frozenset({type(None), bool, str})
_SHARED = frozenset({type(None), bool, Decimal, Date, DaysDuration, MonthsDuration, Time, Moment})
"""Nobody changes these, and they have one size."""
BEGUN, MADE = 8, 6
"""Steps of evaluating any text at all, and of each part of a value that comes out. Only `Run.spent` counts these."""
NULL = 24
"""Steps that a null with a reason costs: the sentence is most of it."""


@dataclass(frozen=True, slots=True)
class Context:
    """What an evaluation knows besides its values.

    `now` is an aware moment, the only clock there is; `zone` is where `today()` is read and a local time belongs;
    `calendar` knows the working days. `strict` is the mode of diagrams: what would be null for a reason is a FeelFault.
    `types` are those that a decision file defines. `spent` is told the price of each text that was evaluated, in steps:
    whoever asks for many may bound them together.
    """

    now: datetime
    zone: ZoneInfo
    calendar: Calendar
    strict: bool = True
    types: Mapping[str, Type] = field(default_factory=dict)
    spent: Callable[[int], None] | None = None

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
    _kept: dict[Hashable, object] | None = None
    _room: list[int] | None = None

    def __init__(self, values: Mapping[str, object], context: Context) -> None:
        self.values = values
        self.context = context
        self.strict = context.strict
        self._read: dict[str, object] = {}

    def null(self, site: Site, reason: Sentence) -> object:
        """null, for a reason: kept, or raised as a FeelFault in strict mode."""
        if self.strict:
            raise site.fault(reason)
        return self.nothing(site, reason)

    def nothing(self, site: Site, reason: Sentence) -> object:
        """null, for a reason that is no fault in either mode: there is nothing that could be answered."""
        self.spend(NULL)
        if len(self.reasons) < 100:
            place = site.text[site.start : site.end]
            self.reasons += (Reason(ended(reason), place, site.start, site.end),)
        return None

    @property
    def types(self) -> Conformity:
        """Asks values for their types, at this evaluation's cost."""
        return Conformity(self.context.types, self.spend)

    def spend(self, steps: int) -> None:
        """So many steps less. Raises Stopped when none is left."""
        self.steps -= steps
        if self.steps < 0:
            raise Stopped(say("this takes more than %(most)s steps", most=STEPS))

    @property
    def spent(self) -> int:
        """Steps that it took so far, and those of making its results fresh and keeping them."""
        return STEPS - self.steps + (MADE * (VALUE_SIZE - self._room[0]) if self._room else 0)

    def done(self, characters: int) -> None:
        """A text of so many was evaluated: its price is told to whoever counts. What does not repeat is paid by these."""
        if self.context.spent is not None:
            self.context.spent(BEGUN + (characters >> 1) + self.spent)

    def first(self, mark: Hashable) -> bool:
        """Whether this is asked for the first time: what is made once and then kept is paid for once, by everybody."""
        new = mark not in self._paid
        if new:
            self._paid |= {mark}
        return new

    def kept(self, mark: Hashable, make: Callable[[], Kept]) -> Kept:
        """What `make` gives, made once for this evaluation, whatever others evaluate meanwhile."""
        if self._kept is None:
            self._kept = {}
        if mark not in self._kept:
            self._kept[mark] = make()
        return cast(Kept, self._kept[mark])

    def enter(self, levels: int) -> None:
        """A function's body begins. Raises Stopped where too many are open."""
        self.spend(1)
        self.room -= levels
        if self.room < 0:
            self.room += levels
            raise Stopped(say("functions call one another too deep"))

    def text(self, value: str) -> str:
        """A string that was made, paid for. Raises Stopped when it is too long."""
        if len(value) > STRING_LENGTH:
            raise Stopped(say("a string of more than %(most)s characters came out", most=STRING_LENGTH))
        self.spend(1 + len(value) // TEXT_PER_STEP)
        return value

    def list(self, value: list[object]) -> list[object]:
        """A list that was made, paid for. Raises Stopped when it is too long."""
        if len(value) > LIST_LENGTH:
            raise Stopped(say("a list of more than %(most)s elements came out", most=LIST_LENGTH))
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
            return self.null(site, say("nothing is called `%(name)s` here", name=name))
        if type(given) in _SCALARS:
            return given
        try:
            value = adopted(given, self.spend)
        except Unanswerable as reason:
            return self.null(site, say("`%(name)s`: %(reason)s", name=name, reason=reason.reason))
        self._read[name] = value
        return value

    def fresh(self, value: object) -> object:
        """A copy that shares no list and no context with anything. Raises Stopped when it is too large."""
        self._room = self._room or [VALUE_SIZE, VALUE_TEXT]
        return _copied(value, self._room, 0)


def _copied(value: object, room: list[int], depth: int) -> object:
    kind = type(value)
    if kind is str:
        _shrink(room, 1, len(value))  # type: ignore[arg-type]  # a str, by its type
    if kind is not list and kind is not dict and kind is not Range:
        return value
    if depth > VALUE_DEPTH:
        raise Stopped(say("a value nested more than %(most)s deep came out", most=VALUE_DEPTH))
    if isinstance(value, list):
        _shrink(room, 0, 1 + len(value))
        return [item if type(item) in _SHARED else _copied(item, room, depth + 1) for item in value]
    if isinstance(value, dict):
        _shrink(room, 0, 1 + len(value))
        _shrink(room, 1, sum(map(len, value)))
        return {
            key: item if type(item := value[key]) in _SHARED else _copied(item, room, depth + 1)
            for key in sorted(value)
        }
    if isinstance(value, Range):
        for side in (value.start, value.end):
            _copied(side, room, depth + 1)
    return value


def _shrink(room: list[int], which: int, size: int) -> None:
    room[which] -= size
    if room[which] < 0 and which:
        raise Stopped(say("a value with more than %(most)s characters came out", most=VALUE_TEXT))
    if room[which] < 0:
        raise Stopped(say("a value with more than %(most)s parts came out", most=VALUE_SIZE))
