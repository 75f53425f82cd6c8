"""A case may not come to stand still: tokens that wait for others which can never come."""

from collections.abc import Iterator

from service.domain.sentences import Sentence, say
from service.engine.checks.rules import parallel_join_of_loop
from service.engine.checks.view import Found, ProcessView
from service.engine.soundness import Fault


def find(view: ProcessView) -> Iterator[Found]:
    """The places where a run comes to an end that is none, each with such a run."""
    told = {found.element for found in parallel_join_of_loop.find(view)}
    for fault in view.faults("deadlock"):
        if fault.element not in told:
            yield Found(fault.element, _said(view, fault), trace=fault.trace, steps=fault.steps)


def _said(view: ProcessView, fault: Fault) -> Sentence:
    node, kind = view.called(fault.element), view.nodes[fault.element].kind
    if kind == "parallelGateway":
        return say(
            "A case can get stuck at '%(node)s': it waits for every way in, and on one of them nothing comes any more. "
            "Fork with a parallel gateway before it, or let the ways meet in an exclusive one.",
            node=node,
        )
    if kind == "inclusiveGateway":
        return say(
            "A case can get stuck at '%(node)s': it waits for a way on which a case waits for it. "
            "Let the ways meet one pair after another, and no loop lead back between them.",
            node=node,
        )
    return say(
        "A case can get stuck at '%(node)s': the message that it waits for is not sent any more. "
        "Send it on every way of the partner, or draw another way on.",
        node=node,
    )
