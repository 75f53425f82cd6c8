"""Ranges, functions, and sealed values: what is neither number, text, list nor context."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from service.domain.sentences import say
from service.engine.feel.errors import Unanswerable
from service.engine.feel.kinds.types import ANY, Type


@dataclass(frozen=True, slots=True)
class Range:
    """All that lies between two values of one kind; a side that is None is open to infinity (DMN 1.5, 10.3.2.7).

    `sign` is the comparison that it was written as, such as `<` of `< 10`; empty for one with both ends, though one of
    them be null. The two are not equal, whatever they hold. `!= 10` is all but its `start`, which is its `end` too.
    """

    start: object
    end: object
    start_included: bool = True
    end_included: bool = True
    sign: str = ""


class Callee(ABC):
    """What can be called from FEEL."""

    __slots__ = ()

    @abstractmethod
    def call(self, run: Any, arguments: Sequence[object], names: Sequence[str] = ()) -> object:
        """Its value for these arguments, by position or by `names`. Raises Unanswerable."""

    @abstractmethod
    def types(self, count: int) -> Iterable[tuple[tuple[Type, ...], Type | None]]:
        """In each way that it may be called with so many arguments, the types of its parameters and of what it gives;
        None where that is not known."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a function; `type` is None where any value will do."""

    name: str
    type: Type | None = None

    def taken(self, run: Any, argument: object) -> object:
        """An argument as the parameter's type demands it. Raises Unanswerable: then the function is not called at all.

        Source: DMN 1.5, 10.3.2.13.2.
        """
        if self.type is None:
            return argument
        try:
            return run.types.converted(argument, self.type)
        except Unanswerable as reason:
            raise Unanswerable(say("`%(name)s`: %(reason)s", name=self.name, reason=reason.reason)) from None


@dataclass(frozen=True, slots=True, eq=False)
class Function(Callee):
    """A function that was written in FEEL, or a business knowledge model of a decision file.

    `body` takes the run and one argument per parameter, and sees to their types; `height` is how many levels of the
    interpreter it may open. A function is equal to itself alone.
    """

    parameters: tuple[Parameter, ...]
    body: Callable[[Any, Sequence[object]], object]
    height: int = 1
    result: Type | None = None

    def call(self, run: Any, arguments: Sequence[object], names: Sequence[str] = ()) -> object:
        """Its value for these arguments, by position or by `names`. Raises Unanswerable, or Stopped where too deep."""
        wanted = [parameter.name for parameter in self.parameters]
        if names:
            given = dict(zip(names, arguments, strict=True))
            if given.keys() != set(wanted):
                raise Unanswerable(
                    say(
                        "the function has the parameters %(wanted)s, not %(given)s",
                        wanted=", ".join(wanted),
                        given=", ".join(given),
                    )
                )
            arguments = [given[name] for name in wanted]
        if len(arguments) != len(wanted):
            raise Unanswerable(
                say("the function takes %(wanted)s arguments, not %(given)s", wanted=len(wanted), given=len(arguments))
            )
        run.enter(self.height)
        try:
            return self.body(run, arguments)
        finally:
            run.room += self.height

    def types(self, count: int) -> Iterable[tuple[tuple[Type, ...], Type | None]]:
        """Those of its parameters, if it takes so many, and of its result as far as its text shows it."""
        return [(tuple(it.type or ANY for it in self.parameters), self.result)] if count == len(self.parameters) else []


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value that the case holds only as a commitment: it may be compared with null, and carried, and no more."""

    commitment: str
