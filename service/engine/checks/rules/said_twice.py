"""What can be said once is said once: of two, one would never be looked at."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView


def find(view: ProcessView) -> Iterator[Found]:
    """Second scripts, loops, times and conditions."""
    for element, name in dict.fromkeys(view.process.passed_over):
        if name.startswith("2"):
            yield Found(
                element,
                say("'%(name)s' comes second to another that says the same thing. Leave one of them.", name=name[1:]),
            )
