"""What a decision or a called process asks for is known where it is asked."""

from collections.abc import Iterator

from service.domain.findings import Level
from service.domain.sentences import Sentence, say
from service.engine.checks.naming import Unknown
from service.engine.checks.view import Found, ProcessView, label


def find(view: ProcessView) -> Iterator[Found]:
    """Inputs of decisions and of called processes that nothing sets before."""
    for unknown in view.unknown:
        if unknown.asks != "text" and unknown.why != "outside":
            yield Found(unknown.element, _sentence(view, unknown), _level(view, unknown))


def _level(view: ProcessView, unknown: Unknown) -> Level:
    """What another bundle asks for may change with it."""
    element, whole = view.nodes[unknown.element], view.whole
    here = element.called in whole.processes if unknown.asks == "call" else element.decision in whole.own_tables
    return unknown.level if here else "warning"


def _sentence(view: ProcessView, unknown: Unknown) -> Sentence:
    node = label(view.nodes[unknown.element])
    if unknown.setter:
        return say(
            "'%(node)s' needs `%(name)s`, which '%(other)s' sets, and that never comes before. Set it earlier.",
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
        "'%(node)s' needs `%(name)s`, which nothing sets. Ask for it in a form, set it in a script, or declare it as an "
        "input of the process.",
        node=node,
        name=unknown.name,
    )
