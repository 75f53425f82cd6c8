"""`Task.run()` has no guard: a COMPLETED task runs again, a FUTURE task runs early."""

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState


class NotReady(RuntimeError):
    """A task was asked to run that is not ready."""


class GuardedRun(Task):
    """A task that runs only when it is READY, and completes only if running it has not cancelled it."""

    def run(self) -> bool | None:
        """Run the task once. Raises `NotReady` in every other state."""
        if self.state != TaskState.READY:
            raise NotReady(f"{self.task_spec.name} is {TaskState.get_name(self.state)}")
        done = self.task_spec._run_hook(self)
        if self.state == TaskState.READY:
            self._set_state(TaskState.COMPLETED if done else TaskState.STARTED)
            if done:
                self.task_spec._on_complete(self)
        return bool(done)
