"""The library as it comes: its own parser, workflow, script engine and serialiser, in the words of `Case`."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from typing import Any, Self
from unittest import mock

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.event_definitions import timer
from SpiffWorkflow.bpmn.util.diff import diff_workflow, migrate_workflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.spiff.parser import SpiffBpmnParser
from SpiffWorkflow.spiff.serializer import DEFAULT_CONFIG
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from tests.diagrams import Drawing
from tests.engine.case import MORNING


class Clock(datetime):
    """The library's clock, standing still."""

    moment: datetime = MORNING

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls.fromisoformat(cls.moment.astimezone(tz).isoformat())


class Bare:
    """One instance of one process on the bare library."""

    workflow: Any

    def __init__(self) -> None:
        self.now = MORNING
        self.operations: Mapping[str, Any] = {}
        self.serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(DEFAULT_CONFIG))

    def call_service(self, _: Any, operation_name: str, **__: Any) -> Any:
        """Call an operation, for the library's service tasks."""
        return json.dumps(self.operations[operation_name](None))

    def say(self, python: str, feel: str) -> str:
        """What is not written alike in Python and in FEEL."""
        return python

    # --- moving --------------------------------------------------------------------------------------------------------

    def deploy(self, *drawings: Drawing) -> Self:
        """Parse the drawings, one file each."""
        self.drawings, self.parser = drawings, SpiffBpmnParser()
        for drawing in drawings:
            self.parser.add_bpmn_str(as_the_library_names_items(drawing.bpmn()), f"{drawing.key}.bpmn")
        return self

    def start(self, key: str, **variables: Any) -> None:
        """Start an instance."""
        self.key = key
        engine = PythonScriptEngine()
        engine.environment.call_service = self.call_service
        self.workflow = BpmnWorkflow(*self._specs(), script_engine=engine)
        self.workflow.task_tree.data.update(variables)
        self._go_on()

    def do(self, activity: str, *, nth: int = 0, **answers: Any) -> None:
        """Complete the nth open task of an activity."""
        task = [task for task in self._ready() if task.task_spec.bpmn_id == activity][nth]
        task.data.update(answers)
        with self._clock():
            task.run()
        self._go_on()

    def due(self, activity: str) -> None:
        """Move the clock past the due time of a timer event: at that very time the library does not fire it."""
        self.now = dict(self.waiting_timers)[activity] + timedelta(seconds=1)
        self._go_on()

    def wait(self, **duration: float) -> None:
        """Let time pass."""
        self.now += timedelta(**duration)

    def tick(self) -> None:
        """Let come due what is due at this moment."""
        self._go_on()

    def reload(self) -> None:
        """Save the instance and bring it back."""
        self._load(json.loads(self.serializer.serialize_json(self.workflow)))

    def reload_with_keys_reversed(self) -> None:
        """Save it, let something re-order the keys of the JSON, and bring it back."""
        self._load(keys_reversed(json.loads(self.serializer.serialize_json(self.workflow))))

    def reload_on_fresh_specification(self) -> None:
        """Save the state alone, and bring it back on a specification that was just parsed."""
        saved = json.loads(self.serializer.serialize_json(self.workflow))
        self.deploy(*self.drawings)
        saved["spec"], saved["subprocess_specs"] = self._specs()  # the registry passes objects through
        self.workflow = self.serializer.from_dict(saved)

    def migrate(self, drawing: Drawing) -> None:
        """Bring the running instance onto another drawing of its process."""
        self.deploy(drawing)
        specs = self._specs()
        diff, _ = diff_workflow(self.serializer.registry, self.workflow, *specs)
        with self._clock():
            migrate_workflow(diff, self.workflow, specs[0])

    def _load(self, saved: dict[str, Any]) -> None:
        self.workflow = self.serializer.deserialize_json(json.dumps(saved))

    def _specs(self) -> tuple[Any, Any]:
        return self.parser.get_spec(self.key), self.parser.get_subprocess_specs(self.key)

    def _go_on(self) -> None:
        with self._clock():
            self.workflow.do_engine_steps()
            self.workflow.do_engine_steps()  # timers that fired at the end of the first

    @contextmanager
    def _clock(self) -> Iterator[None]:
        Clock.moment = self.now
        with mock.patch.object(timer, "datetime", Clock):
            yield

    # --- looking -------------------------------------------------------------------------------------------------------

    def _ready(self) -> list[Task]:
        return list(self.workflow.get_tasks(state=TaskState.READY, manual=True))

    @property
    def open(self) -> list[str]:
        """The activity ids of the open tasks, sorted, one for each task."""
        return sorted(task.task_spec.bpmn_id for task in self._ready())

    @property
    def lanes(self) -> dict[str, str | None]:
        """The lane of each open task."""
        return {task.task_spec.bpmn_id: task.task_spec.lane for task in self._ready()}

    @property
    def over(self) -> bool:
        """Whether the instance counts as ended."""
        return bool(self.workflow.is_completed())

    @property
    def variables(self) -> dict[str, Any]:
        """The variables that the instance ended with."""
        return dict(self.workflow.data)

    @property
    def sent(self) -> list[str]:
        """What left the instance."""
        return [type(event.event_definition).__name__ for event in self.workflow.get_events()]

    @property
    def size(self) -> int:
        """How many tasks the instance holds."""
        scopes = [self.workflow, *self.workflow.subprocesses.values()]
        return sum(len(scope.tasks) for scope in scopes)

    @property
    def waiting_timers(self) -> list[tuple[str, datetime]]:
        """The waiting timers with their due times, as the library tells them, sorted."""
        found = []
        for event in self.workflow.waiting_events():
            if event.event_type.endswith(("TimerEventDefinition", "TimeDateEventDefinition")):
                found.append((event.name, timer.TimerEventDefinition.get_datetime(event.value)))
        return sorted(found)


def keys_reversed(value: Any) -> Any:
    """The same JSON with the keys of every object in the opposite order."""
    if isinstance(value, dict):
        return {key: keys_reversed(value[key]) for key in reversed(value)}
    return [keys_reversed(item) for item in value] if isinstance(value, list) else value


def as_the_library_names_items(bpmn: bytes) -> bytes:
    """The library takes the XML id of a data item for the variable's name, so its id becomes its name here."""
    return re.sub(rb'(putDataItem) id="[^"]*" name="([^"]*)"', rb'\1 id="\2" name="\2"', bpmn)
