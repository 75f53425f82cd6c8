"""A fork is drawn with a gateway: several flows out of a task are taken at once, and few readers know it."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView, label


def find(view: ProcessView) -> Iterator[Found]:
    """Activities and events with more than one outgoing flow."""
    for element in view.process.elements:
        if len(element.outgoing) > 1 and not element.kind.endswith("Gateway"):
            message = say(
                "%(count)s flows leave '%(node)s'. Draw a gateway that says which are taken.",
                count=len(element.outgoing),
                node=label(element),
            )
            yield Found(element.id, message, trace=tuple(view.flows[flow].target for flow in element.outgoing))
