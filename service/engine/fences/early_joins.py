"""A parallel or inclusive join in a loop counts arms of earlier rounds and fires early.

Ours keeps each arm that has arrived as a waiting task: a token on an incoming flow (BPMN 2.0, 13.4.1 and 13.4.3). When
the join fires it uses one token of each flow and leaves the others, so rounds cannot mix.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from SpiffWorkflow.util.task import TaskState

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask
    from service.engine.nodes.base import Node


def arms_of(my_task: "LiveTask") -> "list[LiveTask]":
    """The tokens that wait at the task's join, itself included, oldest first."""
    return [
        task
        for task in my_task.workflow.tasks.values()
        if task.task_spec is my_task.task_spec and (task is my_task or task.state == TaskState.WAITING)
    ]


def one_per_flow(arms: "Iterable[LiveTask]", order: list[str]) -> "list[LiveTask]":
    """The oldest token of each incoming flow, in the order of the flows in the file."""
    first: dict[str, LiveTask] = {}
    for arm in arms:
        first.setdefault(arm.internal_data["flow"], arm)
    return [first[flow] for flow in order if flow in first]


def all_arrived(arms: "Iterable[LiveTask]", order: list[str]) -> bool:
    """Whether every incoming flow has a token: a parallel gateway's condition."""
    return not Counter(order) - Counter({arm.internal_data["flow"] for arm in arms})


def none_on_the_way(join: "Node", my_task: "LiveTask", arrived: Collection[str]) -> bool:
    """Whether no token elsewhere can still reach an empty incoming flow of an inclusive gateway.

    A token that can also reach a flow which has one already does not count (BPMN 2.0, table 13.3).
    """
    empty = [flow for flow in join.incoming if flow not in arrived]
    towards_empty, towards_full = join.reaching(empty), join.reaching(arrived)
    for task in my_task.workflow.tasks.values():
        if task.is_open() and task.task_spec is not join:
            name = task.task_spec.name
            if name in towards_empty and name not in towards_full:
                return False
    return True
