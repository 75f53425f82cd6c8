"""Our task: derived id, own data, guarded run, no clock and no log records (the library's carry task data)."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.util.task import TaskState

from service.engine.fences.guarded_run import GuardedRun
from service.engine.fences.sharing import OwnData
from service.engine.live.ids import derived_id

if TYPE_CHECKING:
    from service.engine.live.workflow import Scope

OPEN = TaskState.FUTURE | TaskState.WAITING | TaskState.READY | TaskState.STARTED


class LiveTask(OwnData, GuardedRun):
    """One task of an instance. `number` is its place in the order of creation, from which its id derives; `also` are
    the tasks that it comes from beside its parent, where tokens met (`live.lineage`)."""

    def __init__(
        self,
        workflow: "Scope",
        task_spec: TaskSpec,
        parent: "LiveTask | None" = None,
        state: int = TaskState.FUTURE,
        number: int | None = None,
    ) -> None:
        top = workflow.top_workflow
        self.number: int = top.next_number() if number is None else number
        self.also: list[LiveTask] = []
        task_id: UUID = derived_id(top.instance_id, self.number)
        # The library reads the clock for the time of the last change; its own joins sort by it, ours do not.
        super().__init__(workflow, task_spec, parent, state, task_id)
        self.last_state_change = float(self.number)
        top.note_state(self)

    def _add_child(self, task_spec: TaskSpec, state: int = TaskState.FUTURE) -> "LiveTask":
        return LiveTask(self.workflow, task_spec, self, state)

    def _set_state(self, value: int) -> None:
        self._state = value
        self.workflow.top_workflow.note_state(self)

    def _ready(self) -> None:
        if not self.has_state(TaskState.FINISHED_MASK):
            self._set_state(TaskState.READY)

    def is_open(self) -> bool:
        """Whether the task is not finished."""
        return bool(self.state & OPEN)

    def follow(self, flow: str | None, spec: TaskSpec) -> "LiveTask":
        """Give the task a child that came by `flow`, and let it arrive."""
        child = self._add_child(spec)
        child.internal_data["flow"] = flow
        spec._update(child)
        return child

    def cancel(self) -> None:
        """Cancel the task and all that is open below it, inner scopes included.

        The library drops open descendants without telling them, so that their sub-processes go on for ever.
        """
        below: list[Any] = [self]
        for task in below:
            below.extend(task.children)
        for task in reversed(below):
            if task.is_open():
                task._set_state(TaskState.CANCELLED)
                task.task_spec._on_cancel(task)
