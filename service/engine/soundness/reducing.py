"""A net made smaller without changing what can go wrong in it.

Every flow that is left is one of the drawing. Where a flow stands for others too, a token on it may be on any of them
(`Reduced.stands`); all tokens on flows that are gone have gone on. These rules are applied until none fits:

- *in a row*: what takes a token from one flow and passes it on at once stands for nothing; the flow before it leads to
  where it leads.
- *used up*: a flow to a plain end is no flow at all: a token there is gone, whatever else happens. (Not so where somebody
  has to do something before: tokens may heap up there.)
- *merged*: ways that meet and go on as one lead each to where the one led.
- *round*: a way out of a node straight back into it leaves everything as it was, if there is another.
- *aside*: what an event that does not interrupt leads to, where that ends by itself, is left out: it comes once.
- *flat*: a sub-process of which nothing is left but a way from its beginning to its end is one activity.
- *either way*: two choices at one node that lead straight to the same other node are one.
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
    None for one that needs none, for it always holds what another holds. `flat` are the sub-processes that became
    activities, each with the flow that its tokens stand on then."""

    net: Net
    stands: Mapping[int, int | None]
    flat: Mapping[int, int]
    once: bool

    def shown(self, marking: Marking) -> Marking:
        """A marking of the larger net on the flows that are left; tokens on others stay where they are."""
        counts: dict[int, int] = {}
        inside = [self.flat[busy[0]] for busy in marking[1] if self._is_plain(busy[0])]
        for flow, many in Counter((*marking[0], *inside)).items():
            left = self._stands_for(flow)
            if left is not None:
                before = counts.get(left, 0)
                counts[left] = max(before, many) if self.once else before + many
        flows = tuple(sorted(flow for flow, many in counts.items() for _ in range(many)))
        busies = [
            (key, None if inner is None or key in self.flat else self.shown(inner))
            for key, inner in marking[1]
            if not self._is_plain(key)
        ]
        found: Marking = (flows, ())
        for busy in busies:
            found = along(found, busy)
        return found

    def _is_plain(self, key: int) -> bool:
        return key in self.flat and not (key in self.net.nodes and self.net.nodes[key].stays)

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
    nodes = {key: net.nodes[key] for key in sorted(_drawn_to(net))}
    rules: tuple[Callable[[_Board], bool], ...] = (_merged, _used_up, _in_a_row, _round, _either, _side_by_side, _aside, _flat)
    if once:
        rules = (*rules, _choice_to_join)
    board = _Board(net, nodes)
    while any([rule(board) for rule in rules]):
        pass
    permits = net.permits - {way.permit for node in nodes.values() for way in node.sides}
    scopes = tuple(replace(it, begins=tuple(flow for flow in it.begins if flow not in permits)) for it in net.scopes)
    stands = {**board.stands, **dict.fromkeys(permits)}
    return Reduced(Net(scopes, nodes, net.flows, net.begins), stands, board.flat, board.once)


def _drawn_to(net: Net) -> set[int]:
    """The nodes that ways lead to from the beginning, as far as the drawing says."""
    found: set[int] = set()
    todo = [net.target[flow] for flow in net.begins] + [key for key, node in net.nodes.items() if node.scope == 0]
    while todo:
        key = todo.pop()
        if key not in found:
            found.add(key)
            node = net.nodes[key]
            begins = () if node.inner is None else net.scopes[node.inner].begins
            todo += [net.target[it] for way in node.ways for it in way.flows]
            todo += [net.target[it] for it in begins if it in net.target]
    return found


class _Board:
    """The net as it shrinks."""

    def __init__(self, net: Net, nodes: Nodes) -> None:
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


def _in_a_row(board: _Board) -> bool:
    """A node that takes a token from one flow only is drawn together with what gives it."""
    changed = False
    for key, node in board.quiet():
        before = board.source.get(node.ins[0]) if len(node.ins) == 1 else None
        if before is None or before == key or not node.exits:
            continue
        giver = board.nodes[before]
        if node.rests and not (giver.quiet and _alone(giver, node.ins[0])):
            continue
        if len(node.exits) > 1 and not (_alone(giver, node.ins[0]) and board.may_choose(key, before)):
            continue
        board.drop(key)
        board.keep(before, replace(_spliced(giver, node.ins[0], node.exits), rests=giver.rests or node.rests))
        changed = True
    return changed


def _used_up(board: _Board) -> bool:
    """A flow to an end that nothing waits before is no flow."""
    changed = False
    for key, node in board.quiet():
        if node.rests or any(way.flows for way in node.exits):
            continue
        ended = {flow for flow in node.ins if flow in board.source}
        if ended:
            board.keep(key, replace(node, ins=tuple(flow for flow in node.ins if flow not in ended)))
            for source in {board.source[flow] for flow in ended} - {key}:
                board.keep(source, _renamed(board.nodes[source], dict.fromkeys(ended)))
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
        if after == key or (taker.join != "any" and len(node.ins) != 1):
            continue
        if taker.join != "any":
            board.stands[flow] = node.ins[0]
        board.drop(key)
        ins = tuple(one for it in taker.ins for one in (node.ins if it == flow else (it,)))
        board.keep(after, replace(taker, ins=ins, rests=taker.rests or node.rests))
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


def _either(board: _Board) -> bool:
    """Of several ways out of a node, of which one is taken, to one that takes tokens one by one, one is left."""
    changed = False
    for key, node in list(board.nodes.items()):
        if node.join != "any":
            continue
        groups: dict[int, list[int]] = {}
        for flow in board.nodes[key].ins:
            source = board.source.get(flow)
            if source is not None and _chosen_alone(board.nodes[source], flow):
                groups.setdefault(source, []).append(flow)
        for first, *others in groups.values():
            if others:
                _forget(board, key, dict.fromkeys(others, first))
                changed = True
    return changed


def _chosen_alone(node: Node, flow: int) -> bool:
    """Whether the flow is one whole way out of a node that is done, and part of no other."""
    ways = [way for way in node.ways if flow in way.flows]
    return len(ways) == 1 and ways[0].flows == (flow,) and ways[0] in node.exits and not ways[0].needs


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


def _aside(board: _Board) -> bool:
    """An event that does not interrupt, and leads to nothing but work and an end, changes nothing for the rest."""
    changed = False
    for key, node in list(board.nodes.items()):
        kept = tuple(way for way in node.sides if way.needs or way.throws or not all(_ends(board, it) for it in way.flows))
        if kept == node.sides:
            continue
        for flow in {flow for way in node.sides if way not in kept for flow in way.flows}:
            end = board.nodes[board.target[flow]]
            board.keep(board.target[flow], replace(end, ins=tuple(it for it in end.ins if it != flow)))
        board.keep(key, _plain(board, key, replace(node, sides=kept)))
        changed = True
    return changed


def _ends(board: _Board, flow: int) -> bool:
    end = board.nodes[board.target[flow]]
    return end.quiet and end.ins == (flow,) and not any(way.flows for way in end.exits)


def _plain(board: _Board, key: int, node: Node) -> Node:
    """A node that nothing keeps busy any more passes tokens on: an event that interrupts it is one more way out."""
    if node.stays:
        return node
    board.flat[key] = node.ins[0]
    return replace(node, exits=(*node.exits, *node.cuts), cuts=())


def _flat(board: _Board) -> bool:
    """A sub-process that comes from its beginning to its end, whatever happens, is an activity."""
    changed = False
    for key, node in list(board.nodes.items()):
        if node.inner is None or not node.scope or not node.ins:
            continue
        inside = [it for it in board.nodes.values() if it.scope == node.inner and it.ins]
        begins = tuple(flow for flow in board.net.scopes[node.inner].begins if flow in board.target)
        if len(inside) == 1 and inside[0].quiet and inside[0].ins == begins and inside[0].exits == (Exit(()),):
            for number, inner in list(board.nodes.items()):
                if inner.scope == node.inner:
                    board.drop(number)
            # Where nothing inside waits it is done at once, as a whole: nothing can come meanwhile.
            sides = node.sides if inside[0].rests else ()
            plain = replace(node, inner=None, catches=(), skips=False, sides=sides, rests=inside[0].rests)
            board.flat[key] = node.ins[0]
            board.keep(key, _plain(board, key, plain))
            changed = True
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
                changed = board.once = True
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
        board.keep(source, _renamed(board.nodes[source], instead))


def _renamed(node: Node, instead: dict[int, int | None]) -> Node:
    """A node whose ways out lead to other flows instead, or to none."""

    def ways(before: tuple[Exit, ...]) -> tuple[Exit, ...]:
        return tuple(dict.fromkeys(replace(way, flows=_through(way.flows, instead)) for way in before))

    catches = tuple(replace(it, exit=ways((it.exit,))[0]) for it in node.catches)
    return replace(node, exits=ways(node.exits), cuts=ways(node.cuts), sides=ways(node.sides), catches=catches)


def _through(flows: tuple[int, ...], instead: dict[int, int | None]) -> tuple[int, ...]:
    found = [instead.get(flow, flow) for flow in flows]
    return tuple(dict.fromkeys(flow for flow in found if flow is not None))
