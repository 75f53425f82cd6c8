"""A fork is drawn with a gateway: several flows out of a task are taken at once, and few readers know it."""

from collections.abc import Iterator

from service.engine.checks.view import Fault, ProcessView, named


def find(view: ProcessView) -> Iterator[Fault]:
    """Activities and events with more than one outgoing flow."""
    for element in view.process.elements:
        if len(element.outgoing) > 1 and not element.kind.endswith("Gateway"):
            message = f"{len(element.outgoing)} flows leave {named(element)}. Draw a gateway that says which are taken."
            yield Fault(element.id, message, trace=tuple(view.flows[flow].target for flow in element.outgoing))
