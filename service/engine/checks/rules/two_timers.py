"""Of two timers behind one event-based gateway the later can never fire."""

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
                f"{len(timers)} timers stand behind {named(element)}, and only the earliest can fire. Leave that one."
            )
            yield Fault(element.id, message, trace=tuple(timers))
