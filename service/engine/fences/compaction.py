"""Completed tasks stay in the tree, so a loop grows with every round; cutting the library's tree stops at boundary
events, sub-processes and waiting branches (engine.md 3; 10.2, 10).

What an open task can still need of its past is: the variables at the place where it parted from other open tasks
(a join merges against them), and the activity that it is an item of or sits on the edge of. So a finished task is
kept only where two ways to open tasks part, and the first task of a scope always. History is in the journal.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask
    from service.engine.live.workflow import Scope


def kept(scope: "Scope") -> "list[tuple[LiveTask, LiveTask | None]]":
    """The tasks that matter, oldest first, each with the nearest older one that matters (None: the first)."""
    tasks = sorted(scope.tasks.values(), key=lambda task: task.number)
    ways: dict[int, int] = {}
    for task in reversed(tasks):  # children are younger than their parents
        count = ways.get(task.number, 0)
        if task.parent is not None and (count or task.is_open()):
            ways[task.parent.number] = ways.get(task.parent.number, 0) + 1
    result: list[tuple[LiveTask, LiveTask | None]] = []
    nearest: dict[int, LiveTask] = {}
    for task in tasks:
        above = None if task.parent is None else nearest[task.parent.number]
        if above is None or task.is_open() or ways.get(task.number, 0) > 1:
            result.append((task, above))
            nearest[task.number] = task
        else:
            nearest[task.number] = above
    return result


def forget(scope: "Scope") -> None:
    """Drop the tasks that do not matter any more."""
    remaining = kept(scope)
    scope.tasks = {task.id: task for task, _ in remaining}
    for task, above in remaining:
        task._children = []
        task._parent = None if above is None else above.id
        if above is not None:
            above._children.append(task.id)
    scope.last_task = None
