"""A run of the smaller net → a run of the whole: the counter-example as it is shown.

Up to `LOOKED_AT` markings of the whole net are gone through for a shortest run. Where that is not enough, the run of the
smaller net is followed move by move, with what lies between its flows put in. Either way each move is one that the whole
net has: the smaller net can suggest a fault, but not invent one.
"""

from collections.abc import Callable
from itertools import pairwise

from service.engine.soundness.exploring import Graph, explore
from service.engine.soundness.marking import Marking
from service.engine.soundness.net import Net
from service.engine.soundness.play import Act, Move, Play
from service.engine.soundness.reducing import Reduced

LOOKED_AT = 1_000
"""Markings of the whole net among which a shortest run is looked for."""

_BETWEEN = 5_000
# Markings of the whole net that are looked at for one move of the smaller one.


class Retracing:
    """Runs of one net, by those of the smaller one. The whole net is gone through once, when it is first asked for."""

    def __init__(self, net: Net, small: Reduced) -> None:
        self.play, self.small = Play(net), small
        self._graph: Graph | None = None
        self._shown: dict[Marking, int] = {}
        self._stuck: dict[Marking, int] = {}

    def run(self, graph: Graph, state: int, *, stuck: bool = False) -> list[Move] | None:
        """A run of the whole net to a marking of the smaller one's `graph`, to one that nothing leads out of if `stuck`;
        None where none is found."""
        wanted = graph.markings[state]
        whole = self._whole()
        found = (self._stuck if stuck else self._shown).get(wanted)
        if found is not None:
            return whole.run(found)
        return self._followed(graph, state, stuck)

    def to_activity(self, run: list[Move], flows: tuple[int, int], activity: int) -> list[Move]:
        """A run, with the tokens on these flows brought before an activity, one after the other."""
        marking = run[-1].after if run else self.play.beginning
        for flow in flows:
            for way in _path(self.play.net, flow, activity):
                moves = (move for move in self.play.moves(marking) if any(way[0] in act.took for act in move.acts))
                move = next((it for it in moves if any(way[1] in act.gave for act in it.acts)), None)
                if move is None:
                    return run
                run, marking = [*run, move], move.after
        return run

    def _whole(self) -> Graph:
        if self._graph is None:
            self._graph = explore(self.play.net, limit=LOOKED_AT, sparing=False)
            for state, marking in enumerate(self._graph.markings):
                shown = self.small.shown(marking)
                self._shown.setdefault(shown, state)
                if not self._graph.moves[state] and not self.play.moves(marking):
                    self._stuck.setdefault(shown, state)
        return self._graph

    def _followed(self, graph: Graph, state: int, stuck: bool) -> list[Move] | None:
        marking, run = self.play.beginning, list[Move]()
        way: list[tuple[int, Move | None]] = [(state, None)]
        while (step := graph.before[way[-1][0]]) is not None:
            way.append(step)
        way.reverse()
        for (_, move), (after, _) in pairwise(way):
            assert move is not None
            last = after == state
            part = self._between(marking, move, self._goal(graph.markings[after], stuck and last))
            if part is None:
                return None
            run += part
            marking = part[-1].after if part else marking
        return run

    def _goal(self, wanted: Marking, stuck: bool) -> Callable[[Marking], bool]:
        def reached(marking: Marking) -> bool:
            return self.small.shown(marking) == wanted and not (stuck and self.play.moves(marking))

        return reached

    def _between(self, begin: Marking, meant: Move, reached: Callable[[Marking], bool]) -> list[Move] | None:
        """Moves from a marking to one that is wanted: one token as far as it goes, and back where that was wrong."""
        before: dict[Marking, tuple[Marking, Move] | None] = {begin: None}
        todo = [begin]
        while todo and len(before) < _BETWEEN:
            marking = todo.pop()
            if reached(marking):
                return _unwound(before, marking)
            for move in reversed(self.play.moves(marking)):
                if move.after not in before and all(self._belongs(act, meant) for act in move.acts):
                    before[move.after] = (marking, move)
                    todo.append(move.after)
        return None

    def _belongs(self, act: Act, meant: Move) -> bool:
        """Whether it is a part of what the smaller net does in one move: of its own tokens, or of those between flows."""
        if act.does not in ("passes", "enters"):
            return any((act.node, act.does) == (it.node, it.does) for it in meant.acts)
        took = {self.small.left(flow) for it in meant.acts for flow in it.took}
        return all((left := self.small.left(flow)) is None or left in took for flow in act.took)


def _unwound(before: dict[Marking, tuple[Marking, Move] | None], marking: Marking) -> list[Move]:
    run: list[Move] = []
    while (step := before[marking]) is not None:
        marking = step[0]
        run.append(step[1])
    return run[::-1]


def _path(net: Net, flow: int, activity: int) -> list[tuple[int, int]]:
    """The flows on a shortest way from one to an activity, each with the next."""
    before: dict[int, int] = {}
    todo = [flow]
    for at in todo:
        if net.target[at] == activity:
            way = [at]
            while way[-1] != flow:
                way.append(before[way[-1]])
            way.reverse()
            return list(pairwise(way))
        for after in (it for exit_ in net.nodes[net.target[at]].exits for it in exit_.flows):
            if after not in before and after != flow:
                before[after] = at
                todo.append(after)
    return []
