"""What has come to its end is over: nothing may wait on, for ever, beside the end."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView


def find(view: ProcessView) -> Iterator[Found]:
    """The places where tokens stay although the case has come to an end behind them, each with such a run."""
    for fault in view.faults("left-behind"):
        message = say(
            "A case can come to its end and not be over: at '%(node)s' something is left that waits for ever. "
            "Let as many ways meet there as were forked, or end the rest with a terminating end.",
            node=view.called(fault.element),
        )
        yield Found(fault.element, message, trace=fault.trace, steps=fault.steps)
