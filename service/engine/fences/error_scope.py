"""An error or escalation end event interrupts every activity that has the code on its edge.

Ours walks up from the thrower: the edges of the activities around it, innermost first, exact code before any code;
then the instance that called. Exactly one is hit. Each level is one activity, so equal codes do not matter.
"""

from typing import TYPE_CHECKING, Any, Literal, cast

from SpiffWorkflow.util.task import TaskState

from service.engine.live.thrown import Thrown
from service.engine.model import EventDefinition

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask


def catcher(task: "LiveTask", kind: Literal["error", "escalation"], code: str | None) -> "LiveTask | None":
    """The waiting boundary event that catches what the task, or what it started, throws; None: not in this instance."""
    while True:
        holder = task
        while holder.parent is not None and getattr(holder.parent.task_spec, "repeats", None) == holder.task_spec.name:
            holder = holder.parent
        waiting = [
            sibling
            for sibling in (holder.parent.children if holder.parent is not None else ())
            if sibling.state == TaskState.WAITING and _on_edge(sibling, holder, kind)
        ]
        for wanted in (code, None):
            for event in waiting:
                if event.task_spec.event.code == wanted:
                    return cast("LiveTask", event)
        scope = task.workflow
        if scope is scope.top_workflow:
            return None
        task = scope.activity


def _on_edge(event: "LiveTask", holder: "LiveTask", kind: str) -> bool:
    element = event.task_spec.element
    return (
        element is not None
        and element.attached_to == holder.task_spec.name
        and any(definition.kind == kind for definition in element.events)
    )


def throw(task: "LiveTask", event: EventDefinition) -> None:
    """Throw an error or an escalation from the task. What the instance does not catch is left to the case; an error
    that leaves the instance ends it."""
    live = task.workflow.top_workflow
    payload: Any = None if event.text is None else live.script_engine.value(task, event.text, place="payload")
    kind: Literal["error", "escalation"] = "error" if event.kind == "error" else "escalation"
    # The thrower itself has no edge: its own scope's activity is the innermost that can catch.
    caught = None if task.workflow is live else catcher(task.workflow.activity, kind, event.code)
    if caught is not None:
        caught.task_spec.fire(caught, payload)
        return
    live.thrown.append(Thrown(kind, task.task_spec.element.id, event.name, event.code, payload))
    if kind == "error":
        live.outcome, live.error_code = "error", event.code
        for open_task in [other for other in live.all_tasks() if other.is_open()]:
            open_task.cancel()
        live.completed = True
