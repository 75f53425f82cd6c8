"""A variable has one name everywhere: a data association does not copy it under another."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView, label


def find(view: ProcessView) -> Iterator[Found]:
    """Data associations between data items of different names."""
    for element, name in dict.fromkeys(view.process.passed_over):
        if name.startswith("="):
            node = label(view.nodes[element]) if element in view.nodes else element
            message = say(
                "A data association of '%(node)s' gives a value another name, which is not done. Use one name, or write a script before it.",
                node=node,
            )
            yield Found(element, message)
