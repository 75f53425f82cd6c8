"""An event on an edge belongs to an activity of its own scope, and something follows it."""

from collections.abc import Iterator

from service.engine.checks.view import ACTIVITIES, Fault, ProcessView, named


def find(view: ProcessView) -> Iterator[Fault]:
    """Boundary events that hang on nothing, on a gateway or an event, or in another scope, and flows into them."""
    for element in view.process.elements:
        if element.kind != "boundaryEvent":
            continue
        host = view.nodes.get(element.attached_to or "")
        if host is None:
            yield Fault(element.id, f"{named(element)} hangs on no activity of the process. Put it on one.")
        elif host.kind not in ACTIVITIES:
            yield Fault(element.id, f"{named(element)} hangs on {named(host)}, which is no activity. Put it on one.")
        elif host.scope != element.scope:
            yield Fault(element.id, f"{named(element)} and {named(host)} stand in different scopes. Draw it again.")
        if element.incoming:
            yield Fault(element.id, f"A flow leads to {named(element)}, which only its activity can reach. Remove it.")
