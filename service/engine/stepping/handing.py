"""What is handed into a call, and what a person or a call hands back."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from service.domain.sentences import say
from service.engine.faults import Fault
from service.engine.fences.true_as_one import same
from service.engine.live.task import LiveTask
from service.engine.live.workflow import Live
from service.engine.model import Process


def answered(task: LiveTask, answers: dict[str, Any]) -> None:
    """A person's answers, under the one name that the author chose, if any.

    Whether an item's result is one of the answers or all of them is decided by its form, when the definition is made;
    a definition made without its form leaves it to the answers.
    """
    element = task.task_spec.element
    if element.variable is not None and element.kind == "userTask":
        answers = {element.variable: answers}
    whole = None if element.loop is None else element.loop.whole
    _give(task, answers, answers if whole is None else () if whole else None)


def back(process: Process, live: Live, variables: Mapping[str, Any], task: LiveTask) -> None:
    """What the called process hands back to the task of the call: the outputs that it names, else what it changed.

    An item's result is the output of that name, or all of them where the process names outputs, and not that one.
    """
    _give(task, _returned(process, live, variables), process.outputs)


def _give(task: LiveTask, found: dict[str, Any], names: Collection[str] | None) -> None:
    """`names` are those that the result of an item is looked for among; without it, `found` as a whole is the result.
    None: any may be there or not."""
    loop = task.task_spec.element.loop
    if task.task_spec.item_of is not None and loop.output is not None and names is not None:
        found = found if loop.output in names else {loop.output: found}
    task.workflow.top_workflow.script_engine.records.keep(task, found)


def into(process: Process, task: LiveTask, fault: Callable[..., Fault]) -> dict[str, Any]:
    """What goes into a call: all variables, or the inputs that the called process names."""
    if process.inputs is None:
        return dict(task.data)
    missing = [name for name in process.inputs if name not in task.data]
    if missing:
        raise fault(
            task,
            "input-missing",
            say("“%(process)s” needs “%(name)s”, which this case does not have.", process=process.id, name=missing[0]),
        )
    return {name: task.data[name] for name in process.inputs}


def _returned(process: Process, live: Live, variables: Mapping[str, Any]) -> dict[str, Any]:
    """What comes out of a call: the outputs that the called process names, else the names that it changed."""
    if process.outputs is None:
        before = live.task_tree.data
        return {k: v for k, v in variables.items() if k not in before or not same(v, before[k])}
    missing = [name for name in process.outputs if name not in variables]
    if missing:
        raise Fault(
            "output-missing",
            None,
            say("“%(process)s” ended without its output “%(name)s”.", process=process.id, name=missing[0]),
            instance_id=live.instance_id,
        )
    return {name: variables[name] for name in process.outputs}
