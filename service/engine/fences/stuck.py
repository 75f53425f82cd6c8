"""An instance may be active with nobody able to move it, a join waiting for ever, and the library
sees no error. After each step something must be waited for that can come: a person, a time, a message, a called
process, a signal.
"""

from typing import TYPE_CHECKING

from SpiffWorkflow.util.task import TaskState

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask
    from service.engine.live.workflow import Live

FROM_OUTSIDE = frozenset({"timer", "message", "signal"})


def moves(live: "Live") -> bool:
    """Whether the instance itself waits for something that comes from outside the case; its calls are not asked."""
    return any(_kind(task) in FROM_OUTSIDE for task in live.waiting()) or any(
        task.state == TaskState.READY and task.task_spec.manual and task.task_spec.drawn.kind != "callActivity"
        for task in live.all_tasks()
    )


def _kind(task: "LiveTask") -> str | None:
    event = getattr(task.task_spec, "event", None)
    return None if event is None else event.kind
