"""The cheapest way across the lattice: short, with few bends and crossings, and never along another flow."""

from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import pairwise

from service.engine.layout.ahead import Ahead
from service.engine.layout.board import BEND, Board, Ends, Way

WALL = 4
"""Marks a crossing that a path may not use."""

SHARING = 600
"""What it costs to run along another path, for each crossing."""

CROSSING = 110
"""What it costs to cross another path."""

_CLOSED = (None,) * 4


def find(board: Board, ground: bytes, starts: Ends, goals: Ends, *, shared: bool) -> Way | None:
    """The cheapest path from one of `starts` to one of `goals`, or None.

    `ground` has a byte for each crossing: what lies there of other paths, and WALL where the path may not pass. With
    `shared` it may run along others, at a price: for drawings that leave no other way.
    """
    return _Search(board, ground, goals, shared=shared).run(starts) if starts and goals else None


class _Search:
    """A* over states: a crossing and the direction in which it was reached (`crossing * 4 + direction`)."""

    def __init__(self, board: Board, ground: bytes, goals: Ends, *, shared: bool) -> None:
        self._width, self._shared, self._ground = len(board.xs), shared, ground
        closed = SHARING if shared else None
        # What it costs to come across the page, and down it, to a crossing where that lies.
        self._prices = ((0, closed, CROSSING, closed, *_CLOSED), (0, CROSSING, closed, closed, *_CLOSED))
        self._turns = board.turns(goals)
        self._strides = (1, self._width, -1, -self._width)
        self._lengths = (_steps(board.xs), _steps(board.ys), _steps_back(board.xs), _steps_back(board.ys))
        self._ends = {crossing * 4 + direction: cost for (crossing, direction), cost in goals.items()}
        self._ahead = Ahead(board.xs, board.ys, goals, BEND)
        self._best: dict[int, float] = {}
        self._came: dict[int, int] = {}
        self._queue: list[tuple[float, int]] = []

    def run(self, starts: Ends) -> Way | None:
        """The cheapest path, or None."""
        for (crossing, direction), cost in sorted(starts.items()):
            price = self._prices[direction % 2][self._ground[crossing]]
            if price is not None:
                self._offer(crossing * 4 + direction, cost + price, -1)
        goal, least = -1, float("inf")
        done = bytearray(4 * len(self._ground))
        while self._queue:
            estimate, state = heappop(self._queue)
            if estimate >= least:
                break
            if done[state]:
                continue
            done[state] = 1
            if state in self._ends and self._best[state] + self._ends[state] < least:
                goal, least = state, self._best[state] + self._ends[state]
            self._expand(state)
        return None if goal < 0 else self._traced(goal)

    def _expand(self, state: int) -> None:
        crossing, direction = state >> 2, state & 3
        cost = self._best[state]
        self._run(crossing, direction, cost, state)
        # Where something lies already one can only cross it, straight on.
        if not self._ground[crossing] or self._shared:
            y, x = divmod(crossing, self._width)
            bend = self._turns[0][y] if direction & 1 else self._turns[1][x]
            if bend is not None:
                self._run(crossing, (direction + 1) & 3, cost + bend, state)
                self._run(crossing, (direction + 3) & 3, cost + bend, state)

    def _run(self, crossing: int, heading: int, cost: float, state: int) -> None:
        """Straight on to the next crossing where there is something to choose."""
        upright = heading & 1
        lengths, stride, prices = self._lengths[heading], self._strides[heading], self._prices[upright]
        step = 1 if heading < 2 else -1
        turns, ground, ends = self._turns[1 - upright], self._ground, self._ends
        line = crossing // self._width if upright else crossing % self._width
        while (length := lengths[line]) is not None:
            crossing += stride
            line += step
            price = prices[ground[crossing]]
            if price is None:
                return
            cost += length + price
            following = crossing << 2 | heading
            if (turns[line] is not None and (not ground[crossing] or self._shared)) or following in ends:
                self._offer(following, cost, state)
                return

    def _offer(self, state: int, cost: float, previous: int) -> None:
        if cost < self._best.get(state, float("inf")):
            self._best[state] = cost
            self._came[state] = previous
            y, x = divmod(state >> 2, self._width)
            heappush(self._queue, (cost + self._ahead.least(x, y, state & 3), state))

    def _traced(self, goal: int) -> Way:
        states = [goal]
        while (previous := self._came[states[-1]]) >= 0:
            states.append(previous)
        states.reverse()
        kept = [
            state >> 2
            for place, state in enumerate(states)
            if place in (0, len(states) - 1) or states[place + 1] & 3 != state & 3
        ]
        return Way(tuple(kept), states[0] & 3, goal & 3)


def _steps(lines: Sequence[int]) -> list[int | None]:
    """How far it is from each line to the next one."""
    return [*(after - before for before, after in pairwise(lines)), None]


def _steps_back(lines: Sequence[int]) -> list[int | None]:
    return [None, *(after - before for before, after in pairwise(lines))]
