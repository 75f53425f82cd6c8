"""Timers fire whenever any task completes, outside a journaled move; due == now does not fire; naive dates take the
server's zone; a restored or migrated timer starts again.

Ours evaluates a timer once, when its event begins to wait, and keeps the due time (aware UTC) in the task. Nothing
but the move `Due` fires it.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from service.engine import due
from service.engine.model import EventDefinition

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask


def arm(task: "LiveTask", event: EventDefinition) -> None:
    """Give a waiting timer its due time, unless it has one already (a cycle's next round)."""
    if "due" in task.internal_data:
        return
    engine = task.workflow.top_workflow.script_engine
    value = engine.value(task, event.text, place="timer", at_rest=False)
    if event.form == "timeCycle":
        cycle = engine.checked(task, event.text, lambda: due.cycle(value, engine.clock))
        done, moment = 0, cycle.first
        if moment < engine.clock.now:
            done, moment = due.round_after(cycle.first, cycle.every, 0, engine.clock)
        cycle_data = {
            "first": cycle.first.isoformat(),
            "every": cycle.every,
            "round": done,
            "rounds": cycle.repetitions,
        }
        task.internal_data.update(due=moment.isoformat(), **cycle_data)
    else:
        moment = engine.checked(
            task, event.text, lambda: due.moment(value, engine.clock, lasts=event.form != "timeDate")
        )
        task.internal_data["due"] = moment.isoformat()


def due_at(task: "LiveTask") -> datetime:
    """When the waiting timer is due, aware UTC."""
    return datetime.fromisoformat(task.internal_data["due"]).astimezone(UTC)


def following(task: "LiveTask") -> dict[str, Any] | None:
    """What the next round of a fired cycle keeps; None when the timer has no further round."""
    data = task.internal_data
    if "every" not in data:
        return None
    clock = task.workflow.top_workflow.script_engine.clock
    first = datetime.fromisoformat(data["first"])
    done, moment = due.round_after(first, data["every"], data["round"] + 1, clock)
    if data["rounds"] is not None and done >= data["rounds"]:
        return None
    return {**{name: data[name] for name in ("first", "every", "rounds")}, "round": done, "due": moment.isoformat()}
