"""Joins take the last branch's data over the others': a change by one branch is reverted, lists lose equal items, and
objects are mixed, so that a statement is laid to the wrong person (engine.md 0.3 and 10.2, 2).

Ours merges three ways: what each arm changed since the arms parted, in the order of the flows. One arm changed a
name: that is its value. Two arms appended to a list: both additions. Two arms changed a name otherwise: a fault.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from service.engine.fences.true_as_one import same

_ABSENT: Any = object()


class Conflict(Exception):
    """Two branches changed the same variable, and neither change may be dropped."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def merge(base: Mapping[str, Any], arms: Sequence[Mapping[str, Any]], *, last_wins: bool = False) -> dict[str, Any]:
    """The variables after a join.

    `base` is what the arms started from, `arms` what each has now, in the order of the flows (with `last_wins`: in
    the order of time, and the later change stands). Raises `Conflict` naming the variable.
    """
    merged = dict(base)
    for name in sorted(set(base).union(*arms)):
        before = base.get(name, _ABSENT)
        changes = [value for arm in arms if not _unchanged(value := arm.get(name, _ABSENT), before)]
        if changes:
            value = _settle(name, before, changes, last_wins)
            if value is _ABSENT:
                merged.pop(name, None)
            else:
                merged[name] = value
    return merged


def _unchanged(value: Any, before: Any) -> bool:
    return value is before or (value is not _ABSENT and before is not _ABSENT and same(value, before))


def _settle(name: str, before: Any, changes: list[Any], last_wins: bool) -> Any:
    first = changes[0]
    if all(_unchanged(change, first) for change in changes[1:]) and not _appended([first], before):
        return first
    start = [] if before is _ABSENT else before
    if len(changes) > 1 and _appended(changes, before):
        return start + [item for change in changes for item in change[len(start) :]]
    if len(changes) == 1 or last_wins:
        return changes[-1]
    raise Conflict(name)


def _appended(changes: list[Any], before: Any) -> bool:
    """Whether every change is the list `before` with more at its end."""
    if before is _ABSENT or not isinstance(before, list):
        return False
    return all(
        isinstance(change, list) and len(change) >= len(before) and same(change[: len(before)], before)
        for change in changes
    )
