"""Moves of tokens → what is shown of them: ids of the drawing instead of numbers."""

from collections.abc import Iterable, Iterator

from service.domain.findings import Step
from service.engine.soundness.net import Net
from service.engine.soundness.play import Act, Move


def steps(net: Net, run: Iterable[Move]) -> tuple[Step, ...]:
    """The moves of a run as steps. That a pool begins and ends is no step, unless a message begins it."""
    return tuple(step for move in run for step in _of_move(net, move))


def _of_move(net: Net, move: Move) -> Iterator[Step]:
    for act in move.acts:
        node = net.nodes[act.node]
        takes, gives = (tuple(net.flows[it] for it in flows if net.flows[it]) for flows in _flows(act))
        if node.scope == 0:
            if takes:
                yield Step(node.id, "begins", takes)
            continue
        ends = _ended(net, act) if act.ends else None
        if move.thrown is not None and move.thrown.kind == "error":
            ends = _root(net, node.scope)
        yield Step(node.id, act.does, takes, gives, act.through, ends)  # type: ignore[arg-type]  # one of its words


def _flows(act: Act) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return (*act.took, *act.read), (*act.gave, *act.sent)


def _ended(net: Net, act: Act) -> str:
    """What is taken away: all in the activity whose edge it is, or all in the scope of a terminating end."""
    node = net.nodes[act.node]
    return net.scopes[node.scope].id if node.terminates else node.id


def _root(net: Net, scope: int) -> str:
    """The process around a scope."""
    around = {node.inner: node.scope for node in net.nodes.values() if node.inner is not None}
    while around.get(scope):
        scope = around[scope]
    return net.scopes[scope].id
