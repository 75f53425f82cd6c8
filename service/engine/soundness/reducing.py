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
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from service.engine.soundness.board import Board
from service.engine.soundness.marking import Marking, along
from service.engine.soundness.net import Net
from service.engine.soundness.reduce_parts import aside, flat
from service.engine.soundness.reduce_rows import in_a_row, merged, round_, used_up
from service.engine.soundness.reduce_ways import choice_to_join, either, side_by_side


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
    rules: tuple[Callable[[Board], bool], ...] = (
        merged,
        used_up,
        in_a_row,
        round_,
        either,
        side_by_side,
        aside,
        flat,
    )
    if once:
        rules = (*rules, choice_to_join)
    board = Board(net, nodes)
    shrinks = True
    while shrinks:
        shrinks = False
        for rule in rules:
            shrinks = rule(board) or shrinks
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
