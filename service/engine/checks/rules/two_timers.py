"""Timers behind one event-based gateway share one moment in the engine (engine.md 10.2 item 7)."""

from collections.abc import Iterator

from service.engine.checks.view import Fault, ProcessView, named


def find(view: ProcessView) -> Iterator[Fault]:
    """Event gateways with a second timer behind them."""
    for element in view.process.elements:
        if element.kind != "eventBasedGateway":
            continue
        following = [view.nodes[it] for it in view.following[element.id]]
        timers = [it.id for it in following if any(event.kind == "timer" for event in it.events)]
        if len(timers) > 1:
            message = (
                f"{len(timers)} timers stand behind {named(element)}, and both would come due as one. Leave the first."
            )
            yield Fault(element.id, message, trace=tuple(timers))
