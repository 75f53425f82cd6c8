"""A loop in which nobody and nothing is waited for would run for ever inside one step."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.passing import passes, ring
from service.engine.checks.view import Found, ProcessView, label


def find(view: ProcessView) -> Iterator[Found]:
    """Rings of nodes that are all passed without waiting, and activities that repeat so without a maximum."""
    for found in ring(view):
        nodes = ", ".join(f"'{label(view.nodes[node])}'" for node in found[:6]) + (" …" if len(found) > 6 else "")
        message = say(
            "%(nodes)s lead back to where they began and wait for nobody. Put a task or a timer into the loop.",
            nodes=nodes,
        )
        yield Found(found[0], message, trace=(*found, found[0]))
    for element in view.process.elements:
        loop = element.loop
        if loop and loop.kind == "standard" and loop.maximum is None and passes(view, element):
            yield Found(
                element.id,
                say("'%(node)s' repeats without waiting for anybody. Give it a maximum.", node=label(element)),
            )
