"""Of two timers behind one event-based gateway the later can never fire."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView, label


def find(view: ProcessView) -> Iterator[Found]:
    """Event gateways with a second timer behind them."""
    for element in view.process.elements:
        if element.kind != "eventBasedGateway":
            continue
        following = [view.nodes[it] for it in view.following[element.id]]
        timers = [it.id for it in following if any(event.kind == "timer" for event in it.events)]
        if len(timers) > 1:
            message = say(
                "%(count)s timers stand behind '%(node)s', and only the earliest can fire. Leave that one.",
                count=len(timers),
                node=label(element),
            )
            yield Found(element.id, message, trace=tuple(timers))
