"""Events that are waited for: in the flow, on the edge of an activity, behind an event gateway."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from SpiffWorkflow.bpmn.specs.control import SimpleBpmnTask
from SpiffWorkflow.bpmn.specs.mixins import BoundaryEventMixin, IntermediateCatchEventMixin
from SpiffWorkflow.util.task import TaskState

from service.engine.fences import instances, rearming, timers
from service.engine.fences.merging import blend
from service.engine.fences.old_conditions import visible
from service.engine.model import EventDefinition
from service.engine.nodes.base import Node
from service.engine.nodes.gateways import EventGateway

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask


class Catching(Node):
    """Waits for one event. A timer has its due time from the moment it waits (`fences.timers`)."""

    library: ClassVar[Mapping[str, Any]] = {"event_definition": None}

    @property
    def event(self) -> EventDefinition:
        """What it waits for."""
        return self.drawn.events[0]

    def arrive(self, my_task: "LiveTask") -> bool:
        """Begin to wait, for a message with the correlation values that the variables give."""
        super().arrive(my_task)
        my_task._set_state(TaskState.WAITING)
        if self.event.kind == "timer":
            timers.arm(my_task, self.event)
        if self.event.correlations:
            engine = self.live(my_task).script_engine
            my_task.internal_data["keys"] = {
                key: engine.value(my_task, text, place="correlation")
                for key, text in sorted(self.event.correlations.items())
            }
        return False

    def pass_over(self, my_task: "LiveTask") -> None:
        """An event that stands beside others is not waited for; one in the flow has come."""
        if self.drawn.attached_to is not None or isinstance(my_task.parent.task_spec, EventGateway):
            my_task.cancel()
        else:
            super().pass_over(my_task)

    def fire_if_enabled(self, my_task: "LiveTask") -> bool:
        """A conditional event fires when its condition becomes true; answers whether it did."""
        if self.event.kind != "conditional":
            return False
        assert self.event.text is not None
        now = visible(my_task.workflow)
        holds = self.live(my_task).script_engine.truth(my_task, self.event.text, place="condition", variables=now)
        if not rearming.rises(my_task, holds):
            return False
        self.fire(my_task)
        return True

    def fire(self, my_task: "LiveTask", payload: Any = None) -> None:
        """The event came, with a payload."""
        if self.event.variable is not None:
            my_task.data[self.event.variable] = payload
        parent = my_task.parent
        if parent is not None and isinstance(parent.task_spec, EventGateway):
            for other in parent.children:
                if other is not my_task and other.state == TaskState.WAITING:
                    other.cancel()
        my_task._ready()


class IntermediateCatch(Catching, IntermediateCatchEventMixin):
    """An intermediate catch event, or a receive task."""

    arrive, act = Catching.arrive, Node.act


class BoundaryEvent(Catching, BoundaryEventMixin):
    """An event on the edge of an activity. Interrupting: ends the activity. Otherwise: waits again when it fired."""

    arrive, act = Catching.arrive, Node.act

    library: ClassVar[Mapping[str, Any]] = {"event_definition": None, "cancel_activity": True}

    def fire(self, my_task: "LiveTask", payload: Any = None) -> None:
        """The event came: end the activity and what else waits on its edge, or leave a new event waiting.

        What the activity has made of the variables goes on with the event that ends it: the results of a multi-instance
        that have come, what was done inside a sub-process.
        """
        if self.drawn.interrupting:
            ended = [it for it in my_task.parent.children if it.is_open() and it.task_spec.name in self.edge]
            for activity in [it for it in ended if it.task_spec.name == self.drawn.attached_to]:
                so_far = activity.task_spec.so_far(activity)
                my_task.data = blend([(my_task, my_task.data), (activity, so_far)])
            for other in ended:
                if other is not my_task:
                    other.cancel()
        else:
            rearming.wait_again(my_task)
        super().fire(my_task, payload)

    def _on_cancel(self, my_task: "LiveTask") -> None:
        """An event that never came is no part of the history."""

    @property
    def edge(self) -> set[str]:
        """The names of the activity and of the events on its edge."""
        return {name for _, name in self.node(f"{self.drawn.attached_to}#edge").flows}


class Edge(Node, SimpleBpmnTask):
    """Stands before an activity that has boundary events, and starts it together with them: at once, so that branches
    begin in the order of their flows whether or not something is on an edge."""

    def _update(self, my_task: "LiveTask") -> None:
        self.arrive(my_task)
        my_task._set_state(TaskState.COMPLETED)
        self._on_complete(my_task)

    def _on_complete(self, my_task: "LiveTask") -> None:
        """Start the activity, by the flow that came here, then its boundary events: on what it began with, without the
        results of an earlier round."""
        activity, *events = (self.node(name) for _, name in self.flows)
        my_task.follow(my_task.internal_data.get("flow"), activity)
        if activity.element.loop is not None:
            instances.clear(my_task, activity.element.loop)
        for event in events:
            my_task.follow(None, event)
        my_task.workflow._task_completed_notify(my_task)
