"""The game: which moves a marking has, and what each of them makes of it.

Tokens move as BPMN 2.0 says (chapter 13), one at a time and in any order. Which way a choice goes is free; so is whether
an event comes that is waited for. The engine takes one of these orders: whatever it does, is found here.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from service.engine.soundness.inclusive import Inclusive
from service.engine.soundness.marking import EMPTY, Busy, Marking, along, changed, without
from service.engine.soundness.net import Catch, Exit, Net, Node, Throw


class Act(NamedTuple):
    """What happened in a move: the node, the event by which it was left (None: no other), the flows that lost and got
    a token; `does` is `passes`, `enters`, `leaves`, `fires` (an event on the edge) or `catches` (what was thrown)."""

    node: int
    does: str
    took: tuple[int, ...] = ()
    gave: tuple[int, ...] = ()
    through: str | None = None
    ends: bool = False
    sent: tuple[int, ...] = ()
    read: tuple[int, ...] = ()


class Move(NamedTuple):
    """A move of one scope: the marking after it, what happened (the catching of what was thrown behind the throwing),
    what was thrown and not yet caught."""

    after: Marking
    acts: tuple[Act, ...]
    thrown: Throw | None = None


class Play:
    """The game on one net."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.inclusive = Inclusive(net)
        self.beginning: Marking = (tuple(sorted(net.begins)), ())
        self._free = {flow for flow in net.target if self._is_free(flow)}

    def moves(self, marking: Marking, *, sparing: bool = False) -> list[Move]:
        """The moves of a marking of the whole; `sparing` leaves out those whose order does not matter (`sparing.py`
        says why that may be done)."""
        return [self._settled(move) for move in self._moves(marking, marking[0], sparing)[0]]

    def over(self, marking: Marking) -> bool:
        """Whether nothing is under way any more; messages that nobody reads do not count."""
        return not marking[1] and not any(flow in self.net.target for flow in marking[0])

    def _ended(self, inner: Marking) -> bool:
        return not inner[1] and self.net.permits.issuperset(inner[0])

    def _settled(self, move: Move) -> Move:
        """With its messages sent and read on the outside."""
        sent = [flow for act in move.acts for flow in act.sent]
        read = [flow for act in move.acts for flow in act.read]
        return move._replace(after=changed(move.after, read, sent)) if sent or read else move

    def _moves(self, marking: Marking, post: tuple[int, ...], sparing: bool) -> tuple[list[Move], bool]:
        """The moves of a marking of one scope, and whether they are those of a single token that may go first."""
        flows, busies = marking
        if sparing:
            for flow in dict.fromkeys(flows):
                if flow in self._free and self._ready(self.net.target[flow], marking):
                    return list(self._entered(self.net.target[flow], flow, marking, post)), True
        inside: list[tuple[Busy, list[Move]]] = []
        for busy in dict.fromkeys(busies):
            if busy[1] is not None:
                found, spared = self._moves(busy[1], post, sparing)
                if spared:
                    return [self._around(busy, marking, move) for move in found], True
                inside.append((busy, found))
        every: list[Move] = []
        joined: set[int] = set()
        for flow in dict.fromkeys(flows):
            key = self.net.target.get(flow)
            if key is not None and key not in joined and self._ready(key, marking):
                if self.net.nodes[key].join != "any":
                    joined.add(key)
                every += self._entered(key, flow, marking, post)
        for busy in dict.fromkeys(busies):
            every += self._from_busy(busy, marking, post)
        for busy, found in inside:
            every += [self._around(busy, marking, move) for move in found]
        return every, False

    def _ready(self, key: int, marking: Marking) -> bool:
        node = self.net.nodes[key]
        if node.join == "any":
            return True
        if node.join == "all":
            return all(it in marking[0] for it in node.ins)
        return self.inclusive.fires(key, marking)

    def _entered(self, key: int, flow: int, marking: Marking, post: tuple[int, ...]) -> Iterator[Move]:
        """A token, or as many as the join takes, comes into a node by a flow: and goes on, or stays."""
        node = self.net.nodes[key]
        took = (flow,) if node.join == "any" else tuple(it for it in node.ins if it in marking[0])
        left = changed(marking, took, ())
        if node.stays:
            inner = None if node.inner is None else (self.net.scopes[node.inner].begins, ())
            yield Move(along(left, (key, inner)), (Act(key, "enters", took),))
            if not node.skips:
                return
        if node.terminates:
            yield Move(EMPTY, (Act(key, "passes", took, ends=True),))
            return
        for way in node.exits:
            for read in _reads(way, post):
                act = Act(key, "passes", took, way.flows, way.through, sent=node.sends, read=read)
                yield Move(changed(left, (), way.flows), (act,), way.throws)

    def _from_busy(self, busy: Busy, marking: Marking, post: tuple[int, ...]) -> Iterator[Move]:
        """A busy node is done, is interrupted, or sends a token aside."""
        key, inner = busy
        node, left = self.net.nodes[key], without(marking, busy)
        if inner is None or self._ended(inner):
            for way in node.exits:
                for read in _reads(way, post):
                    act = Act(key, "leaves", (), way.flows, way.through, read=read)
                    yield Move(changed(left, (), way.flows), (act,), way.throws)
        for way in node.cuts:
            for read in _reads(way, post):
                act = Act(key, "fires", (), way.flows, way.through, ends=True, read=read)
                yield Move(changed(left, (), way.flows), (act,), way.throws)
        for way in node.sides:
            if way.permit in marking[0]:
                for read in _reads(way, post):
                    act = Act(key, "fires", (), way.flows, way.through, read=read)
                    yield Move(changed(marking, (way.permit,), way.flows), (act,), way.throws)

    def _around(self, busy: Busy, marking: Marking, move: Move) -> Move:
        """A move inside a busy node, seen from around it: what it throws is caught on the edge, or goes on up."""
        key, left = busy[0], without(marking, busy)
        goes_on = along(left, (key, move.after))
        if move.thrown is None:
            return Move(goes_on, move.acts)
        catch = _catcher(self.net.nodes[key], move.thrown)
        if catch is None:
            # An error that nobody here catches ends what is around it as well; an escalation is only heard further up.
            return Move(left if move.thrown.kind == "error" else goes_on, move.acts, move.thrown)
        act = Act(key, "catches", (), catch.exit.flows, catch.exit.through, ends=catch.interrupting)
        after = changed(left if catch.interrupting else goes_on, (), catch.exit.flows)
        return Move(after, (*move.acts, act))

    def _is_free(self, flow: int) -> bool:
        """Whether a token here may always go first, and is not one that should be seen to meet others or to heap up."""
        node = self.net.nodes[self.net.target[flow]]
        if node.scope == 0 or node.terminates or any(way.needs or way.throws for way in node.exits):
            return False
        if node.join == "some" or (node.join == "any" and len(node.ins) > 1):
            return False
        if node.rests and not all(way.flows for way in node.exits):
            return False
        behind = any(flow in way.flows for join in self.inclusive.joins.values() for way in join.ways)
        return not behind and self.inclusive.indifferent(self.net.target[flow])


def _reads(way: Exit, post: tuple[int, ...]) -> Iterable[tuple[int, ...]]:
    """Which message is read on the way: none, where none is needed; else each of those that there are."""
    return [(flow,) for flow in way.needs if flow in post] if way.needs else [()]


def _catcher(node: Node, thrown: Throw) -> Catch | None:
    """What catches it: for its very code first, then for any code."""
    fitting = [catch for catch in node.catches if catch.kind == thrown.kind and catch.code in (thrown.code, None)]
    return min(fitting, key=lambda catch: catch.code is None, default=None)
