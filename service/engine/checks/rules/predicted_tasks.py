"""Stacked forks multiply: a diagram with more than 2,000 ways to run side by side is refused."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView, label

LIMIT = 2_000
# Of the branches of these not all are taken, so they multiply nothing.
_CHOOSING = {"exclusiveGateway", "inclusiveGateway", "eventBasedGateway"}


def find(view: ProcessView) -> Iterator[Found]:
    """The process, when tasks counted once for every way to them are too many."""
    counts: dict[str, int] = {}
    for start in (it for it in view.process.elements if it.kind == "startEvent"):
        count = _count(view, start.id, counts)
        if count > LIMIT:
            fork = next(it for it in view.process.elements if len(it.outgoing) > 1 and counts.get(it.id, 0) > LIMIT)
            message = say(
                "From '%(node)s' on, forks stand behind forks: %(count)s ways, and at most %(most)s can be run. Put a part into a called process, or into a multi-instance.",
                node=label(fork),
                count=count,
                most=LIMIT,
            )
            yield Found(fork.id, message)
            return


def _count(view: ProcessView, start: str, counts: dict[str, int]) -> int:
    """Tasks from `start` to the end, one for each way to it; a flow back to a node on the way counts nothing."""
    open_nodes = {start}
    stack = [(start, iter(view.following[start]))]
    while stack:
        node, rest = stack[-1]
        following = next((it for it in rest if it not in counts and it not in open_nodes), None)
        if following is not None:
            open_nodes.add(following)
            stack.append((following, iter(view.following[following])))
            continue
        choosing = view.nodes[node].kind in _CHOOSING
        counts[node] = 1 + sum(1 if choosing else counts.get(it, 0) for it in view.following[node])
        open_nodes.discard(node)
        stack.pop()
    return counts[start]
