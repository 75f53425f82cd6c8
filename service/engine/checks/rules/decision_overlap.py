"""Where one rule of a decision table may apply, two do not."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.decision_files import uncovered
from service.engine.checks.view import BundleView, Found


def find(view: BundleView) -> Iterator[Found]:
    """Pairs of rules that both apply and may not, or say different things, each with an example."""
    for told in uncovered(view, "overlap"):
        message = say(
            "Two rules of '%(table)s' apply to %(example)s: %(one)s and %(other)s. A case stops there. "
            "Draw their limits apart, or let the first that applies decide.",
            table=told.name,
            example=told.example,
            one=told.rule(0),
            other=told.rule(1),
        )
        yield Found(told.rule(1), message, "warning", (told.rule(0), told.rule(1)), told.file)
