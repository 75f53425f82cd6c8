"""Types: what `instance of` asks, and what a parameter, an input or a decision demands (DMN 1.5, 10.3.2.9)."""

from collections.abc import Callable
from dataclasses import dataclass


class Type:
    """A type of FEEL."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Simple(Type):
    """A type that is known by its name alone: one of FEEL's, or one that a decision file defines."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class ListType(Type):
    """`list<number>`."""

    item: Type

    def __str__(self) -> str:
        return f"list<{self.item}>"


@dataclass(frozen=True, slots=True)
class RangeType(Type):
    """`range<date>`."""

    item: Type

    def __str__(self) -> str:
        return f"range<{self.item}>"


@dataclass(frozen=True, slots=True)
class ContextType(Type):
    """`context<name: string, age: number>`: at least these entries."""

    entries: tuple[tuple[str, Type], ...]

    def __str__(self) -> str:
        return f"context<{', '.join(f'{name}: {kind}' for name, kind in self.entries)}>"


@dataclass(frozen=True, slots=True)
class FunctionType(Type):
    """`function<number, number> -> boolean`."""

    parameters: tuple[Type, ...]
    result: Type

    def __str__(self) -> str:
        return f"function<{', '.join(map(str, self.parameters))}> -> {self.result}"


@dataclass(frozen=True, slots=True)
class Restricted(Type):
    """A type whose values must also pass a test: an item definition with allowed values. `rule` is that test's text."""

    base: Type
    admits: Callable[[object], bool]
    rule: str

    def __str__(self) -> str:
        return f"{self.base} ({self.rule})"


ANY = Simple("Any")
