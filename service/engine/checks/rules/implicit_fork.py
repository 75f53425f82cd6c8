"""A fork is drawn with a gateway (the library refuses several flows out of a task)."""

from collections.abc import Iterator

from service.engine.checks.view import Fault, ProcessView, named


def find(view: ProcessView) -> Iterator[Fault]:
    """Activities and events with more than one outgoing flow."""
    for element in view.process.elements:
        if len(element.outgoing) > 1 and not element.kind.endswith("Gateway"):
            message = f"{len(element.outgoing)} flows leave {named(element)}. Draw a gateway that says which are taken."
            yield Fault(element.id, message, trace=tuple(view.flows[flow].target for flow in element.outgoing))
