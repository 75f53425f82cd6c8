"""The completion condition is evaluated on the last child's data, which never holds the collected output: a vote
that may end at seven goes on to twelve. Ours is evaluated on the activity's variables with the
results so far, and with the numbers that BPMN 2.0 names (table 10.31)."""

from typing import TYPE_CHECKING

from service.engine.fences.instances import results_so_far
from service.engine.model import Loop

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask


def holds(my_task: "LiveTask", loop: Loop) -> bool:
    """Whether the activity may end before all its items have."""
    if loop.condition is None:
        return False
    results, items = results_so_far(my_task), my_task.internal_data["items"]
    variables = {
        **my_task.data,
        "numberOfInstances": len(items),
        "numberOfCompletedInstances": len(results),
        "numberOfActiveInstances": sum(task.is_open() for task in my_task.children),
    }
    if loop.result is not None:
        variables[loop.result] = results
    engine = my_task.workflow.top_workflow.script_engine
    return bool(engine.truth(my_task, loop.condition, place="completionCondition", variables=variables))
