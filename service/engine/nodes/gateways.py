"""Gateways: where tokens part and meet."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from SpiffWorkflow.bpmn.specs.mixins import (
    EventBasedGatewayMixin,
    ExclusiveGatewayMixin,
    InclusiveGatewayMixin,
    ParallelGatewayMixin,
)
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.util.task import TaskState

from service.domain.sentences import say
from service.engine.faults import Fault
from service.engine.fences import early_joins
from service.engine.fences.merging import Conflict, blend, meet
from service.engine.live.lineage import parents
from service.engine.model import Element
from service.engine.nodes.base import Node

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask
    from service.engine.nodes.scope import ScopeSpec


class Choosing(Node):
    """A gateway that looks at conditions. `conditions` are (flow id, text), in the order of the file."""

    def __init__(self, scope: "ScopeSpec", name: str, element: Element) -> None:
        super().__init__(scope, name, element)
        self.conditions: dict[str, str] = {}

    def chosen(self, my_task: "LiveTask", *, all_true: bool) -> list[str]:
        """The flows whose condition holds (the first one unless `all_true`), or the default; journaled as asked."""
        engine, asked, taken = self.live(my_task).script_engine, [], []
        for flow, _ in self.flows:
            text = self.conditions.get(flow)
            if text is None:
                holds = flow != self.drawn.default and all_true
            else:
                holds = engine.truth(my_task, text, place="condition")
                asked.append({"flow": flow, "condition": text, "value": holds})
            if holds:
                taken.append(flow)
                if not all_true:
                    break
        taken = taken or [flow for flow, _ in self.flows if flow == (self.drawn.default or self._only(flow))]
        if not taken:
            raise Fault("no-flow", self.drawn.id, say("No condition holds and the gateway has no default flow."))
        if asked:
            engine.note_gateway(my_task, {"conditions": asked, "taken": taken})
        return taken

    def _only(self, flow: str) -> str | None:
        """A gateway's single unconditional flow needs no default."""
        free = [other for other, _ in self.flows if other not in self.conditions]
        return flow if free == [flow] else None

    def act(self, my_task: "LiveTask") -> None:
        """Choose once, when the gateway acts; what follows is read from the choice."""
        my_task.internal_data["chosen"] = self.chosen(my_task, all_true=False)

    def next(self, my_task: "LiveTask") -> "list[tuple[str | None, TaskSpec]]":
        """The chosen flows; a gateway that is passed over takes the one that it was given."""
        help_ = self.help(my_task)
        if help_ is not None and help_.over:
            chosen = [flow for flow, _ in self.flows if flow == help_.flow]
            if not chosen:
                raise Fault("no-flow", self.drawn.id, say("Choose the way on which the case goes on from here."))
        else:
            chosen = my_task.internal_data["chosen"]
        return [(flow, self.node(name)) for flow, name in self.flows if flow in chosen]


class Joining(Node):
    """A gateway at which tokens meet. `incoming` are its incoming flows in the order of the file."""

    def __init__(self, scope: "ScopeSpec", name: str, element: Element) -> None:
        super().__init__(scope, name, element)
        self.incoming: list[str] = []
        self.sources: dict[str, str] = {}

    def arrive(self, my_task: "LiveTask") -> bool:
        """Wait as a token, or go on with one of each flow."""
        super().arrive(my_task)
        if len(self.incoming) < 2:
            return True
        my_task._set_state(TaskState.WAITING)
        self.fire_if_enabled(my_task)
        return False

    def pass_over(self, my_task: "LiveTask") -> None:
        """Tokens meet all the same; where two changed one name, the later stands."""
        if self.arrive(my_task):
            my_task._ready()

    def may_fire(self, my_task: "LiveTask", arms: "list[LiveTask]") -> bool:
        """Whether the tokens that wait are enough."""
        raise NotImplementedError

    def fire_if_enabled(self, my_task: "LiveTask") -> bool:
        """Use one token of each flow if that is enough; answers whether the gateway fired."""
        arms = early_joins.arms_of(my_task)
        if not self.may_fire(my_task, arms):
            return False
        used = early_joins.one_per_flow(arms, self.incoming)
        try:
            data = blend((arm, arm.data) for arm in used) if self.over(my_task) else meet(used)
        except Conflict as conflict:
            raise Fault(
                "join-conflict",
                self.drawn.id,
                say("Two branches that meet here changed “%(name)s”. Give each its own name.", name=conflict.name),
            ) from conflict
        goes_on = max(used, key=lambda arm: arm.number)
        for arm in used:
            if arm is not goes_on:
                self.live(my_task).pass_element(self.element, "completed", arm.internal_data["flow"])
                arm._set_state(TaskState.CANCELLED)
                goes_on.also += parents(arm)
        goes_on.data = data
        goes_on._ready()
        return True


class ExclusiveGateway(Choosing, ExclusiveGatewayMixin):
    """Takes the first flow whose condition is true, in the order of the file; joins nothing."""


class ParallelGateway(Joining, ParallelGatewayMixin):
    """Waits for a token on every incoming flow, and sends one on every outgoing flow."""

    def may_fire(self, my_task: "LiveTask", arms: "list[LiveTask]") -> bool:
        """Whether every incoming flow has a token."""
        return early_joins.all_arrived(arms, self.incoming)


class InclusiveGateway(Joining, Choosing, InclusiveGatewayMixin):
    """Waits for every token that can still come, and takes every flow whose condition is true."""

    def may_fire(self, my_task: "LiveTask", arms: "list[LiveTask]") -> bool:
        """Whether no further token can come."""
        return early_joins.none_on_the_way(self, my_task, {arm.internal_data["flow"] for arm in arms})

    def arrive(self, my_task: "LiveTask") -> bool:
        """Wait as a token: whether others are on the way is known once all that can move by itself has moved."""
        Node.arrive(self, my_task)
        if len(self.incoming) < 2:
            return True
        my_task._set_state(TaskState.WAITING)
        return False

    def act(self, my_task: "LiveTask") -> None:
        """Choose every flow that holds."""
        my_task.internal_data["chosen"] = self.chosen(my_task, all_true=True)

    def reaching(self, flows: "set[str] | list[str]") -> set[str]:
        """The names of the nodes from which one of the incoming flows can be reached without this gateway."""
        found: set[str] = set()
        todo = [self.sources[flow] for flow in flows]
        while todo:
            name = todo.pop()
            if name != self.name and name not in found:
                found.add(name)
                todo.extend(self._wf_spec.before.get(name, ()))
        return found


class EventGateway(Node, EventBasedGatewayMixin):
    """Waits for the first of the events behind it; the others are cancelled by the one that came."""

    library: ClassVar[Mapping[str, Any]] = {"event_definition": None}
    arrive = Node.arrive
    act = Node.act
