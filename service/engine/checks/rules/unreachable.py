"""What no token can come to is never done."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView, label


def find(view: ProcessView) -> Iterator[Found]:
    """Nodes with no way to them from the start; of a stretch of them, the first only."""
    if not view.starts():
        return
    lost = {it.id for it in view.process.elements} - view.reachable
    followed = {after for node in lost for after in view.ways[node] if after != node}
    # Where the lost nodes are a ring, none is first: then the first in the file.
    first = [node for node in view.nodes if node in lost and node not in followed]
    told = set[str]()
    for node in (*first, *(node for node in view.nodes if node in lost)):
        if node not in told:
            told |= view.reach([node])
            message = say(
                "No way leads to '%(node)s', so that it is never done. Draw a flow to it, or remove it.",
                node=label(view.nodes[node]),
            )
            yield Found(node, message)
