"""At a gateway that chooses, every flow but the default says when it is taken; elsewhere a condition is not read."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView, label

_CHOOSING = ("exclusiveGateway", "inclusiveGateway")


def find(view: ProcessView) -> Iterator[Found]:
    """Flows that need a condition and have none, and conditions that nobody reads."""
    for flow in view.process.flows:
        source = view.nodes.get(flow.source)
        if source is None:
            continue
        default = source.default == flow.id
        if source.kind not in _CHOOSING:
            if flow.condition is not None:
                message = say(
                    "The condition of a flow out of '%(node)s' is not read. Put an exclusive gateway there.",
                    node=label(source),
                )
                yield Found(flow.id, message)
        elif flow.condition is None and not default and len(source.outgoing) > 1:
            message = say(
                "One of the flows out of '%(node)s' has no condition. Give it one, or make it the default.",
                node=label(source),
            )
            yield Found(flow.id, message)
        elif flow.condition is not None and default:
            message = say(
                "This is the default flow of '%(node)s', so that its condition is not read. Remove it.",
                node=label(source),
            )
            yield Found(flow.id, message, "warning")
