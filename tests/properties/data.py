"""The game's rules of data: what variables are after branches met, or ended beside one another."""

from collections.abc import Sequence
from itertools import combinations
from json import dumps
from typing import Any

from tests.properties.tokens import GONE, Change, History, Variables


class Conflict(Exception):
    """Two branches changed one variable; the argument is its name."""


def at_rest(value: Any) -> Any:
    """A value from outside as it stays in variables: a whole number is an integer."""
    if isinstance(value, dict):
        return {name: at_rest(item) for name, item in value.items()}
    if isinstance(value, list):
        return [at_rest(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def same(left: Any, right: Any) -> bool:
    """Whether two values are one JSON: true is not 1."""
    if left is GONE or right is GONE:
        return left is right
    return dumps(left, sort_keys=True) == dumps(right, sort_keys=True)


def changes(before: Variables, after: Variables) -> Variables:
    """The names that differ, with what they are now (or `GONE`)."""
    names = {*before, *after}
    return {it: after.get(it, GONE) for it in names if not same(before.get(it, GONE), after.get(it, GONE))}


def added(before: Any, after: Any) -> list[Any] | None:
    """What a list has got at its end; None where that is not all that happened to it."""
    if isinstance(before, list) and isinstance(after, list) and same(before, after[: len(before)]):
        return after[len(before) :]
    return None


def put(onto: Variables, change: Change) -> None:
    """Make a change: what was added to a list is added, anything else stands."""
    there = onto.get(change.name)
    if change.value is GONE:
        onto.pop(change.name, None)
    elif change.addition is not None and isinstance(there, list):
        onto[change.name] = there + change.addition
    else:
        onto[change.name] = change.value


def since(before: Variables, after: Variables) -> History:
    """The changes that lead from the one to the other."""
    return tuple(
        Change(name, value, added(before.get(name, GONE), value)) for name, value in changes(before, after).items()
    )


def told(given: Variables, history: Sequence[Change]) -> Variables:
    """The variables after these changes."""
    data = dict(given)
    for change in history:
        put(data, change)
    return data


def up_to_date(given: Variables, history: History, data: Variables) -> History:
    """The history, with what it does not yet tell of the variables."""
    return history + since(told(given, history), data)


def both(
    given: Variables, one: tuple[Variables, History], other: tuple[Variables, History]
) -> tuple[Variables, History]:
    """One token's variables and history with another's that comes later: what both have behind them counts once."""
    (data, history), (more, way) = one, other
    result = dict(data)
    for change in since(told(given, [it for it in way if it in history]), more):
        put(result, change)
    return result, up_to_date(given, (*history, *(it for it in way if it not in history)), result)


def joined(given: Variables, arms: Sequence[tuple[Variables, History]]) -> tuple[Variables, History]:
    """Variables and history after a join of arms, in the order of their flows. Raises `Conflict`."""
    for (left, left_way), (right, right_way) in combinations(arms, 2):
        before = told(given, [it for it in right_way if it in left_way])
        refuse(before, [left, right])
    met = arms[0]
    for arm in arms[1:]:
        met = both(given, met, arm)
    return met


def refuse(before: Variables, arms: Sequence[Variables]) -> None:
    """Raise `Conflict` where two arms gave one variable two values, and did not just add to a list."""
    for name in {name for arm in arms for name in changes(before, arm)}:
        values = [arm.get(name, GONE) for arm in arms if not same(arm.get(name, GONE), before.get(name, GONE))]
        differ = any(not same(value, values[0]) for value in values)
        if differ and any(added(before.get(name, GONE), value) is None for value in values):
            raise Conflict(name)
