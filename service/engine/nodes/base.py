"""What every node does: take over the variables, run its scripts, pass the token on."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.util.task import TaskState

from service.engine.fences.prediction import NextOnly
from service.engine.model import Element

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask
    from service.engine.live.workflow import Live
    from service.engine.nodes.scope import ScopeSpec
    from service.engine.stepping.helping import Help


class Node(NextOnly, BpmnSpecMixin):
    """A node of a scope. `element` is what the author drew (None for our inner nodes), `flows` its outgoing sequence
    flows as (flow id, name of the node they lead to), in the order of the file; `item_of` the loop that it is one item
    of. `library` is what the constructor of
    the library's class insists on; ours read the element instead."""

    library: ClassVar[Mapping[str, Any]] = {}
    item_of: str | None = None

    def __init__(self, scope: "ScopeSpec", name: str, element: Element | None = None) -> None:
        super().__init__(scope, name, **self.library)
        self.lane = None if element is None else element.lane
        self.bpmn_name = None if element is None else element.name
        self.element = element
        self.flows: list[tuple[str, str]] = []

    @property
    def drawn(self) -> Element:
        """What the author drew; only asked of nodes that stand for something drawn."""
        assert self.element is not None
        return self.element

    def node(self, name: str) -> TaskSpec:
        """Another node of the same scope."""
        return self._wf_spec.task_specs[name]

    def live(self, my_task: "LiveTask") -> "Live":
        """The instance that the task belongs to."""
        live: Live = my_task.workflow.top_workflow
        return live

    def _update(self, my_task: "LiveTask") -> None:
        """A token came: with other values, or past the node, where the move is helped so."""
        help_ = self.help(my_task)
        if help_ is not None:
            self.live(my_task).script_engine.records.keep(my_task, help_.values)
        if help_ is not None and help_.over:
            self.pass_over(my_task)
        elif self.arrive(my_task):
            my_task._ready()

    def help(self, my_task: "LiveTask") -> "Help | None":
        """What the move does differently here, if anything."""
        helps = self.live(my_task).script_engine.records.helps
        return helps.get((self.live(my_task).instance_id, self.drawn.id)) if helps and self.element else None

    def over(self, my_task: "LiveTask") -> bool:
        """Whether the move passes over this node."""
        help_ = self.help(my_task)
        return help_ is not None and help_.over

    def pass_over(self, my_task: "LiveTask") -> None:
        """Let the token go on without anything being done."""
        my_task._inherit_data()
        my_task._ready()
        if self.manual:
            self.live(my_task).ready.append(my_task)

    def arrive(self, my_task: "LiveTask") -> bool:
        """A token reached the node. Answers whether it may act at once."""
        my_task._inherit_data()
        if self.element is not None and self.element.pre_script:
            self.live(my_task).script_engine.execute(my_task, self.element.pre_script, place="preScript")
        return True

    def _run_hook(self, my_task: "LiveTask") -> bool:
        if not self.over(my_task):
            self.act(my_task)
        return True

    def so_far(self, my_task: "LiveTask") -> dict[str, Any]:
        """The variables that the task stands for now, with what is going on inside it."""
        return my_task.data

    def act(self, my_task: "LiveTask") -> None:
        """What the node does; nothing, unless a kind of node says otherwise."""

    def next(self, my_task: "LiveTask") -> "list[tuple[str | None, TaskSpec]]":
        """What follows: every outgoing flow, or the scope's end where there is none (BPMN 2.0, 10.2: an implicit end)."""
        return [(flow, self.node(name)) for flow, name in self.flows] or [(None, self._wf_spec.join)]

    def _on_complete(self, my_task: "LiveTask") -> None:
        self.leave(my_task)
        for flow, spec in self.next(my_task):
            my_task.follow(flow, spec)
        my_task.workflow._task_completed_notify(my_task)

    def leave(self, my_task: "LiveTask") -> None:
        """The node is done, before the token goes on."""
        if self.element is not None and self.element.post_script and not self.over(my_task):
            self.live(my_task).script_engine.execute(my_task, self.element.post_script, place="postScript")
        self.live(my_task).pass_element(self.element, "completed", my_task.internal_data.get("flow"))
        if f"{self.name}#edge" in self._wf_spec.task_specs:
            self._disarm(my_task)

    def _disarm(self, my_task: "LiveTask") -> None:
        """Nothing on the edge of what is over can come any more."""
        for event in my_task.parent.children:
            element = event.task_spec.element
            if element is not None and element.attached_to == self.name and event.state == TaskState.WAITING:
                event.cancel()

    def _on_cancel(self, my_task: "LiveTask") -> None:
        self.live(my_task).pass_element(self.element, "cancelled", my_task.internal_data.get("flow"))
