"""Multi-instance activities: a second round in the same instance raises, results come in order of completion, and a
restored specification no longer merges.

Ours freezes the items, keeps each result under its index, clears the results at the start, and writes a fresh
list in the order of the items at the end.
"""

from typing import TYPE_CHECKING, Any

from service.engine.faults import Fault
from service.engine.fences.merging import Conflict, merge
from service.engine.fences.true_as_one import same
from service.engine.model import Loop

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask

MOST_ITEMS = 2_000
"""More items than any body has members; a typing error in a cardinality stops here."""
MOST_ITEMS_A_MOVE = 10_000
"""Items that one move may begin, over all activities: repetitions inside repetitions stop here."""


def items_of(my_task: "LiveTask", loop: Loop) -> list[Any]:
    """The items, frozen: those of the collection, or the numbers 1 to the cardinality."""
    engine = my_task.workflow.top_workflow.script_engine
    if loop.collection is not None:
        items, text = engine.value(my_task, loop.collection, place="loopDataInputRef"), loop.collection
        if isinstance(items, dict):
            items = [items[key] for key in sorted(items)]
    else:
        text = loop.cardinality or ""
        count = engine.value(my_task, text, place="loopCardinality")
        whole = isinstance(count, int) and not isinstance(count, bool) and count >= 0
        items = list(range(1, min(count, MOST_ITEMS + 1) + 1)) if whole else None
    if not isinstance(items, list) or len(items) > MOST_ITEMS:
        raise Fault(
            "items",
            my_task.task_spec.element.id,
            f"The activity repeats over “{text}”, which must be a list or a whole number of at most {MOST_ITEMS}.",
            place="multiInstance",
            expression=text,
        )
    engine.records.begun += len(items)
    if engine.records.begun > MOST_ITEMS_A_MOVE:
        raise Fault(
            "too-many-items",
            my_task.task_spec.element.id,
            f"One step began more than {MOST_ITEMS_A_MOVE:,} items. Let fewer begin at once.",
            place="multiInstance",
            expression=text,
        )
    return items


def clear(my_task: "LiveTask", loop: Loop) -> None:
    """Forget the results of an earlier round. The item and the counter need no clearing: each item has its own, over
    variables of these names around the activity (an item of an activity that repeats inside another), which stay."""
    if loop.result is not None and loop.result != loop.collection:
        my_task.data.pop(loop.result, None)


def keep(my_task: "LiveTask", child: "LiveTask", loop: Loop) -> None:
    """Keep an item's result (and, where none is named, what it changed) under its index."""
    index = str(child.internal_data["index"])
    data, own = my_task.internal_data, {loop.item, "loopCounter"}
    data["results"][index] = child.data.get(loop.output) if loop.output is not None else None
    if loop.result is None:
        before = my_task.data
        changed = {k: v for k, v in child.data.items() if k not in own and not (k in before and same(v, before[k]))}
        data["changes"][index] = changed
        if loop.kind == "sequential":
            my_task.data = {**before, **changed}


def results_so_far(my_task: "LiveTask") -> list[Any]:
    """The results, in the order of the items."""
    results = my_task.internal_data["results"]
    return [results[index] for index in sorted(results, key=int)]


def finish(my_task: "LiveTask", loop: Loop) -> None:
    """Write the results, or merge what the items changed, and forget the bookkeeping."""
    data = my_task.internal_data
    if loop.result is not None:
        my_task.data[loop.result] = results_so_far(my_task)
    elif loop.kind == "parallel":
        arms = [{**my_task.data, **data["changes"][index]} for index in sorted(data["changes"], key=int)]
        try:
            my_task.data = merge(my_task.data, arms) if arms else my_task.data
        except Conflict as conflict:
            raise Fault(
                "items-conflict",
                my_task.task_spec.element.id,
                f"Two items changed “{conflict.name}”. Name an output item, so that each result is kept.",
            ) from conflict
    for name in ("items", "results", "changes"):
        del data[name]
