"""What stands beside the processes and is not read: said once, so that nobody counts on it."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import BundleView, Found

_QUIET = {"resource", "resourceParameter", "interface", "operation", "inMessageRef", "outMessageRef", "endPoint"}


def find(view: BundleView) -> Iterator[Found]:
    """Data stores, global tasks, choreographies, conversations and the like at the top of a file."""
    for diagram in view.diagrams:
        told = set[str]()
        for element, name in diagram.passed_over:
            if name not in told | _QUIET:
                told.add(name)
                message = say(
                    "'%(name)s' beside the processes is not read. Nothing in a case follows it.",
                    name=name.removeprefix("@"),
                )
                yield Found(element or None, message, "warning", file=diagram.file)
