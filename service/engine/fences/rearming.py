"""A non-interrupting boundary event fires once only, and handlers of a cycle timer vanish when the activity
completes. Ours: what fired goes its own way, and a new event waits beside the activity."""

from typing import TYPE_CHECKING

from service.engine.fences import timers

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask


def wait_again(fired: "LiveTask") -> None:
    """Leave a new event waiting where one has fired: every kind but a timer that has no further time."""
    spec = fired.task_spec
    following = timers.following(fired) if spec.event.kind == "timer" else {}
    if following is None:
        return
    task = fired.parent._add_child(spec)
    task.internal_data.update(flow=None, **following)
    if spec.event.kind == "conditional":
        task.internal_data["was"] = True
    spec._update(task)


def rises(task: "LiveTask", holds: bool) -> bool:
    """Whether a condition has become true since it was last false: it fires on the change, not again and again."""
    was = task.internal_data.get("was", False)
    task.internal_data["was"] = holds
    return holds and not was
