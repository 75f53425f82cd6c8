"""Whether a value is of a type, and the few conversions that FEEL makes by itself (DMN 1.5, 10.3.2.9.4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from service.domain.sentences import say
from service.engine.feel.errors import Stopped, Unanswerable
from service.engine.feel.kinds.dates import Date
from service.engine.feel.kinds.kind import NAMES, described
from service.engine.feel.kinds.special import Callee, Range
from service.engine.feel.kinds.subtypes import conforms
from service.engine.feel.kinds.times import midnight
from service.engine.feel.kinds.types import (
    ANY,
    ContextType,
    FunctionType,
    ListType,
    RangeType,
    Restricted,
    Simple,
    Type,
)
from service.engine.feel.limits import VALUE_DEPTH

KINDS: dict[str, frozenset[type]] = {
    name: frozenset(kind for kind, of in NAMES.items() if of == name) for name in NAMES.values()
}
KINDS |= {"dayTimeDuration": KINDS["days and time duration"], "yearMonthDuration": KINDS["years and months duration"]}
KINDS |= {"dateTime": KINDS["date and time"], "Null": KINDS["null"]}
BASIC = frozenset(KINDS) | {"Any", "function"}
"""Names of FEEL's own types; the xsd-like ones are what older decision files write."""


@dataclass(frozen=True, slots=True)
class Conformity:
    """Asks values for their types. `named` are the types that a decision file defines; `spend` hears of every value.

    `restricted` says whether the allowed values of a type count as well, as they do for an input or a parameter.
    """

    named: Mapping[str, Type]
    spend: Callable[[int], None]
    restricted: bool = True

    def holds(self, value: object, kind: Type, depth: int = 0) -> bool:
        """Whether a value is of a type. null is of the type Null alone.

        Raises Unanswerable for a type that nobody defines.
        """
        self.spend(3)
        if depth > VALUE_DEPTH:
            raise Stopped(say("the type is nested too deep"))
        if isinstance(kind, Simple):
            return self._simple(value, kind, depth)
        if isinstance(kind, Restricted):
            base = self._unrestricted(kind.base) if isinstance(kind.base, Simple) else kind.base
            return self.holds(value, base, depth + 1) and (not self.restricted or kind.admits(value))
        return self._composite(value, kind, depth)

    def instance(self, value: object, kind: Type) -> bool:
        """Whether a value is an instance of a type, which does not ask for its allowed values (DMN 1.5, 10.3.2.9.3)."""
        return replace(self, restricted=False).holds(value, kind)

    def converted(self, value: object, kind: Type) -> object:
        """The value as a type demands it: itself, a list of it, the one item of it, or a day's midnight in UTC.

        null is of every type. Raises Unanswerable where no conversion fits.
        """
        if value is None or self.holds(value, kind):
            return value
        if isinstance(value, list) and len(value) == 1 and self.holds(value[0], kind):
            return value[0]
        if self.holds([value], kind):
            return [value]
        if isinstance(value, Date):
            moment = midnight(value)
            if self.holds(moment, kind):
                return moment
        raise Unanswerable(say("%(value)s is not of the type %(kind)s", value=described(value), kind=kind))

    def _composite(self, value: object, kind: Type, depth: int) -> bool:
        if isinstance(kind, ListType):
            return isinstance(value, list) and all(self._part(item, kind.item, depth) for item in value)
        if isinstance(kind, RangeType):
            return isinstance(value, Range) and all(
                side is None or self._part(side, kind.item, depth) for side in (value.start, value.end)
            )
        if isinstance(kind, ContextType):
            return isinstance(value, dict) and all(
                name in value and self._part(value[name], of, depth) for name, of in kind.entries
            )
        return isinstance(kind, FunctionType) and self._is_function(value, kind)

    def _is_function(self, value: object, kind: FunctionType) -> bool:
        """Whether one way to call it takes what the type says, and gives it: what a function gives is believed where
        that is not known."""
        return isinstance(value, Callee) and any(
            conforms(FunctionType(parameters, result or kind.result), kind, self.named, self.spend)
            for parameters, result in value.types(len(kind.parameters))
        )

    def _unrestricted(self, kind: Type) -> Type:
        """What a definition is built on, without allowed values of its own: the definition's take their place."""
        for _ in range(VALUE_DEPTH):
            if isinstance(kind, Simple) and kind.name in self.named:
                kind = self.named[kind.name]
            elif isinstance(kind, Restricted):
                kind = kind.base
            else:
                break
        return kind

    def _part(self, value: object, kind: Type, depth: int) -> bool:
        return value is None or self.holds(value, kind, depth + 1)

    def _simple(self, value: object, kind: Simple, depth: int) -> bool:
        if kind == ANY:
            return value is not None
        if kind.name == "function":
            return isinstance(value, Callee)
        if kind.name in KINDS:
            return type(value) in KINDS[kind.name]
        if kind.name not in self.named:
            raise Unanswerable(say("no type is called `%(name)s`", name=kind.name))
        return self.holds(value, self.named[kind.name], depth + 1)
