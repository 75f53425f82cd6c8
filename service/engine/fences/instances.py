"""Multi-instance activities: a second round in the same instance raises, results come in order of completion, and a
restored specification no longer merges.

Ours freezes the items, keeps each result under its index, clears the results at the start, and writes a fresh
list in the order of the items at the end, or when the activity is interrupted. An item's result is a variable of its
own, which begins as null: no variable of that name around the activity is ever taken for it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from service.domain.sentences import say
from service.engine.faults import Fault
from service.engine.fences.merging import Conflict, merge
from service.engine.fences.true_as_one import same
from service.engine.limits import MOST_ITEMS, MOST_ITEMS_A_MOVE
from service.engine.model import Loop

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask


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
            say(
                "The activity repeats over “%(text)s”, which must be a list or a whole number of at most %(most)s.",
                text=text,
                most=MOST_ITEMS,
            ),
            place="multiInstance",
            expression=text,
        )
    engine.records.begun += len(items)
    if engine.records.begun > MOST_ITEMS_A_MOVE:
        raise Fault(
            "too-many-items",
            my_task.task_spec.element.id,
            say("One step began more than %(most)s items. Let fewer begin at once.", most=MOST_ITEMS_A_MOVE),
            place="multiInstance",
            expression=text,
        )
    return items


def clear(my_task: "LiveTask", loop: Loop) -> None:
    """Forget the results of an earlier round, where the activity begins and where what is on its edge does. The item
    and the counter need no clearing: each item has its own, over variables of these names around the activity (an item
    of an activity that repeats inside another), which stay."""
    if loop.result is not None and loop.result != loop.collection:
        my_task.data.pop(loop.result, None)


def given(my_task: "LiveTask", loop: Loop, index: int) -> dict[str, Any]:
    """The variables that the item with that index has of its own."""
    own = {} if loop.result is None or loop.output is None else {loop.output: None}
    return own if loop.item is None else {**own, loop.item: my_task.internal_data["items"][index]}


def keep(my_task: "LiveTask", child: "LiveTask", loop: Loop) -> None:
    """Keep an item's result under its index, and what else it changed: for the next item, or, where no result is
    named, for the end. The changes of items side by side are no one's beside a list of results."""
    index = str(child.internal_data["index"])
    data = my_task.internal_data
    data["results"][index] = child.data.get(loop.output) if loop.output is not None else None
    if loop.kind == "sequential":
        my_task.data = {**my_task.data, **_changed(my_task, child.data, loop)}
    elif loop.result is None:
        data["changes"][index] = _changed(my_task, child.data, loop)


def _changed(my_task: "LiveTask", item: Mapping[str, Any], loop: Loop) -> dict[str, Any]:
    """What an item changed, without what is its own."""
    before, own = my_task.data, {loop.item, "loopCounter", loop.output if loop.result is not None else None}
    return {k: v for k, v in item.items() if k not in own and not (k in before and same(v, before[k]))}


def results_so_far(my_task: "LiveTask") -> list[Any]:
    """The results, in the order of the items."""
    results = my_task.internal_data["results"]
    return [results[index] for index in sorted(results, key=int)]


def gathered(
    my_task: "LiveTask", loop: Loop, under_way: Mapping[int, Mapping[str, Any]], *, last_stands: bool = False
) -> dict[str, Any]:
    """The variables with what the items have brought: the list of results, or what they changed. `under_way` are the
    variables of the items that are not over: they have no result, but have changed what they changed. `last_stands`:
    where two items changed one name, that is no fault."""
    changes = {index: _changed(my_task, item, loop) for index, item in under_way.items()}
    if loop.kind == "parallel" and loop.result is None:
        changes.update((int(index), changed) for index, changed in my_task.internal_data["changes"].items())
        changes = dict(sorted(changes.items()))
        if not last_stands:
            return _merged(my_task, list(changes.values()))
    if loop.kind == "parallel" and loop.result is not None:
        changes = {}
    brought = {} if loop.result is None else {loop.result: results_so_far(my_task)}
    return {**my_task.data, **{k: v for changed in changes.values() for k, v in changed.items()}, **brought}


def _merged(my_task: "LiveTask", changes: list[dict[str, Any]]) -> dict[str, Any]:
    try:
        return merge(my_task.data, [{**my_task.data, **changed} for changed in changes])
    except Conflict as conflict:
        raise Fault(
            "items-conflict",
            my_task.task_spec.element.id,
            say("Two items changed “%(name)s”. Name an output item, so that each result is kept.", name=conflict.name),
        ) from conflict


def finish(my_task: "LiveTask", loop: Loop, *, last_stands: bool = False) -> None:
    """Write what the items brought, and forget the bookkeeping."""
    my_task.data = gathered(my_task, loop, {}, last_stands=last_stands)
    for name in ("items", "results", "changes"):
        del my_task.internal_data[name]
