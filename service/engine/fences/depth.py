"""The library walks the task tree to depth 1000 and silently stops: an instance beyond it counts as completed and is
lost. Ours looks at the flat table of tasks, in the order in which they were created."""

from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState


class FlatTasks(BpmnBaseWorkflow):
    """A workflow, or the workflow of an embedded sub-process, that finds its tasks without walking the tree."""

    def get_tasks_iterator(self, first_task: Task | None = None, **kwargs: Any) -> Iterator[Task]:
        """The tasks of this scope that match `state`, `manual` and `spec_name`, oldest first."""
        state, manual, name = kwargs.get("state", TaskState.ANY_MASK), kwargs.get("manual"), kwargs.get("spec_name")
        for task in list(self.tasks.values()):
            if task.state & state and manual in (None, task.task_spec.manual) and name in (None, task.task_spec.name):
                yield task

    def is_completed(self) -> bool:
        """Whether the scope has come to its end. Nothing but its end says so."""
        return bool(self.completed)

    def update_waiting_tasks(self) -> None:
        """Nothing: what waits is looked at by the move that concerns it, not whenever anything completes."""
