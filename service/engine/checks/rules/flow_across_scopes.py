"""A flow stays in its scope: it cannot enter or leave a sub-process."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView


def find(view: ProcessView) -> Iterator[Found]:
    """Flows whose ends stand in different scopes, or that are written in another one than their ends."""
    for flow in view.process.flows:
        source, target = view.nodes.get(flow.source), view.nodes.get(flow.target)
        if source and target and not source.scope == target.scope == flow.scope:
            message = say("The flow crosses the edge of a sub-process, and no token can follow it. End it inside.")
            yield Found(flow.id, message, trace=(source.id, target.id))
