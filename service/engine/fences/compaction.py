"""Completed tasks stay in the tree, so a loop grows with every round; cutting the library's tree stops at boundary
events, sub-processes and waiting branches.

What an open task can still need of its past is: the variables at the place where it parted from other open tasks
(a join merges against them), and the activity that it is an item of or sits on the edge of. So a finished task is
kept only where two ways to open tasks part, and the first task of a scope always. History is in the journal.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from service.engine.live.lineage import parents

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask
    from service.engine.live.workflow import Scope


def kept(scope: "Scope") -> "list[tuple[LiveTask, list[LiveTask]]]":
    """The tasks that matter, oldest first, each with the nearest older ones that matter, oldest first.

    Sets of tasks that matter are numbers here, a bit for each: `next_below` are the nearest ones below a task, `below`
    all that are below one that matters.
    """
    tasks = sorted(scope.tasks.values(), key=lambda task: task.number)
    next_below: dict[int, int] = {}
    below: list[int] = []
    bit_of: dict[int, int] = {}
    for task in reversed(tasks):  # children are younger than their parents
        near = next_below.get(task.number, 0)
        farther = 0
        for bit in _bits(near):
            farther |= below[bit]
        near &= ~farther
        if task.parent is None or task.is_open() or near & (near - 1):
            bit_of[task.number] = len(below)
            near, farther = 1 << len(below), near | farther
            below.append(farther)
        if near:
            for above in parents(task):
                next_below[above.number] = next_below.get(above.number, 0) | near
    result: list[tuple[LiveTask, list[LiveTask]]] = []
    nearest: dict[int, list[LiveTask]] = {}
    for task in tasks:
        found = {above.number: above for parent in parents(task) for above in nearest[parent.number]}
        bits = sum(1 << bit_of[number] for number in found)
        last = [above for number, above in sorted(found.items()) if not below[bit_of[number]] & bits]
        nearest[task.number] = last
        if task.number in bit_of:
            result.append((task, last))
            nearest[task.number] = [task]
    return result


def _bits(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def forget(scope: "Scope") -> None:
    """Drop the tasks that do not matter any more."""
    remaining = kept(scope)
    scope.tasks = {task.id: task for task, _ in remaining}
    for task, above in remaining:
        task._children = []
        task.parent = above[-1] if above else None
        task.also = above[:-1]
        if above:
            above[-1]._children.append(task.id)
    scope.last_task = None
