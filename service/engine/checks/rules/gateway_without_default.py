"""A gateway at which no condition holds stops the case, unless it has a default flow."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView, label


def find(view: ProcessView) -> Iterator[Found]:
    """Exclusive and inclusive gateways with conditions on all their flows."""
    for element in view.process.elements:
        if element.kind not in ("exclusiveGateway", "inclusiveGateway") or element.default:
            continue
        if element.outgoing and all(view.flows[flow].condition is not None for flow in element.outgoing):
            message = say(
                "A case stops at '%(node)s' when no condition holds. Make one of its flows the default.",
                node=label(element),
            )
            yield Found(element.id, message, "warning")
