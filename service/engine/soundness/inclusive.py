"""When an inclusive gateway stops waiting: when no token elsewhere in its scope can still come to an empty way in.

A token that can also come to a way that has one already is not waited for (BPMN 2.0, table 13.3). What may wait on its
own is asked on its own, as the engine does: an activity, each event on its edge, each event behind a gateway.
"""

from service.engine.soundness.marking import Marking
from service.engine.soundness.net import Net, Node


class Inclusive:
    """For every inclusive join of a net, what of it can be come to from where: as bits of its ways in."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.joins = {key: node for key, node in net.nodes.items() if node.join == "some"}
        self._reach = {key: _reach(net, key, node) for key, node in self.joins.items()}
        self._masks: dict[tuple[int, int], frozenset[int]] = {}

    def fires(self, join: int, marking: Marking) -> bool:
        """Whether the join goes on; some way into it holds a token."""
        full = sum(1 << place for place, flow in enumerate(self.joins[join].ins) if flow in marking[0])
        places = {self.net.target[flow] for flow in marking[0] if flow in self.net.target} - {join}
        for node in (*places, *(busy[0] for busy in marking[1])):
            if any(mask & ~full and not mask & full for mask in self._ways_to(join, node)):
                return False
        return True

    def indifferent(self, key: int) -> bool:
        """Whether it is all the same to every inclusive join if a token is before the node or has gone on from it: none
        of the ways out of the node leads to another way into a join than the others do."""
        return all(len(self._ways_to(join, key)) <= 1 for join in self._around(key))

    def _around(self, key: int) -> list[int]:
        scope = self.net.nodes[key].scope
        return [join for join, node in self.joins.items() if node.scope == scope and join != key]

    def _ways_to(self, join: int, key: int) -> frozenset[int]:
        """For each way out of a node that leads to the join at all without passing it, which ways into it."""
        if (join, key) not in self._masks:
            bit = {flow: 1 << place for place, flow in enumerate(self.joins[join].ins)}
            found = set()
            for way in self.net.nodes[key].ways:
                mask = 0
                for flow in way.flows:
                    mask |= bit.get(flow) or self._reach[join].get(self.net.target[flow], 0)
                found.add(mask)
            self._masks[join, key] = frozenset(found - {0})
        return self._masks[join, key]


def _reach(net: Net, key: int, join: Node) -> dict[int, int]:
    """Node → which ways into the join it leads to without passing the join."""
    before: dict[int, set[int]] = {}
    givers: dict[int, int] = {}
    for number, node in net.inside(join.scope).items():
        for flow in {flow for way in node.ways for flow in way.flows}:
            givers[flow] = number
            before.setdefault(net.target[flow], set()).add(number)
    found: dict[int, int] = {}
    for place, flow in enumerate(join.ins):
        todo = [givers[flow]] if flow in givers else []
        while todo:
            number = todo.pop()
            if number != key and not found.get(number, 0) & 1 << place:
                found[number] = found.get(number, 0) | 1 << place
                todo += before.get(number, ())
    return found
