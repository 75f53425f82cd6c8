"""Every way through a process ends in an end event, so that one can see where a case is over."""

from collections.abc import Iterator

from service.engine.checks.view import Fault, ProcessView, named


def find(view: ProcessView) -> Iterator[Fault]:
    """Nodes that nothing follows, and end events that something follows."""
    for element in view.process.elements:
        if element.kind == "endEvent":
            if element.outgoing:
                message = (
                    f"A flow leaves the end event {named(element)}; nothing goes on after an end. Remove the flow."
                )
                yield Fault(element.id, message)
        elif not element.outgoing and not element.triggered_by_event:
            yield Fault(
                element.id, f"Nothing follows {named(element)}. Draw a flow to what comes next, or to an end event."
            )
