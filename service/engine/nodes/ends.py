"""How a scope begins and comes to its end."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from SpiffWorkflow.bpmn.specs.control import BpmnStartTask, SimpleBpmnTask
from SpiffWorkflow.bpmn.specs.mixins import EndEventMixin, StartEventMixin
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.util.task import TaskState

from service.engine.fences.error_scope import throw
from service.engine.fences.merging import blend
from service.engine.live.lineage import parents
from service.engine.nodes.base import Node
from service.engine.nodes.throwing import throw_events

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask


class Begin(Node, BpmnStartTask):
    """Stands before the start event and keeps the variables that the scope began with."""

    def next(self, my_task: "LiveTask") -> "list[tuple[str | None, TaskSpec]]":
        """The first node, by no flow of the diagram."""
        return [(None, spec) for _, spec in super().next(my_task)]


class StartEvent(Node, StartEventMixin):
    """A start event. What starts an instance is outside it, so its token goes on at once."""

    library: ClassVar[Mapping[str, Any]] = {"event_definition": None}

    arrive = Node.arrive


class EndEvent(Node, EndEventMixin):
    """An end event: throws what it throws, then the token is used up."""

    library: ClassVar[Mapping[str, Any]] = {"event_definition": None}

    def act(self, my_task: "LiveTask") -> None:
        """Throw; an error or a terminate ends more than this token."""
        live = self.live(my_task)
        live.end_event = self.drawn.id if my_task.workflow is live else live.end_event
        throw_events(self, my_task)
        for event in self.drawn.events:
            if event.kind in ("error", "escalation"):
                throw(my_task, event)
            elif event.kind == "terminate":
                for other in list(my_task.workflow.tasks.values()):
                    if other is not my_task and other.is_open() and other.task_spec is not self._wf_spec.join:
                        other.cancel()
                if my_task.workflow is live:
                    live.outcome = "terminated"

    def next(self, my_task: "LiveTask") -> "list[tuple[str | None, TaskSpec]]":
        """The join before the scope's end."""
        return [(None, self._wf_spec.join)]


class EndJoin(Node, SimpleBpmnTask):
    """Waits until no token is left in the scope. One task waits for all that have ended, with their merged variables:
    where two of them changed the same name, the later end stands (a join before the end would be an incident)."""

    def arrive(self, my_task: "LiveTask") -> bool:
        """Take over the variables of those that ended before, and wait for the rest."""
        super().arrive(my_task)
        for other in list(my_task.workflow.tasks.values()):
            if other is not my_task and other.task_spec is self and other.state == TaskState.WAITING:
                my_task.data = blend([(other, other.data), (my_task, my_task.data)])
                my_task.also += parents(other)
                other._set_state(TaskState.CANCELLED)
        my_task._set_state(TaskState.WAITING)
        return False

    def fire_if_enabled(self, my_task: "LiveTask") -> bool:
        """Whether nothing else is open in the scope; the task goes on then."""
        if any(task.is_open() and task is not my_task for task in my_task.workflow.tasks.values()):
            return False
        my_task._ready()
        return True

    def next(self, my_task: "LiveTask") -> "list[tuple[str | None, TaskSpec]]":
        """The end of the scope."""
        return [(None, self._wf_spec.last)]


class End(Node, SimpleBpmnTask):
    """The last node of a scope; nothing follows."""

    def next(self, my_task: "LiveTask") -> "list[tuple[str | None, TaskSpec]]":
        """Nothing."""
        return []
