"""What is drawn can be come to: some case, by some choices, does it."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView, label

_THROWN = {"error", "escalation"}


def find(view: ProcessView) -> Iterator[Found]:
    """Nodes that a way leads to and no run comes to; of several in a row, the first."""
    for fault in view.faults("dead"):
        node = view.nodes[fault.element]
        host = view.nodes.get(node.attached_to or "")
        if host is not None and any(event.kind in _THROWN for event in node.events):
            # A handler too many harms no case, and what a process that is called throws may change with its next version.
            message = say(
                "'%(node)s' never comes, for nothing in '%(host)s' throws it. Throw it there, or remove the event.",
                node=label(node),
                host=label(host),
            )
            yield Found(node.id, message, "warning")
        else:
            message = say(
                "No case ever comes to '%(node)s', whichever way it takes. Change what leads to it, or remove it.",
                node=label(node),
            )
            yield Found(node.id, message)
