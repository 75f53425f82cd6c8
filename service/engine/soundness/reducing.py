"""A net made smaller without changing what can go wrong in it.

Every flow that is left is one of the drawing. Where a flow stands for others too, a token on it may be on any of them
(`Reduced.stands`); all tokens on flows that are gone have gone on. These rules are applied until none fits:

- *in a row*: what takes a token from one flow and passes it on at once stands for nothing; the flow before it leads to
  where it leads. A plain end that one flow leads to is no flow at all: a token there is used up, whatever else happens.
- *merged*: ways that meet and go on as one lead each to where the one led.
- *round*: a way out of a node straight back into it leaves everything as it was, if there is another.
- *side by side*: two ways from one fork to one join always hold as many tokens as one another. One is enough.
- *choice to join*: ways that part at one gateway and meet in one inclusive join are one way, if one token at a time goes
  that way; so this rule is asked for (`once`), and not to be used where tokens are found to meet.

Each replaces moves of a single token that nothing prevents, and that prevent nothing, by none: as in `exploring`, a run
to a fault stays one. So a choice is not drawn together with what is before it where an inclusive join could fire
between them (`Inclusive.indifferent`).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from service.engine.soundness.inclusive import Inclusive
from service.engine.soundness.marking import Marking, along
from service.engine.soundness.net import Exit, Net, Node

Nodes = dict[int, Node]


@dataclass(frozen=True)
class Reduced:
    """A smaller net, with the flows that each of its flows stands for beside itself: flow → the one that stands for it,
    None for one that needs none, for it always holds what another holds."""

    net: Net
    stands: Mapping[int, int | None]

    def shown(self, marking: Marking) -> Marking:
        """A marking of the larger net on the flows that are left; tokens on others stay where they are."""
        counts: dict[int, int] = {}
        for flow, many in Counter(marking[0]).items():
            left = self._stands_for(flow)
            if left is not None:
                counts[left] = max(counts.get(left, 0), many)
        flows = tuple(sorted(flow for flow, many in counts.items() for _ in range(many)))
        busies = [(key, None if inner is None else self.shown(inner)) for key, inner in marking[1]]
        found: Marking = (flows, ())
        for busy in busies:
            found = along(found, busy)
        return found

    def left(self, flow: int) -> int | None:
        """The flow of the smaller net that stands for one of the larger, None where none does."""
        found = self._stands_for(flow)
        return found if found in self.net.target else None

    def _stands_for(self, flow: int) -> int | None:
        left: int | None = flow
        while left is not None and left in self.stands:
            left = self.stands[left]
        return left


def reduced(net: Net, *, once: bool) -> Reduced:
    """The smaller net. `once`: only one token at a time comes to any place, as far as is known."""
    nodes = dict(net.nodes)
    rules: tuple[Callable[[_Board], bool], ...] = (_merged, _in_a_row, _round, _side_by_side)
    if once:
        rules = (*rules, _choice_to_join)
    board = _Board(net, nodes)
    while any([rule(board) for rule in rules]):
        pass
    return Reduced(Net(net.scopes, nodes, net.flows, net.begins), board.stands)


class _Board:
    """The net as it shrinks."""

    def __init__(self, net: Net, nodes: Nodes) -> None:
        self.net, self.nodes = net, nodes
        self.source = {flow: key for key, node in nodes.items() for way in node.ways for flow in way.flows}
        self.target = {flow: key for key, node in nodes.items() for flow in node.ins}
        self.stands: dict[int, int | None] = {}
        self._inclusive: Inclusive | None = None
        self.joins = any(node.join == "some" for node in nodes.values())

    def keep(self, key: int, node: Node) -> None:
        """Put a node in the place of what it was."""
        self.nodes[key], self._inclusive = node, None
        for flow in node.ins:
            self.target[flow] = key
        for way in node.ways:
            for flow in way.flows:
                self.source[flow] = key

    def drop(self, key: int) -> None:
        """Take a node away."""
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


def _in_a_row(board: _Board) -> bool:
    """A node that takes a token from one flow only is drawn together with what gives it."""
    changed = False
    for key, node in board.quiet():
        before = board.source.get(node.ins[0]) if len(node.ins) == 1 else None
        if before is None or before == key or not node.exits:
            continue
        giver = board.nodes[before]
        if len(node.exits) > 1 and not (_alone(giver, node.ins[0]) and board.may_choose(key, before)):
            continue
        board.keep(before, _spliced(giver, node.ins[0], node.exits))
        board.drop(key)
        changed = True
    return changed


def _alone(giver: Node, flow: int) -> bool:
    """Whether the flow is a whole way out of the node, by which it is done or left."""
    return any(way.flows == (flow,) for way in (*giver.exits, *giver.cuts))


def _spliced(giver: Node, flow: int, exits: tuple[Exit, ...]) -> Node:
    def instead(ways: tuple[Exit, ...]) -> tuple[Exit, ...]:
        return tuple(one for way in ways for one in _instead(way, flow, exits))

    catches = tuple(replace(it, exit=next(iter(_instead(it.exit, flow, exits)))) for it in giver.catches)
    return replace(
        giver, exits=instead(giver.exits), cuts=instead(giver.cuts), sides=instead(giver.sides), catches=catches
    )


def _instead(way: Exit, flow: int, exits: tuple[Exit, ...]) -> Iterator[Exit]:
    if flow not in way.flows:
        yield way
        return
    rest = tuple(it for it in way.flows if it != flow)
    for one in exits:
        yield replace(way, flows=(*rest, *one.flows))


def _merged(board: _Board) -> bool:
    """A node with one way on, one flow, is drawn together with what that leads to: with a join, if one way leads to it."""
    changed = False
    for key, node in board.quiet():
        if len(node.exits) != 1 or len(node.exits[0].flows) != 1:
            continue
        (flow,) = node.exits[0].flows
        after = board.target[flow]
        taker = board.nodes[after]
        if after == key or (taker.join != "any" and len(node.ins) > 1):
            continue
        if taker.join != "any":
            board.stands[flow] = node.ins[0]
        board.drop(key)
        board.keep(after, replace(taker, ins=tuple(one for it in taker.ins for one in (node.ins if it == flow else (it,)))))
        changed = True
    return changed


def _round(board: _Board) -> bool:
    """A way straight back to where it began is left out, unless it is the only one."""
    changed = False
    for key, node in board.quiet():
        back = [way for way in node.exits if len(way.flows) == 1 and way.flows[0] in node.ins]
        onward = tuple(way for way in node.exits if way not in back)
        if back and onward and board.may_choose(key, key):
            gone = {way.flows[0] for way in back}
            board.keep(key, replace(node, ins=tuple(it for it in node.ins if it not in gone), exits=onward))
            changed = True
    return changed


def _side_by_side(board: _Board) -> bool:
    """Of several flows that get a token together and meet in one join, one is left."""
    changed = False
    for key, join in list(board.nodes.items()):
        if join.join == "any":
            continue
        ways = [way for source in {board.source.get(flow) for flow in join.ins} - {None} for way in _of(board, source)]
        times = Counter(flow for way in ways for flow in way.flows)
        for way in ways:
            whole = [flow for flow in way.flows if flow in board.nodes[key].ins and times[flow] == 1][1:]
            if whole:
                _forget(board, key, {flow: None for flow in whole})
                changed = True
                break
    return changed


def _choice_to_join(board: _Board) -> bool:
    """Of several flows from one node to one inclusive join, by whatever choice, one is left."""
    changed = False
    for key, join in list(board.nodes.items()):
        if join.join != "some":
            continue
        groups: dict[Any, list[int]] = {}
        for flow in board.nodes[key].ins:
            groups.setdefault(board.source.get(flow), []).append(flow)
        for source, (first, *others) in groups.items():
            if source is not None and others and _only_exits(board.nodes[source], {first, *others}):
                _forget(board, key, dict.fromkeys(others, first))
                changed = True
    return changed


def _of(board: _Board, key: Any) -> tuple[Exit, ...]:
    return board.nodes[key].ways


def _only_exits(node: Node, flows: set[int]) -> bool:
    """Whether the node gives to these flows when it is done only, and is done once for each token."""
    others = (*node.cuts, *node.sides, *(catch.exit for catch in node.catches))
    return not any(flows.intersection(way.flows) for way in others)


def _forget(board: _Board, key: int, instead: dict[int, int | None]) -> None:
    """Leave flows into a join out, or let others stand for them."""
    board.stands.update(instead)
    join = board.nodes[key]
    ins = tuple(flow for flow in join.ins if flow not in instead)
    board.keep(key, replace(join, ins=ins, join=join.join if len(ins) > 1 else "any"))
    for source in {board.source[flow] for flow in instead}:
        node = board.nodes[source]

        def without(ways: tuple[Exit, ...]) -> tuple[Exit, ...]:
            return tuple(dict.fromkeys(replace(way, flows=_through(way.flows, instead)) for way in ways))

        catches = tuple(replace(it, exit=without((it.exit,))[0]) for it in node.catches)
        board.keep(
            source,
            replace(
                node, exits=without(node.exits), cuts=without(node.cuts), sides=without(node.sides), catches=catches
            ),
        )


def _through(flows: tuple[int, ...], instead: dict[int, int | None]) -> tuple[int, ...]:
    found = [instead.get(flow, flow) for flow in flows]
    return tuple(dict.fromkeys(flow for flow in found if flow is not None))
