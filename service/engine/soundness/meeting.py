"""Where two tokens of one case come to the same activity at once."""

from collections.abc import Iterator

from service.engine.soundness.marking import Marking, markings
from service.engine.soundness.net import Net

Pair = tuple[int, int]


def meetings(net: Net, marking: Marking) -> Iterator[Pair]:
    """Pairs of flows, both with a token (or one with two), from which the next node takes one token after the other.

    A busy node that holds a token goes by the flow into it. What lies on the outside, messages and pools, is left out.
    """
    for place, (flows, busies) in enumerate(markings(marking)):
        if place == 0:
            continue
        held = [net.nodes[busy[0]].ins[0] for busy in busies]
        tokens = sorted([*(flow for flow in flows if flow in net.target), *held])
        for at, one in enumerate(tokens):
            for other in tokens[at + 1 :]:
                target = net.target[one]
                if target == net.target[other] and (one == other or net.nodes[target].join == "any"):
                    yield one, other


def common(net: Net, small: Net, pair: Pair, work: frozenset[str]) -> int | None:
    """The first activity (its id is in `work`) that a token on either flow comes to with nothing that joins them before;
    None where there is none."""
    one, other = (ahead(net, small, flow) for flow in pair)
    return next((key for key in one if key in other and net.nodes[key].id in work), None)


def ahead(net: Net, small: Net, flow: int) -> list[int]:
    """The nodes that a token on the flow may come to, the nearest first, without passing a join that the smaller net has
    as well: what forks and joins on one way is passed."""
    found: list[int] = []
    todo = [flow]
    for at in todo:
        key = net.target[at]
        node = net.nodes[key]
        left = small.nodes.get(key)
        passes = node.join == "any" or left is None or left.join == "any"
        if passes and key not in found:
            found.append(key)
            todo += [it for way in node.exits for it in way.flows]
    return found
