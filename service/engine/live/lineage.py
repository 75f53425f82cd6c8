"""Where a task comes from: from its parent and, where tokens met, from the ends of all the arms that met there.

A task is always younger than those it comes from, and comes from tasks of its own scope alone.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask


def parents(task: "LiveTask") -> "list[LiveTask]":
    """The tasks that the task comes from, of which all but its parent ended in a join; none for a scope's first."""
    return [*task.also, task.parent] if task.parent is not None else []


def lineage(task: "LiveTask") -> "dict[int, LiveTask]":
    """All that the task comes from, by number."""
    found: dict[int, LiveTask] = {}
    todo = parents(task)
    while todo:
        above = todo.pop()
        if above.number not in found:
            found[above.number] = above
            todo += parents(above)
    return found


def last_of(tasks: "dict[int, LiveTask]") -> "list[LiveTask]":
    """Those of the tasks that none of the others comes from, oldest first."""
    last: list[LiveTask] = []
    older: set[int] = set()
    for number in sorted(tasks, reverse=True):
        if number not in older:
            last.append(tasks[number])
            older |= lineage(tasks[number]).keys()
    return last[::-1]
