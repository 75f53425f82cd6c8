"""Messages, signals, errors and escalations between the instances of one case."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from SpiffWorkflow.util.task import TaskState

from service.domain.sentences import say
from service.engine.faults import Fault
from service.engine.fences.error_scope import catcher
from service.engine.fences.true_as_one import same
from service.engine.nodes.events import Catching
from service.engine.shapes import Escalated, MessageOut

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask
    from service.engine.live.thrown import Thrown
    from service.engine.stepping.step import Entry, Step


def bring(step: "Step", entry: "Entry", thrown: "Thrown") -> None:
    """Bring a message or signal, at the moment it is thrown, to who waits for it then. A message for nobody leaves the
    case; a signal for nobody is gone."""
    caught = deliver(step, thrown.kind, thrown.name, thrown.payload, dict(thrown.keys))
    if not caught and thrown.kind == "message":
        step.records.messages.append(
            MessageOut(entry.live.instance_id, thrown.element, thrown.name or "", thrown.payload, dict(thrown.keys))
        )


def hand_up(step: "Step", entry: "Entry", thrown: "Thrown") -> None:
    """Hand an error or escalation that an instance did not catch to the ones that called it."""
    if _to_callers(step, entry, thrown):
        return
    if thrown.kind == "error":
        raise Fault(
            "uncaught-error",
            thrown.element,
            say(
                "The error “%(error)s” ends the process, and nothing around it catches it.",
                error=thrown.code or thrown.name,
            ),
            instance_id=entry.live.instance_id,
        )
    step.records.escalated.append(Escalated(entry.live.instance_id, thrown.element, thrown.code))


def _to_callers(step: "Step", entry: "Entry", thrown: "Thrown") -> bool:
    """Hand an error or escalation up the calls; an error ends every instance that it leaves."""
    child = entry
    while child.parent_id is not None:
        parent = step.entry(child.parent_id)
        task = parent.live.task(UUID(child.parent_task_id))
        event = catcher(task, "error" if thrown.kind == "error" else "escalation", thrown.code)
        if event is not None:
            step.go_on(parent, first=True)
            event.task_spec.fire(event, thrown.payload)
            return True
        child = parent
    return False


def deliver(step: "Step", kind: str, name: str | None, payload: Any, keys: dict[str, Any]) -> bool:
    """Give a message to the first event that waits for it, a signal to all that wait now; answers whether any did.

    Instances are asked in the order in which they began, their events in the order in which they began to wait.
    """
    waiting = [
        (entry, task)
        for entry in step.all_entries()
        for task in entry.live.waiting()
        if _waits_for(task, kind, name) and _agrees(entry, task, keys)
    ]
    caught = False
    for entry, task in waiting[:1] if kind == "message" else waiting:
        if task.state == TaskState.WAITING:  # one that came before may have ended it
            entry.live.keys.update(keys)
            step.go_on(entry)
            task.task_spec.fire(task, payload)
            caught = True
    return caught


def _waits_for(task: "LiveTask", kind: str, name: str | None) -> bool:
    spec = task.task_spec
    return isinstance(spec, Catching) and spec.event.kind == kind and spec.event.name == name


def _agrees(entry: "Entry", task: "LiveTask", keys: dict[str, Any]) -> bool:
    """Whether a message's correlation values are the ones waited for (BPMN 2.0, 8.3.2): all those that the event
    named when it began to wait; else those that the instance has from earlier messages."""
    named: dict[str, Any] | None = task.internal_data.get("keys")
    if named is not None:
        return all(key in keys and same(keys[key], value) for key, value in named.items())
    known = entry.live.keys
    return all(same(known[key], value) for key, value in keys.items() if key in known)
