"""A variable that nothing sets has to come with the start; a start that asks for nothing brings nothing."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView


def find(view: ProcessView) -> Iterator[Found]:
    """Variables that only whoever starts or calls the process could bring, each where it is named first."""
    told: set[str] = set()
    for unknown in view.unknown:
        if unknown.why == "outside" and unknown.name not in told:
            told.add(unknown.name)
            message = say(
                "Nothing here sets `%(name)s`: only a program that starts or calls the process can bring it, and a case "
                "that is started on a page stops here. Ask for it in the form of the start, or declare it as an input.",
                name=unknown.name,
            )
            yield Found(unknown.element, message, "warning")
