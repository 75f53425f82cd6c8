"""A decision table answers every input, or says what holds otherwise."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.decision_files import uncovered
from service.engine.checks.view import BundleView, Found


def find(view: BundleView) -> Iterator[Found]:
    """Tables with inputs that no rule is for, each with an example."""
    for told in uncovered(view, "gap"):
        message = say(
            "'%(table)s' has no rule for %(example)s. Add one, or a default output, or name the values that may come.",
            table=told.name,
            example=told.example,
        )
        yield Found(told.key, message, "warning", file=told.file)
