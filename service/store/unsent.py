"""What people have put to a task and not given: read along with the task that is about to close.

Most tasks have none of it, and what is not there need not be thrown away by a statement.
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, case, select

from service.store.tables import Draft, Enclosure, Task

DRAFTS, FILES = 1, 2
"""Somebody has a draft · somebody has put a file to it. Both: their sum."""


def unsent_to_task() -> ColumnElement[int]:
    """The sum of what there is for a task, as a column."""
    drafts = select(Draft.task_id).where(Draft.workspace_id == Task.workspace_id, Draft.task_id == Task.id)
    files = select(Enclosure.id).where(Enclosure.workspace_id == Task.workspace_id, Enclosure.task_id == Task.id)
    return case((drafts.exists(), DRAFTS), else_=0) + case((files.exists(), FILES), else_=0)


def having(tasks: Iterable[Task], what: int) -> list[str]:
    """The ids of those tasks for which there is some of it, or may be, where that was not read."""
    return [task.id for task in tasks if task.unsent is None or task.unsent & what]
