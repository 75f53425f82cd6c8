"""A repeated activity says how often, and keeps its answers."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView, label
from service.engine.model import Element


def find(view: ProcessView) -> Iterator[Found]:
    """Loops with no number of rounds, or with data items that do not fit one another."""
    for element in view.process.elements:
        for message in _faults(element):
            yield Found(element.id, message)


def _faults(element: Element) -> Iterator[str]:
    loop = element.loop
    if loop is None:
        return
    if element.kind in ("sendTask", "receiveTask"):
        yield say(
            "'%(node)s' waits for or sends one message and cannot be repeated. Put it into a repeated sub-process.",
            node=label(element),
        )
    if loop.scripts_each and (element.pre_script or element.post_script):
        yield say(
            "The scripts of '%(node)s' run once around all rounds, not in each. Put them into a repeated sub-process.",
            node=label(element),
        )
    if loop.kind == "standard":
        if loop.maximum is None and loop.condition is None:
            yield say("'%(node)s' repeats with no condition and no maximum. Give it one of them.", node=label(element))
        return
    if (loop.cardinality is None) == (loop.collection is None):
        yield say(
            "'%(node)s' is repeated by either a number (loopCardinality) or a list (loopDataInputRef). Give one of them.",
            node=label(element),
        )
    if loop.collection is not None and loop.item is None:
        yield say(
            "'%(node)s' is done for each of '%(list)s', but no round would know which. Name the item (inputDataItem).",
            node=label(element),
            list=loop.collection,
        )
    if loop.result is not None and loop.output is None:
        yield say(
            "The answers to '%(node)s' would be lost: '%(list)s' takes none. Name what each leaves (outputDataItem).",
            node=label(element),
            list=loop.result,
        )
    if loop.output is not None and loop.result is None:
        yield say(
            "The answers to '%(node)s' would be lost: '%(output)s' goes nowhere. Name the list (loopDataOutputRef).",
            node=label(element),
            output=loop.output,
        )
    if loop.collection is not None and loop.collection in (loop.item, loop.output, loop.result):
        yield say(
            "'%(node)s' would write over the list '%(list)s' that it goes through. Use other names.",
            node=label(element),
            list=loop.collection,
        )
    if loop.result is not None and loop.result in (loop.item, loop.output):
        yield say(
            "In '%(node)s', '%(list)s' is both the list and what goes into it. Use two names.",
            node=label(element),
            list=loop.result,
        )
