"""A case has an end to what it begins: it does not heap up work that nothing takes away."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView


def find(view: ProcessView) -> Iterator[Found]:
    """The place at which tokens grow without bound, with a run that has one more there each time round."""
    for fault in view.faults("unbounded"):
        message = say(
            "Each time round the loop, one more waits at '%(node)s', without end. "
            "Let the ways meet before the loop leads back, or let the loop begin only one of them anew.",
            node=view.called(fault.element),
        )
        yield Found(fault.element, message, trace=fault.trace, steps=fault.steps)
