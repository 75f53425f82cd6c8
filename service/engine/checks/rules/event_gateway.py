"""An event-based gateway waits for what follows it directly."""

from collections.abc import Iterator

from service.engine.checks.view import Fault, ProcessView, named


def find(view: ProcessView) -> Iterator[Fault]:
    """Event gateways with fewer than two ways on, or with something else than a catching event behind them."""
    for element in view.process.elements:
        if element.kind != "eventBasedGateway":
            continue
        if len(element.outgoing) < 2:
            yield Fault(element.id, f"{named(element)} has one way on only. Remove it, or draw what else may happen.")
        for target in (view.nodes[it] for it in view.following[element.id]):
            if target.kind not in ("intermediateCatchEvent", "receiveTask"):
                message = f"{named(target)} follows an event-based gateway, which waits for events. Put a catching event there."
                yield Fault(target.id, message, trace=(element.id, target.id))
            elif len(target.incoming) > 1:
                message = (
                    f"{named(target)} belongs to an event-based gateway, so that no other flow may lead to it. Redraw."
                )
                yield Fault(target.id, message, trace=(element.id, target.id))
