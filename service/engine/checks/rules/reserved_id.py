"""Ids that other engines of the SpiffWorkflow family use themselves."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView

_RESERVED = {"Start", "End", "Root", "StartEventSplit", "StartEventJoin"}


def find(view: ProcessView) -> Iterator[Found]:
    """Nodes with such an id. Ours runs them; a diagram is also to be shared."""
    for identifier in view.nodes:
        if identifier in _RESERVED:
            message = say(
                "Other engines of this family use the id '%(identifier)s' themselves and fail. Choose another.",
                identifier=identifier,
            )
            yield Found(identifier, message, "warning")
