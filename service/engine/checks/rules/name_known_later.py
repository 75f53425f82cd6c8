"""A text names only variables that are set before it is read."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView, label


def find(view: ProcessView) -> Iterator[Found]:
    """Variables that are set on no way to the text: only behind it, beside it, or inside what is repeated."""
    for unknown in view.unknown:
        if unknown.asks == "text" and unknown.why == "later" and unknown.setter:
            told = {"place": unknown.place, "name": unknown.name, "node": label(view.nodes[unknown.setter])}
            message = (
                say(
                    "In the %(place)s stands `%(name)s`, which '%(node)s' sets itself, and only behind that. Set it earlier.",
                    **told,
                )
                if unknown.setter == unknown.element
                else say(
                    "In the %(place)s stands `%(name)s`, which '%(node)s' sets, and that never comes before. Set it earlier.",
                    **told,
                )
            )
            yield Found(unknown.element, message, trace=(unknown.element, unknown.setter))
