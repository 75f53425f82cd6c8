"""Every marking that a net can come to, breadth first, up to a bound.

`LIMIT` is a number of markings: what is found never depends on how fast the machine is. Past it nothing is said.

Where the order of moves does not matter, one order is enough (`Play.moves` with `sparing`): a token that stands alone
before a node which takes it whatever else happens, and passes it on, goes first. No other move can take its turn from it
(nothing else takes tokens from its flow), and none is the worse for it: two such moves come to the same marking in
either order, and where another takes the token away together with all around it (an interruption, an error, a
terminating end), it takes away just as well what became of it. So a run that comes to a fault is, with that token's move
put in front, again one that does: a marking that nothing leads out of, or from which no end can be reached any more, is
not lost, nor is a move. Excepted are tokens whose going first could change what an inclusive join waits for, and tokens
where ways merge, for these show whether two of them meet. A token could go first again and again in a loop, and others
never: so a marking that would lead only to known ones is left by all its moves.
"""

from dataclasses import dataclass, field

from service.engine.soundness.marking import Marking, crowded, growth
from service.engine.soundness.net import Net
from service.engine.soundness.play import Act, Move, Play

LIMIT = 5_000
"""Markings of one net that are looked at before nothing is said."""

ENOUGH = 200
"""Markings that are looked at, and as many again as there were, once tokens are known to grow without bound."""

MOST_WAYS = 2_000
"""Moves out of one marking that are looked at."""


@dataclass
class Graph:
    """The markings that were found, by number, with the moves between them. `before` is the move by which each was found
    first; `growing` are those that have all that an earlier one had and more, and so go on growing for ever."""

    play: Play
    markings: list[Marking] = field(default_factory=list)
    moves: list[list[tuple[int, Move]]] = field(default_factory=list)
    before: list[tuple[int, Move] | None] = field(default_factory=list)
    growing: dict[int, int] = field(default_factory=dict)
    complete: bool = True

    def run(self, state: int) -> list[Move]:
        """A shortest run from the beginning to a marking."""
        found: list[Move] = []
        step = self.before[state]
        while step is not None:
            found.append(step[1])
            step = self.before[step[0]]
        return found[::-1]


def explore(net: Net, *, limit: int = LIMIT, sparing: bool = True) -> Graph:
    """The markings of a net. `complete` is False where there are more than `limit`, or where they are without number."""
    play = Play(net)
    graph, number = Graph(play, [play.beginning], [[]], [None]), {play.beginning: 0}
    state = 0
    while state < len(graph.markings):
        marking = graph.markings[state]
        found = play.moves(marking, sparing=sparing)
        if sparing and found and all(move.after in number for move in found):
            found = play.moves(marking)
        if crowded(marking) and (earlier := _outgrown(graph, state)) is not None:
            # A join that may go on does so before more comes to it: it waits for nobody.
            found = [move for move in play.moves(marking) if move.acts[0].node in play.inclusive.joins]
            if not found:
                if graph.complete:
                    limit = min(limit, 2 * len(graph.markings) + ENOUGH)
                graph.growing[state], graph.complete = earlier, False
        if len(found) > MOST_WAYS:
            graph.complete = False
            return graph
        for move in found:
            if move.after not in number:
                if len(graph.markings) >= limit:
                    graph.complete = False
                    return graph
                number[move.after] = len(graph.markings)
                graph.markings.append(move.after)
                graph.moves.append([])
                graph.before.append((state, move))
            graph.moves[state].append((number[move.after], move))
        state += 1
    return graph


def _outgrown(graph: Graph, state: int) -> int | None:
    """An earlier marking on the run to this one from which the same moves lead here, and from here on again and again."""
    marking, run = graph.markings[state], []
    step = graph.before[state]
    while step is not None:
        earlier, move = step
        run.append(move.acts)
        added = growth(graph.markings[earlier], marking)
        if added is not None and growth(marking, _again(graph.play, marking, run[::-1]) or marking) == added:
            return earlier
        step = graph.before[earlier]
    return None


def _again(play: Play, marking: Marking, run: list[tuple[Act, ...]]) -> Marking | None:
    """Where the same moves lead from another marking, None where they do not.

    If what they add then is what they added before, they can be made for ever: whether a move can be made depends on
    where tokens are, not on how many; and the third time they are nowhere where they were not the second time.
    """
    for acts in run:
        found = next((move for move in play.moves(marking) if move.acts == acts), None)
        if found is None:
            return None
        marking = found.after
    return marking
