"""From wherever a case has come, a way leads to an end."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView


def find(view: ProcessView) -> Iterator[Found]:
    """Where a case goes on and on and no end can be reached any more, with a run that leads there."""
    for fault in view.faults("livelock"):
        message = say(
            "From '%(node)s' on a case goes round for ever: no choice leads to an end. "
            "Draw a way out of the loop, to what comes after it or to an end.",
            node=view.called(fault.element),
        )
        yield Found(fault.element, message, trace=fault.trace, steps=fault.steps)
