"""The library builds every task that might follow, along every path: stacked diamonds are exponential.
Ours makes a task's children when the task completes, one for each flow that is taken."""

from typing import Any

from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task


class NextOnly(TaskSpec):
    """A specification that predicts nothing and names what follows when it is asked."""

    def _predict(self, my_task: Task, *args: Any, **kwargs: Any) -> None:
        """Nothing is predicted."""

    def _predict_hook(self, my_task: Task) -> None:
        """Nothing is predicted."""

    def next(self, my_task: Task) -> "list[tuple[str | None, TaskSpec]]":
        """What follows the completed task: flow id (None inside an activity) and specification, in order."""
        raise NotImplementedError
