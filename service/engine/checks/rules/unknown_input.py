"""What a decision or a called process asks for is known where it is asked."""

from collections.abc import Iterator

from service.domain.findings import Sentence, say
from service.engine.checks.naming import Unknown
from service.engine.checks.view import Found, ProcessView, label


def find(view: ProcessView) -> Iterator[Found]:
    """Inputs of decisions and of called processes that nothing sets before."""
    for unknown in view.unknown:
        if unknown.asks != "text" and unknown.why != "outside":
            yield Found(unknown.element, _sentence(view, unknown))


def _sentence(view: ProcessView, unknown: Unknown) -> Sentence:
    node = label(view.nodes[unknown.element])
    if unknown.setter:
        return say(
            "'%(node)s' needs `%(name)s`, which '%(other)s' sets, and it does not come before. Set it earlier.",
            node=node,
            name=unknown.name,
            other=label(view.nodes[unknown.setter]),
        )
    if unknown.near:
        return say(
            "'%(node)s' needs `%(name)s`, which nothing sets. Did you mean “%(near)s”?",
            node=node,
            name=unknown.name,
            near=unknown.near,
        )
    return say(
        "'%(node)s' needs `%(name)s`, which nothing sets. Ask for it in a form, or set it in a script.",
        node=node,
        name=unknown.name,
    )
