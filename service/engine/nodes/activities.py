"""Activities: what people, rules, operations and called processes do."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from SpiffWorkflow.bpmn.specs.mixins import (
    CallActivityMixin,
    ManualTaskMixin,
    NoneTaskMixin,
    ScriptTaskMixin,
    ServiceTaskMixin,
    SubWorkflowTaskMixin,
    UserTaskMixin,
)
from SpiffWorkflow.util.task import TaskState

from service.engine.fences.old_conditions import present
from service.engine.live.workflow import Inner
from service.engine.model import Element
from service.engine.nodes.base import Node

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask
    from service.engine.nodes.scope import ScopeSpec


class Activity(Node):
    """An activity: once, or one item of a loop."""

    def __init__(self, scope: "ScopeSpec", name: str, element: Element, manual: bool = False) -> None:
        super().__init__(scope, name, element)
        self.manual = manual

    def arrive(self, my_task: "LiveTask") -> bool:
        """An item's scripts belong to the whole loop."""
        if self.item_of is None:
            return Node.arrive(self, my_task)
        my_task._inherit_data()
        return True

    def act(self, my_task: "LiveTask") -> None:
        """What the activity does by itself: nothing, for what people do."""

    _run_hook = Node._run_hook

    def _on_complete(self, my_task: "LiveTask") -> None:
        if self.item_of is None:
            Node._on_complete(self, my_task)
        else:
            parent = my_task.parent
            parent.task_spec.item_done(parent, my_task)


class UserTask(Activity, UserTaskMixin):
    """A task that a person does with a form."""


class ManualTask(Activity, ManualTaskMixin):
    """A task that a person confirms."""


class PlainTask(Activity, NoneTaskMixin):
    """A task of no kind: BPMN does not say who does it, so a person confirms it."""


class ScriptTask(Activity, ScriptTaskMixin):
    """Assigns variables: lines of `name = expression`."""

    library: ClassVar[Mapping[str, Any]] = {"script": None}

    def act(self, my_task: "LiveTask") -> None:
        """Run the lines."""
        self.live(my_task).script_engine.execute(my_task, self.drawn.script or "", place="script")

    _run_hook = Node._run_hook


class ServiceTask(Activity, ServiceTaskMixin):
    """Calls a named operation."""

    def act(self, my_task: "LiveTask") -> None:
        """Evaluate the parameters, call, keep the result."""
        self.live(my_task).script_engine.operate(my_task, self.drawn.operation)

    _run_hook = Node._run_hook


class RuleTask(Activity):
    """Asks a decision table. Its outputs become variables."""

    def act(self, my_task: "LiveTask") -> None:
        """Decide, keep the outputs."""
        self.live(my_task).script_engine.decide(my_task, self.drawn.decision)


class CallActivity(Activity, CallActivityMixin):
    """Waits for the instance that the case starts for it, on the version then in force."""

    library: ClassVar[Mapping[str, Any]] = {"subworkflow_spec": None}

    def arrive(self, my_task: "LiveTask") -> bool:
        """Leave word for the case."""
        self.live(my_task).calls.append(my_task)
        return Activity.arrive(self, my_task)

    def _on_cancel(self, my_task: "LiveTask") -> None:
        self.live(my_task).given_up.append(my_task)
        Activity._on_cancel(self, my_task)


class SubProcess(Activity, SubWorkflowTaskMixin):
    """An embedded sub-process: a scope of its own that begins with, and hands back, the variables."""

    library: ClassVar[Mapping[str, Any]] = {"subworkflow_spec": None}

    def arrive(self, my_task: "LiveTask") -> bool:
        """Open the scope and wait for its end."""
        Activity.arrive(self, my_task)
        live = self.live(my_task)
        live.script_engine.records.written(my_task.data, my_task)
        inner = Inner(live.subprocess_specs[self.drawn.id], my_task.id, live)
        live.subprocesses[my_task.id] = inner
        my_task._set_state(TaskState.STARTED)
        inner.plant(my_task.data)
        return False

    def so_far(self, my_task: "LiveTask") -> dict[str, Any]:
        """What its open branches have made of the variables."""
        inner = self.live(my_task).subprocesses.get(my_task.id)
        return my_task.data if inner is None else present(inner)

    def _on_cancel(self, my_task: "LiveTask") -> None:
        inner = self.live(my_task).subprocesses.pop(my_task.id, None)
        if inner is not None:
            inner.cancel()
        Node._on_cancel(self, my_task)

    _update = Node._update


KINDS: dict[str, tuple[type[Activity], bool]] = {
    "userTask": (UserTask, True),
    "manualTask": (ManualTask, True),
    "task": (PlainTask, True),
    "scriptTask": (ScriptTask, False),
    "serviceTask": (ServiceTask, False),
    "businessRuleTask": (RuleTask, False),
    "callActivity": (CallActivity, True),
    "subProcess": (SubProcess, False),
}
"""BPMN name → node, and whether it waits for somebody outside the engine."""
