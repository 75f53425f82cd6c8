"""Expressions as trees: written as FEEL for the engine, evaluated here for the token game."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


class UnknownName(Exception):
    """An expression asks for a variable that is not there."""


@dataclass(frozen=True)
class Expression:
    """A tree: its FEEL text, and what it is on given variables."""

    feel: str
    of: Callable[[Mapping[str, Any]], Any]

    def __repr__(self) -> str:
        return self.feel


def constant(value: int | str) -> Expression:
    """A whole number or a text."""
    return Expression(f'"{value}"' if isinstance(value, str) else str(value), lambda _: value)


def name(variable: str) -> Expression:
    """A variable."""

    def of(variables: Mapping[str, Any]) -> Any:
        if variable not in variables:
            raise UnknownName(variable)
        return variables[variable]

    return Expression(variable, of)


def plus(left: Expression, right: Expression) -> Expression:
    """A sum of numbers."""
    return Expression(f"{left.feel} + {right.feel}", lambda known: left.of(known) + right.of(known))


def less(left: Expression, right: Expression) -> Expression:
    """Whether one number is less than another."""
    return Expression(f"{left.feel} < {right.feel}", lambda known: left.of(known) < right.of(known))


def at_least(left: Expression, right: Expression) -> Expression:
    """Whether one number is not less than another."""
    return Expression(f"{left.feel} >= {right.feel}", lambda known: left.of(known) >= right.of(known))


def appended(items: Expression, item: Expression) -> Expression:
    """A list with one more item at its end."""
    return Expression(f"append({items.feel}, {item.feel})", lambda known: [*items.of(known), item.of(known)])


def count(items: Expression) -> Expression:
    """The length of a list."""
    return Expression(f"count({items.feel})", lambda known: len(items.of(known)))


def listed(*items: Expression) -> Expression:
    """A list of these."""
    return Expression(f"[{', '.join(item.feel for item in items)}]", lambda known: [item.of(known) for item in items])
