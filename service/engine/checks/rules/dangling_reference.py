"""Whatever refers to something by id must find it in the file."""

from collections.abc import Iterator

from service.engine.checks.view import Fault, ProcessView, named
from service.engine.model import EventDefinition

_NAMED = {"message", "signal"}


def find(view: ProcessView) -> Iterator[Fault]:
    """Flows, default flows, events and lanes that point at nothing."""
    for flow in view.process.flows:
        for end, node in (("begins", flow.source), ("ends", flow.target)):
            if node not in view.nodes:
                yield Fault(flow.id, f"The flow {end} at '{node}', which is not in the process. Draw it again.")
    for element in view.process.elements:
        if element.default and element.default not in element.outgoing:
            message = f"The default flow '{element.default}' does not leave {named(element)}. Choose one that does."
            yield Fault(element.id, message)
        for event in element.events:
            if missing := _event(event):
                yield Fault(element.id, f"{named(element)} {missing}")
    for lane in view.process.lanes:
        for member in lane.members:
            if member not in view.nodes:
                yield Fault(
                    lane.id, f"The lane names '{member}', which is not in the process. Draw it again.", "warning"
                )


def _event(event: EventDefinition) -> str | None:
    if event.ref and event.name is None and event.kind in (*_NAMED, "error", "escalation"):
        return f"refers to the {event.kind} '{event.ref}', which is not in the file, or has no name. Add it."
    if event.kind in _NAMED and not event.name:
        return f"names no {event.kind}. Choose one."
    return None
