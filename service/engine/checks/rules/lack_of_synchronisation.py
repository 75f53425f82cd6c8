"""Ways that were forked and meet without a join go on as two: what follows is done twice."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView


def find(view: ProcessView) -> Iterator[Found]:
    """Activities to which two tokens of one case may come at once, each with such a run. It may be meant so."""
    for fault in view.faults("unsynchronised"):
        message = say(
            "'%(node)s' can be done twice at once, for ways that were forked meet before it without a join. "
            "Let them meet in a parallel gateway, if once is meant.",
            node=view.called(fault.element),
        )
        yield Found(fault.element, message, "warning", trace=fault.trace, steps=fault.steps)
