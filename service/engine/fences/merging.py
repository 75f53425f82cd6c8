"""Joins take the last branch's data over the others': a change by one branch is reverted, lists lose equal items, and
objects are mixed, so that a statement is laid to the wrong person.

Ours merges three ways: what each arm changed since the arms parted, in the order of the flows. One arm changed a
name: that is its value. Two arms appended to a list: both additions. Two arms changed a name otherwise: a fault. Where
arms have parted more than once, each two are compared with where those two did, so that nothing counts twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from service.engine.fences.true_as_one import same
from service.engine.live.lineage import last_of, lineage

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask

_ABSENT: Any = object()


class Conflict(Exception):
    """Two branches changed the same variable, and neither change may be dropped."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def meet(arms: "Sequence[LiveTask]") -> dict[str, Any]:
    """The variables where arms meet, given in the order of their flows. Raises `Conflict` naming the variable."""
    lines = [(arm, lineage(arm)) for arm in arms]
    for (left, left_line), (right, right_line) in combinations(lines, 2):
        refuse_conflict(_parted(left_line, right_line), [left.data, right.data])
    return blend((arm, arm.data) for arm in arms)


def blend(tasks: "Iterable[tuple[LiveTask, Mapping[str, Any]]]") -> dict[str, Any]:
    """What tasks know together, each given with its variables: where two changed the same name, the later in the row
    stands; what they added to a list is added."""
    known: dict[int, LiveTask] = {}
    blended: dict[str, Any] = {}
    for task, data in tasks:
        line = lineage(task)
        blended = overlay(blended, _parted(known, line), data) if known else dict(data)
        known |= line
    return blended


def _parted(left: "dict[int, LiveTask]", right: "dict[int, LiveTask]") -> Mapping[str, Any]:
    """The variables where two ways parted, given all that each comes from."""
    last = last_of({number: task for number, task in left.items() if number in right})
    return last[0].data if len(last) == 1 else blend((task, task.data) for task in last)


def merge(base: Mapping[str, Any], arms: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The variables after arms that all parted at one place, where they were `base`. Raises `Conflict`."""
    refuse_conflict(base, arms)
    merged = dict(base)
    for arm in arms:
        merged = overlay(merged, base, arm)
    return merged


def refuse_conflict(base: Mapping[str, Any], arms: Sequence[Mapping[str, Any]]) -> None:
    """Raise `Conflict` where arms changed one name to different values, unless all of them added to a list."""
    for name in sorted(set(base).union(*arms)):
        before = base.get(name, _ABSENT)
        changes = [value for arm in arms if not _unchanged(value := arm.get(name, _ABSENT), before)]
        differ = any(not _unchanged(change, changes[0]) for change in changes)
        if differ and any(_addition(before, change) is None for change in changes):
            raise Conflict(name)


def overlay(onto: Mapping[str, Any], base: Mapping[str, Any], arm: Mapping[str, Any]) -> dict[str, Any]:
    """The variables `onto` with what an arm changed since `base`: its additions to a list are added, else it stands."""
    result = dict(onto)
    for name in {**base, **arm}:
        before, value = base.get(name, _ABSENT), arm.get(name, _ABSENT)
        if _unchanged(value, before):
            continue
        addition, there = _addition(before, value), result.get(name)
        if value is _ABSENT:
            result.pop(name, None)
        elif addition is not None and isinstance(there, list):
            result[name] = there + addition
        else:
            result[name] = value
    return result


def _unchanged(value: Any, before: Any) -> bool:
    return value is before or (value is not _ABSENT and before is not _ABSENT and same(value, before))


def _addition(before: Any, value: Any) -> list[Any] | None:
    """What was added at the end of a list; None where that is not all that happened to it."""
    if not isinstance(before, list) or not isinstance(value, list) or not same(value[: len(before)], before):
        return None
    return value[len(before) :]
