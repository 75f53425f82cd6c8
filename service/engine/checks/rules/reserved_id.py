"""Ids that other engines of the SpiffWorkflow family use themselves."""

from collections.abc import Iterator

from service.engine.checks.view import Fault, ProcessView

_RESERVED = {"Start", "End", "Root", "StartEventSplit", "StartEventJoin"}


def find(view: ProcessView) -> Iterator[Fault]:
    """Nodes with such an id. Ours runs them; a diagram is also to be shared."""
    for identifier in view.nodes:
        if identifier in _RESERVED:
            message = f"Other engines of this family use the id '{identifier}' themselves and fail. Choose another."
            yield Fault(identifier, message, "warning")
