"""An event-based gateway waits for what follows it directly."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView, label


def find(view: ProcessView) -> Iterator[Found]:
    """Event gateways with fewer than two ways on, or with something else than a catching event behind them."""
    for element in view.process.elements:
        if element.kind != "eventBasedGateway":
            continue
        if len(element.outgoing) < 2:
            yield Found(
                element.id,
                say("'%(node)s' has one way on only. Remove it, or draw what else may happen.", node=label(element)),
            )
        for target in (view.nodes[it] for it in view.following[element.id]):
            if target.kind not in ("intermediateCatchEvent", "receiveTask"):
                message = say(
                    "'%(node)s' follows an event-based gateway, which waits for events. Put a catching event there.",
                    node=label(target),
                )
                yield Found(target.id, message, trace=(element.id, target.id))
            elif len(target.incoming) > 1:
                message = say(
                    "'%(node)s' belongs to an event-based gateway, so that no other flow may lead to it. Redraw.",
                    node=label(target),
                )
                yield Found(target.id, message, trace=(element.id, target.id))
