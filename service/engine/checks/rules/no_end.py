"""Every way through a process ends in an end event, so that one can see where a case is over."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView, label


def find(view: ProcessView) -> Iterator[Found]:
    """Nodes that nothing follows, and end events that something follows."""
    for element in view.process.elements:
        if element.kind == "endEvent":
            if element.outgoing:
                message = say(
                    "A flow leaves the end event '%(node)s'; nothing goes on after an end. Remove the flow.",
                    node=label(element),
                )
                yield Found(element.id, message)
        elif not element.outgoing and not element.triggered_by_event:
            yield Found(
                element.id,
                say(
                    "Nothing follows '%(node)s'. Draw a flow to what comes next, or to an end event.",
                    node=label(element),
                ),
            )
