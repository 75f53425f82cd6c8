"""A loop may not lead back to a parallel gateway that joins: it waits for the flow from before the loop as well, and so
for ever."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView, label


def find(view: ProcessView) -> Iterator[Found]:
    """Parallel gateways with several incoming flows of which one can only come from the gateway itself."""
    for element in view.process.elements:
        if element.kind != "parallelGateway" or len(element.incoming) < 2 or element.id not in view.reachable:
            continue
        before = view.reach(view.starts(), without=element.id)
        for flow in (view.flows[identifier] for identifier in element.incoming):
            if flow.source in view.reachable and flow.source not in before:
                message = say(
                    "A loop leads back to '%(node)s', which then waits for the other flow too, and so for ever. Let the loop come back to an exclusive gateway before it.",
                    node=label(element),
                )
                yield Found(element.id, message, trace=(element.id, flow.source, element.id))
                break
