"""Activities that repeat: multi-instance, in parallel or one after another, and the standard loop.

The library's merge children by callbacks that a restored specification may not have, refuse a second round in the
same instance, collect in order of completion, and test the completion condition on the wrong data; see
`fences.instances` and `fences.completion_condition` for what ours keep instead.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from SpiffWorkflow.bpmn.specs.mixins import (
    ParallelMultiInstanceTaskMixin,
    SequentialMultiInstanceTaskMixin,
    StandardLoopTaskMixin,
)
from SpiffWorkflow.util.task import TaskState

from service.engine.fences import completion_condition, instances
from service.engine.model import Element, Loop
from service.engine.nodes.activities import Activity
from service.engine.nodes.base import Node

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask
    from service.engine.nodes.scope import ScopeSpec


class Repeating(Activity):
    """The whole of a repeated activity; `repeats` is the name of the node of one item."""

    def __init__(self, scope: "ScopeSpec", name: str, element: Element) -> None:
        super().__init__(scope, name, element)
        self.repeats = f"{name}#each"
        assert element.loop is not None
        self.loop: Loop = element.loop

    def _update_hook(self, my_task: "LiveTask") -> bool:
        return self.arrive(my_task)

    def begin_item(self, my_task: "LiveTask", index: int, given: dict[str, Any]) -> None:
        """Start the item with that index (from 0) with the variables given to it."""
        child = my_task._add_child(self.node(self.repeats))
        child.internal_data.update(index=index)
        child.data = {**given, "loopCounter": index + 1}
        child.task_spec._update(child)

    def item_done(self, my_task: "LiveTask", child: "LiveTask") -> None:
        """An item is over; said by the item itself."""
        raise NotImplementedError

    def under_way(self, my_task: "LiveTask") -> dict[int, dict[str, Any]]:
        """The variables of the items that are not over, by index."""
        return {it.internal_data["index"]: it.task_spec.so_far(it) for it in my_task.children if it.is_open()}


class MultiInstance(Repeating):
    """Repeats over a collection or a number of times."""

    def arrive(self, my_task: "LiveTask") -> bool:
        """Freeze the items, clear what an earlier round left, and start."""
        Node.arrive(self, my_task)
        items = instances.items_of(my_task, self.loop)
        instances.clear(my_task, self.loop)
        my_task.internal_data.update(items=items, results={}, changes={})
        if not items:
            instances.finish(my_task, self.loop)
            return True
        my_task._set_state(TaskState.STARTED)
        self.begin(my_task)
        return False

    def begin(self, my_task: "LiveTask") -> None:
        """Start the first items."""
        raise NotImplementedError

    def start_item(self, my_task: "LiveTask", index: int) -> None:
        """Start one item of the collection."""
        self.begin_item(my_task, index, instances.given(my_task, self.loop, index))

    def so_far(self, my_task: "LiveTask") -> dict[str, Any]:
        """With what the items have brought."""
        if "results" not in my_task.internal_data:
            return my_task.data
        return instances.gathered(my_task, self.loop, self.under_way(my_task))

    def item_done(self, my_task: "LiveTask", child: "LiveTask") -> None:
        """Keep the item's result under its index; finish, or go on."""
        instances.keep(my_task, child, self.loop)
        done = len(my_task.internal_data["results"])
        over = self.over(my_task)
        more = not over and done < len(my_task.internal_data["items"])
        if more and not completion_condition.holds(my_task, self.loop):
            self.go_on(my_task, done)
            return
        for other in my_task.children:
            if other.is_open():
                other.cancel()
        instances.finish(my_task, self.loop, last_stands=over)
        my_task._ready()

    def go_on(self, my_task: "LiveTask", done: int) -> None:
        """Start what comes after an item that is done."""


class ParallelMultiInstance(MultiInstance, ParallelMultiInstanceTaskMixin):
    """All items at once."""

    arrive, item_done = MultiInstance.arrive, MultiInstance.item_done
    library: ClassVar[Mapping[str, Any]] = {"task_spec": ""}

    def begin(self, my_task: "LiveTask") -> None:
        """Start every item, in order."""
        for index in range(len(my_task.internal_data["items"])):
            self.start_item(my_task, index)


class SequentialMultiInstance(MultiInstance, SequentialMultiInstanceTaskMixin):
    """One item after another; each sees what the ones before it wrote."""

    arrive, item_done = MultiInstance.arrive, MultiInstance.item_done
    library: ClassVar[Mapping[str, Any]] = {"task_spec": ""}

    def begin(self, my_task: "LiveTask") -> None:
        """Start the first item."""
        self.start_item(my_task, 0)

    def go_on(self, my_task: "LiveTask", done: int) -> None:
        """Start the next item."""
        self.start_item(my_task, done)


class StandardLoop(Repeating, StandardLoopTaskMixin):
    """Repeats while its condition is true, at most `maximum` times."""

    library: ClassVar[Mapping[str, Any]] = {"task_spec": "", "maximum": None, "condition": None, "test_before": False}

    def arrive(self, my_task: "LiveTask") -> bool:
        """Test first, or begin the first round."""
        Node.arrive(self, my_task)
        my_task.internal_data["rounds"] = 0
        if self.loop.test_before and not self.again(my_task):
            return True
        my_task._set_state(TaskState.STARTED)
        self.begin_item(my_task, 0, {})
        return False

    def again(self, my_task: "LiveTask") -> bool:
        """Whether another round follows."""
        if self.over(my_task):
            return False
        maximum, condition = self.loop.maximum, self.loop.condition
        if maximum is not None and my_task.internal_data["rounds"] >= maximum:
            return False
        return condition is None or self.live(my_task).script_engine.truth(my_task, condition, place="loopCondition")

    def item_done(self, my_task: "LiveTask", child: "LiveTask") -> None:
        """Take over the round's variables, but not its counter; begin the next one, or finish."""
        my_task.data = _without_counter(my_task, child.data)
        my_task.internal_data["rounds"] += 1
        if self.again(my_task):
            self.begin_item(my_task, my_task.internal_data["rounds"], {})
        else:
            my_task._ready()

    def so_far(self, my_task: "LiveTask") -> dict[str, Any]:
        """With what the round that goes on has changed."""
        rounds = [_without_counter(my_task, data) for data in self.under_way(my_task).values()]
        return rounds[0] if rounds else my_task.data


def _without_counter(my_task: "LiveTask", data: Mapping[str, Any]) -> dict[str, Any]:
    """A round's variables; a counter around the loop stays what it was."""
    around = {name: value for name, value in my_task.data.items() if name == "loopCounter"}
    return {name: value for name, value in data.items() if name != "loopCounter"} | around


def loop_node(scope: "ScopeSpec", element: Element) -> Repeating:
    """The node for an element with loop characteristics."""
    assert element.loop is not None
    kinds = {"parallel": ParallelMultiInstance, "sequential": SequentialMultiInstance, "standard": StandardLoop}
    return kinds[element.loop.kind](scope, element.id, element)
