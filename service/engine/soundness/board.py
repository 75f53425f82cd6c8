"""A net as it is made smaller."""

from collections.abc import Iterator
from dataclasses import replace

from service.engine.soundness.inclusive import Inclusive
from service.engine.soundness.net import Exit, Net, Node


class Board:
    """The net as it shrinks."""

    def __init__(self, net: Net, nodes: dict[int, Node]) -> None:
        self.net, self.nodes = net, nodes
        self.source = {flow: key for key, node in nodes.items() for way in node.ways for flow in way.flows}
        self.target = {flow: key for key, node in nodes.items() for flow in node.ins}
        self.stands: dict[int, int | None] = {}
        self.flat: dict[int, int] = {}
        self.once = False
        self._inclusive: Inclusive | None = None
        self.joins = any(node.join == "some" for node in nodes.values())

    def keep(self, key: int, node: Node) -> None:
        """Put a node in the place of what it was."""
        if key in self.nodes:
            self.drop(key)
        self.nodes[key] = node
        for flow in node.ins:
            self.target[flow] = key
        for way in node.ways:
            for flow in way.flows:
                self.source[flow] = key

    def drop(self, key: int) -> None:
        """Take a node away."""
        for flow in {flow for way in self.nodes[key].ways for flow in way.flows}:
            self.source.pop(flow, None)
        del self.nodes[key]
        self._inclusive = None

    def quiet(self) -> Iterator[tuple[int, Node]]:
        """The nodes that only pass tokens on; those that went meanwhile are left out."""
        for key in list(self.nodes):
            node = self.nodes.get(key)
            if node is not None and node.scope and node.quiet:
                yield key, node

    def may_choose(self, key: int, before: int) -> bool:
        """Whether the choice of a node may be made before a token comes to it."""
        if not self.joins:
            return True
        if self._inclusive is None:
            self._inclusive = Inclusive(Net(self.net.scopes, dict(self.nodes), self.net.flows, self.net.begins))
        return self._inclusive.indifferent(key) and self._inclusive.indifferent(before)


def forget(board: Board, key: int, instead: dict[int, int | None]) -> None:
    """Leave flows into a join out, or let others stand for them."""
    board.stands.update(instead)
    join = board.nodes[key]
    ins = tuple(flow for flow in join.ins if flow not in instead)
    board.keep(key, replace(join, ins=ins, join=join.join if len(ins) > 1 else "any"))
    for source in {board.source[flow] for flow in instead}:
        board.keep(source, renamed(board.nodes[source], instead))


def renamed(node: Node, instead: dict[int, int | None]) -> Node:
    """A node whose ways out lead to other flows instead, or to none."""

    def ways(before: tuple[Exit, ...]) -> tuple[Exit, ...]:
        return tuple(dict.fromkeys(replace(way, flows=_through(way.flows, instead)) for way in before))

    catches = tuple(replace(it, exit=ways((it.exit,))[0]) for it in node.catches)
    return replace(node, exits=ways(node.exits), cuts=ways(node.cuts), sides=ways(node.sides), catches=catches)


def _through(flows: tuple[int, ...], instead: dict[int, int | None]) -> tuple[int, ...]:
    found = [instead.get(flow, flow) for flow in flows]
    return tuple(dict.fromkeys(flow for flow in found if flow is not None))
