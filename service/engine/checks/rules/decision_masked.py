"""Every rule of a decision table comes to its turn."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.decision_files import uncovered
from service.engine.checks.view import BundleView, Found


def find(view: BundleView) -> Iterator[Found]:
    """Rules behind others that always apply first, each with an example."""
    for told in uncovered(view, "masked"):
        message = say(
            "The rule %(other)s of '%(table)s' never decides: wherever it applies, as to %(example)s, another comes "
            "first, such as %(one)s. Move it before the others, or remove it.",
            table=told.name,
            example=told.example,
            one=told.rule(0),
            other=told.rule(1),
        )
        yield Found(told.rule(1), message, "warning", (told.rule(0), told.rule(1)), told.file)
