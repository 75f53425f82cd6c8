"""A repeated activity says how often, and keeps its answers."""

from collections.abc import Iterator

from service.engine.checks.view import Fault, ProcessView, named
from service.engine.model import Element


def find(view: ProcessView) -> Iterator[Fault]:
    """Loops with no number of rounds, or with data items that do not fit one another."""
    for element in view.process.elements:
        for message in _faults(element):
            yield Fault(element.id, message)


def _faults(element: Element) -> Iterator[str]:
    loop, name = element.loop, named(element)
    if loop is None:
        return
    if element.kind in ("sendTask", "receiveTask"):
        yield f"{name} waits for or sends one message and cannot be repeated. Put it into a repeated sub-process."
    if loop.scripts_each and (element.pre_script or element.post_script):
        yield f"The scripts of {name} run once around all rounds, not in each. Put them into a repeated sub-process."
    if loop.kind == "standard":
        if loop.maximum is None and loop.condition is None:
            yield f"{name} repeats with no condition and no maximum. Give it one of them."
        return
    if (loop.cardinality is None) == (loop.collection is None):
        yield f"{name} is repeated by either a number (loopCardinality) or a list (loopDataInputRef). Give one of them."
    if loop.collection is not None and loop.item is None:
        yield f"{name} is done for each of '{loop.collection}', but no round would know which. Name the item (inputDataItem)."
    if loop.result is not None and loop.output is None:
        yield f"The answers to {name} would be lost: '{loop.result}' takes none. Name what each leaves (outputDataItem)."
    if loop.output is not None and loop.result is None:
        yield f"The answers to {name} would be lost: '{loop.output}' goes nowhere. Name the list (loopDataOutputRef)."
    if loop.collection is not None and loop.collection in (loop.item, loop.output, loop.result):
        yield f"{name} would write over the list '{loop.collection}' that it goes through. Use other names."
    if loop.result is not None and loop.result in (loop.item, loop.output):
        yield f"In {name}, '{loop.result}' is both the list and what goes into it. Use two names."
