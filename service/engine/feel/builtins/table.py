"""How a built-in function is declared, chosen and called (DMN 1.5, 10.3.2.13.4 and 10.3.4).

A family's module ends in a table: name, parameters as the standard writes them, and the Python function. A parameter
is `name: kind`, `name: kind | kind`, `name?: kind` where it may be left out, `name...: kind` for all that follow.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from decimal import DecimalException
from functools import reduce
from itertools import chain, product
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

from service.domain.sentences import Sentence, say
from service.engine.feel.errors import Unanswerable
from service.engine.feel.kinds.conform import KINDS
from service.engine.feel.kinds.dates import Date
from service.engine.feel.kinds.kind import NAMES, described, of_kind
from service.engine.feel.kinds.special import Callee, Function
from service.engine.feel.kinds.times import Moment, midnight
from service.engine.feel.kinds.types import ANY, Simple, Type
from service.engine.feel.limits import TEXT_PER_STEP
from service.engine.feel.run import Run

_COMPOSITE = frozenset({"list", "context", "range", "function"})
"""Kinds of values that hold others, or take them: the kind alone does not tell their type."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One declared parameter. `kinds` is None where any value will do, null too."""

    name: str
    wanted: Sentence
    kinds: frozenset[type] | None
    types: tuple[Type, ...] = (ANY,)
    optional: bool = False
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Overload:
    """One way to call a function. `body` takes the arguments, and the run before them where `run` is true.

    `cost` are the steps that it takes, beyond the few of any call and those that `body` counts itself. `gives` are the
    kinds that its values may be of, besides null; none where that is not known.
    """

    function: str
    arguments: tuple[Argument, ...]
    body: Callable[..., object]
    run: bool
    cost: int
    gives: frozenset[str] = frozenset()

    def takes(self, count: int) -> bool:
        """Whether so many arguments may be given."""
        needed = sum(not argument.optional for argument in self.arguments)
        endless = bool(self.arguments) and self.arguments[-1].rest
        return needed <= count and (endless or count <= len(self.arguments))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its parameters, in order."""
        return tuple(argument.name for argument in self.arguments)

    def knows(self, given: AbstractSet[str]) -> bool:
        """Whether arguments of these names may be given, and no other one is needed."""
        needed = {argument.name for argument in self.arguments if not argument.optional}
        return needed <= given <= set(self.names)

    def placed(self, given: Mapping[str, object]) -> list[object]:
        """Arguments that were given by name, in order; of a parameter that takes all that follow, a list is all of them."""
        values = [given.get(name) for name in self.names]
        if self.arguments and self.arguments[-1].rest and isinstance(values[-1], list):
            values[-1:] = values[-1]
        return values

    def fits(self, values: Sequence[object]) -> bool:
        """Whether every argument is of the declared kind as it stands."""
        last = len(self.arguments) - 1
        for index, value in enumerate(values):
            kinds = self.arguments[min(index, last)].kinds
            if kinds is not None and type(value) not in kinds:
                return False
        return True

    def types(self, count: int) -> Iterable[tuple[tuple[Type, ...], Type | None]]:
        """As `Callee.types`: a parameter of several kinds makes several ways."""
        last = len(self.arguments) - 1
        taken = product(*(self.arguments[min(place, last)].types for place in range(count)))
        given = [None if kind in _COMPOSITE else Simple(kind) for kind in sorted(self.gives)] or [None]
        return product(taken, given)

    def apply(self, run: Run, values: Sequence[object]) -> object:
        """The value for these arguments, in order. Raises Unanswerable."""
        run.spend(self.cost)
        given = []
        last = len(self.arguments) - 1
        for index, value in enumerate(values):
            given.append(self._fitting(run, value, self.arguments[min(index, last)]))
        try:
            return self.body(run, *given) if self.run else self.body(*given)
        except DecimalException:
            raise Unanswerable(say("`%(function)s` has no number for an answer", function=self.function)) from None

    def _fitting(self, run: Run, value: object, argument: Argument) -> object:
        kind = type(value)
        if kind is str:
            run.spend(len(value) // TEXT_PER_STEP)  # type: ignore[arg-type]  # a str, by its type
        if argument.kinds is None:
            described(value)  # a sealed value stops here
            return value
        if kind in argument.kinds or (value is None and argument.optional):
            return value
        if isinstance(value, list) and len(value) == 1 and type(value[0]) in argument.kinds:
            return self._fitting(run, value[0], argument)
        what = described(value)  # a sealed value stops here
        if list in argument.kinds and value is not None:
            return [value]
        if isinstance(value, Date) and Moment in argument.kinds:
            return midnight(value)
        raise Unanswerable(
            say(
                "`%(function)s` wants %(wanted)s for `%(name)s`, not %(what)s",
                function=self.function,
                wanted=argument.wanted,
                name=argument.name,
                what=what,
            )
        )


@dataclass(frozen=True, slots=True, eq=False)
class Builtin(Callee):
    """A built-in function."""

    name: str
    overloads: tuple[Overload, ...]
    _ways: dict[int, list[Overload]] = field(default_factory=dict)
    """The ways that take so many arguments, found when they are first asked for."""

    def call(self, run: Any, arguments: Sequence[object], names: Sequence[str] = ()) -> object:
        """Its value for these arguments, by position or by `names`. Raises Unanswerable."""
        if names:
            overload, arguments = self._by_name(dict(zip(names, arguments, strict=True)))
            return overload.apply(run, arguments)
        ways = self._ways.get(len(arguments))
        if ways is None:
            ways = self._ways[len(arguments)] = [way for way in self.overloads if way.takes(len(arguments))]
        if not ways:
            raise Unanswerable(
                say("`%(name)s` is not called with %(count)s arguments", name=self.name, count=len(arguments))
            )
        chosen = ways[0] if len(ways) == 1 else next((way for way in ways if way.fits(arguments)), ways[0])
        return chosen.apply(run, arguments)

    @property
    def never_boolean(self) -> bool:
        """Whether each way to call it says that it gives a text, a number, a date … and never true or false."""
        return all(way.gives and "boolean" not in way.gives for way in self.overloads)

    def types(self, count: int) -> Iterable[tuple[tuple[Type, ...], Type | None]]:
        """Those of its signatures that take so many arguments."""
        return chain.from_iterable(way.types(count) for way in self.overloads if way.takes(count))

    def _by_name(self, given: dict[str, object]) -> tuple[Overload, list[object]]:
        """The way with these parameters, and its arguments in order.

        Where several have them, it is the one that has them in the order in which they are given: `before(point: 1,
        range: r)` and `before(range: r, point: 1)` are two questions.
        """
        ways = [way for way in self.overloads if way.knows(given.keys())]
        if not ways:
            raise Unanswerable(
                say(
                    "`%(name)s` has no parameters called %(names)s",
                    name=self.name,
                    names=", ".join(f"`{name}`" for name in given),
                )
            )
        order = list(given)
        chosen = next((way for way in ways if [name for name in way.names if name in given] == order), ways[0])
        return chosen, chosen.placed(given)


def define(
    name: str, parameters: str, body: Callable[..., object], *, run: bool = False, cost: int = 0, gives: str = ""
) -> Overload:
    """One line of a family's table. `gives` is the kind of its values, where `body` does not say it."""
    known = frozenset({gives}) if gives else _given(getattr(body, "__annotations__", {}).get("return"))
    return Overload(name, tuple(_argument(part) for part in parameters.split(", ") if part), body, run, cost, known)


def gathered(tables: Iterable[Iterable[Overload]]) -> dict[str, Builtin]:
    """All functions by name, each with its ways to be called in the order of the tables."""
    overloads: dict[str, list[Overload]] = {}
    for table in tables:
        for overload in table:
            overloads.setdefault(overload.function, []).append(overload)
    return {name: Builtin(name, tuple(ways)) for name, ways in overloads.items()}


def _argument(text: str) -> Argument:
    name, kind = text.split(": ")
    optional, rest = name.endswith("?"), name.endswith("...")
    parts = kind.split(" | ")
    kinds = None if kind == "any" else frozenset(python for part in parts for python in _python(part))
    wanted = reduce(lambda one, other: say("%(one)s or %(other)s", one=one, other=other), map(of_kind, parts))
    types = (ANY,) if kinds is None else tuple(map(Simple, parts))
    return Argument(name.rstrip("?."), wanted, kinds, types, optional, rest)


def _python(kind: str) -> frozenset[type]:
    return frozenset({Function, Builtin}) if kind == "function" else KINDS[kind]


def _given(annotation: object) -> frozenset[str]:
    """The kinds of the values that an annotation allows besides None; none where it allows any."""
    parts = get_args(annotation) if isinstance(annotation, UnionType) else (annotation,)
    names = [NAMES.get(get_origin(part) or part) for part in parts if part is not NoneType]
    return frozenset(name for name in names if name) if all(names) else frozenset()
