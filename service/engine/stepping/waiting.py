"""What an instance waits for: people, called processes, times, messages and signals. The difference of two such views is what a step did."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from SpiffWorkflow.util.task import TaskState

from service.domain.sentences import say
from service.engine import due
from service.engine.fences.timers import due_at
from service.engine.live.task import LiveTask
from service.engine.live.workflow import Inner, Live
from service.engine.migrating.shapes import Carried
from service.engine.model import Element
from service.engine.nodes.activities import CallActivity
from service.engine.nodes.events import Catching
from service.engine.shapes import EventAwaited, OpenedTask, TimerSet
from service.engine.values import is_sealed

LONGEST_NAME = 200
"""How much of an item's name is kept with its task, in characters."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The open tasks of people, the open calls, and the timers, messages and signals that an instance waits for, by id,
    oldest first."""

    people: dict[str, LiveTask] = field(default_factory=dict)
    calls: dict[str, LiveTask] = field(default_factory=dict)
    timers: dict[str, LiveTask] = field(default_factory=dict)
    events: dict[str, LiveTask] = field(default_factory=dict)


def waiting(live: Live) -> Waiting:
    """What the instance waits for now."""
    found = Waiting()
    for task in sorted(live.all_tasks(), key=lambda task: task.number):
        spec = task.task_spec
        if task.state == TaskState.READY and spec.manual:
            (found.calls if isinstance(spec, CallActivity) else found.people)[str(task.id)] = task
        elif task.state == TaskState.WAITING and isinstance(spec, Catching):
            if spec.event.kind == "timer":
                found.timers[str(task.id)] = task
            elif spec.event.kind in ("message", "signal"):
                found.events[str(task.id)] = task
    return found


def lane_of(task: LiveTask) -> str | None:
    """The name of the task's lane: its own, or that of the sub-process it stands in."""
    lane: str | None = task.task_spec.element.lane
    scope = task.workflow
    while lane is None and isinstance(scope, Inner):
        lane, scope = scope.activity.task_spec.element.lane, scope.activity.workflow
    return lane


def opened(live: Live, task: LiveTask, *, anew: bool = True) -> OpenedTask:
    """Everything about an open task that the diagram says, evaluated now; its times only where it opens `anew`."""
    element: Element = task.task_spec.element
    properties, engine = element.properties, live.script_engine

    def value(name: str) -> Any:
        text = properties.get(name)
        return None if text is None else engine.value(task, text, place=name, at_rest=False)

    def moment(name: str) -> Any:
        found = value(name) if anew else None
        if found is None:
            return None
        return engine.checked(task, properties[name], lambda: due.moment(found, engine.clock, lasts=True))

    index = task.internal_data.get("index")
    return OpenedTask(
        id=str(task.id),
        instance_id=live.instance_id,
        activity_id=element.id,
        name=element.name or element.id,
        kind="userTask" if element.kind == "userTask" else "manualTask",
        role=properties.get("candidateRole") or lane_of(task),
        candidate=candidate(task) or (None if "candidateRole" in properties else live.candidate),
        form=properties.get("formJsonSchemaFilename"),
        ui_form=properties.get("formUiSchemaFilename"),
        due_at=moment("dueDate"),
        follow_up_at=moment("followUpDate"),
        priority=engine.checked(task, properties.get("priority", ""), lambda: _priority(value("priority"))),
        excludes=tuple(name.strip() for name in properties.get("excludes", "").split(",") if name.strip()),
        item_index=index,
        about=_about(task.data.get(element.loop.item)) if element.loop and element.loop.item else None,
        instructions=None if element.instructions is None else engine.text(task, element.instructions),
    )


def _about(item: Any) -> str | None:
    """What an item is called: the `name` in it; of a sealed one the same as in a template."""
    name = item.get("name") if isinstance(item, Mapping) else None
    if isinstance(name, Mapping) and is_sealed(name):
        return f"{{sealed:{name['sealed']}}}"
    return name[:LONGEST_NAME] if isinstance(name, str) and name.strip() else None


def candidate(task: LiveTask) -> str | None:
    """Whom an item is for: a role key, a person's or an organisation's id. All that an item of a call starts is for it,
    but for what names somebody itself."""
    element: Element = task.task_spec.element
    text = element.properties.get("candidateFrom")
    if text is None:
        return None
    engine = task.workflow.top_workflow.script_engine
    found = engine.value(task, text, place="candidateFrom")
    name: str = engine.checked(task, text, lambda: _name(found))
    return name


def _name(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise due.NotUsable(say("it must be the key of a role, or the id of a person or an organisation"))
    return value


def _priority(value: Any) -> int:
    if value is None:
        return 50
    if not isinstance(value, Decimal) or not 0 <= value <= 100:
        raise due.NotUsable(say("a priority is a number from 0 to 100"))
    return int(value)


def carried(live: Live, now: Waiting, idle: tuple[str, ...]) -> Carried:
    """What waits after a migration, as the new version says it. Raises `Fault` where a text of it cannot be evaluated."""
    return Carried(
        tuple(opened(live, task, anew=False) for task in now.people.values()),
        tuple(awaited(live, task) for task in now.events.values()),
        idle,
    )


def timer_set(live: Live, task: LiveTask) -> TimerSet:
    """A waiting timer as the caller keeps it."""
    return TimerSet(str(task.id), live.instance_id, task.task_spec.element.id, due_at(task))


def awaited(live: Live, task: LiveTask) -> EventAwaited:
    """A waiting message or signal as the caller keeps it."""
    element, event = task.task_spec.element, task.task_spec.event
    keys: dict[str, Any] | None = task.internal_data.get("keys")
    if keys is None:
        correlated = live.spec.correlations.get(event.name, {}) if event.kind == "message" else {}
        keys = {key: live.keys[key] for key in correlated if key in live.keys}
    return EventAwaited(
        str(task.id),
        live.instance_id,
        element.id,
        event.kind,
        cast("str", event.name or ""),
        dict(keys),
        element.properties.get("candidateRole") or lane_of(task),
        element.properties.get("formJsonSchemaFilename"),
    )
