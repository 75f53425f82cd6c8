"""The cheapest way across the lattice: short, with few bends and crossings, and never along another flow."""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from service.engine.layout.ahead import Ahead

_BEND, _CROSSING, _NEW_TRACK, _SHARING = 45, 110, 8, 2_000
_ALONG, _UPRIGHT, _WALL = 1, 2, 4

Ends = Mapping[tuple[int, int], float]
"""Crossing and direction → what it costs to set out or arrive there. Directions are 0 right, 1 down, 2 left, 3 up."""


class Way(NamedTuple):
    """A path: the crossings at its ends and bends, and the directions in which it sets out and arrives."""

    points: tuple[int, ...]
    leaves: int
    arrives: int

    def bends(self, width: int) -> list[int]:
        """The crossings at which it turns, on a lattice that is `width` crossings wide."""
        pairs = zip(self.points, self.points[1:], strict=False)
        headings = [self.leaves, *(_heading(first, second, width) for first, second in pairs), self.arrives]
        return [point for point, before, after in zip(self.points, headings, headings[1:], strict=False) if before != after]


@dataclass(slots=True)
class Board:
    """The lattice with the paths that lie on it. `xs` and `ys` are about where its lines are, in pixels.

    At each crossing is noted whether a path runs across the page there, down it, or both: two that cross, or a bend,
    where nothing else may pass. `tracks_x` and `tracks_y` number the stretches of tracks between two cells or borders,
    from 1; 0 is a line through a cell, which costs no room of its own.
    """

    xs: Sequence[int]
    ys: Sequence[int]
    tracks_x: Sequence[int]
    tracks_y: Sequence[int]
    laid: bytearray = field(init=False)
    used_x: list[int] = field(init=False)
    used_y: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.laid = bytearray(len(self.xs) * len(self.ys))
        self.used_x, self.used_y = [0] * len(self.xs), [0] * len(self.ys)

    def lay(self, way: Way) -> None:
        """Put a path down."""
        for point, axis in self._lies(way).items():
            self.laid[point] |= axis
        self._count(way, 1)

    def lift(self, way: Way) -> None:
        """Take a path up again."""
        for point, axis in self._lies(way).items():
            self.laid[point] &= ~axis
        self._count(way, -1)

    def turns(self, *, everywhere: bool) -> tuple[list[int | None], list[int | None]]:
        """What it costs to turn onto each line across the page, and down it; None where it is not offered.

        Tracks that nothing uses are all alike: of those that lie side by side only the first and the last are
        offered, unless `everywhere`.
        """
        return (
            _offered(self.tracks_y, self.used_y, everywhere=everywhere),
            _offered(self.tracks_x, self.used_x, everywhere=everywhere),
        )

    def landings(self, way: Way) -> list[tuple[int, int]]:
        """Where, and in which direction, another path may end upon this one: between its bends, at a right angle."""
        found = []
        for point, axis in self._lies(way).items():
            if self.laid[point] == axis and axis in (_ALONG, _UPRIGHT):
                found += [(point, direction) for direction in ((1, 3) if axis == _ALONG else (0, 2))]
        return found

    def _lies(self, way: Way) -> dict[int, int]:
        width = len(self.xs)
        found = {way.points[0]: _axis(way.leaves)}
        found[way.points[-1]] = found.get(way.points[-1], 0) | _axis(way.arrives)
        for first, second in zip(way.points, way.points[1:], strict=False):
            level = first // width == second // width
            step = (1 if level else width) * (1 if second > first else -1)
            for point in range(first, second + step, step):
                found[point] = found.get(point, 0) | (_ALONG if level else _UPRIGHT)
        return found

    def _count(self, way: Way, sign: int) -> None:
        for point, axis in self._lies(way).items():
            y, x = divmod(point, len(self.xs))
            if axis & _ALONG:
                self.used_y[y] += sign
            if axis & _UPRIGHT:
                self.used_x[x] += sign


def find(board: Board, passable: bytes, starts: Ends, goals: Ends, *, shared: bool) -> Way | None:
    """The cheapest path from one of `starts` to one of `goals`, or None.

    `passable` says of each crossing whether the path may use it. With `shared` it may run along others, at a price:
    for drawings that leave no other way.
    """
    return _Search(board, passable, goals, shared=shared).run(starts) if starts and goals else None


class _Search:
    """A* over states: a crossing and the direction in which it was reached (`crossing * 4 + direction`)."""

    def __init__(self, board: Board, passable: bytes, goals: Ends, *, shared: bool) -> None:
        self._width, self._shared = len(board.xs), shared
        self._ground = bytes(lying if free else _WALL for lying, free in zip(board.laid, passable, strict=True))
        closed = _SHARING if shared else None
        # What it costs to come across the page, and down it, to a crossing where that lies.
        self._prices = ((0, closed, _CROSSING, closed, None), (0, _CROSSING, closed, closed, None))
        self._turns = board.turns(everywhere=shared)
        self._strides = (1, self._width, -1, -self._width)
        self._lengths = (_steps(board.xs), _steps(board.ys), _steps_back(board.xs), _steps_back(board.ys))
        self._ends = {crossing * 4 + direction: cost for (crossing, direction), cost in goals.items()}
        self._ahead = Ahead(board.xs, board.ys, goals, _BEND)
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
            estimate, state = heapq.heappop(self._queue)
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
        y, x = divmod(crossing, self._width)
        headings: tuple[tuple[int, float], ...] = ((direction, 0),)
        # Where something lies already one can only cross it, straight on.
        if not self._ground[crossing] or self._shared:
            bend = self._turns[0][y] if direction & 1 else self._turns[1][x]
            if bend is not None:
                headings = ((direction, 0), ((direction + 1) & 3, bend), ((direction + 3) & 3, bend))
        for heading, bend in headings:
            length = self._lengths[heading][y if heading & 1 else x]
            if length is None:
                continue
            following = crossing + self._strides[heading]
            price = self._prices[heading & 1][self._ground[following]]
            if price is not None:
                self._offer(following << 2 | heading, cost + length + price + bend, state)

    def _offer(self, state: int, cost: float, previous: int) -> None:
        if cost < self._best.get(state, float("inf")):
            self._best[state] = cost
            self._came[state] = previous
            y, x = divmod(state >> 2, self._width)
            heapq.heappush(self._queue, (cost + self._ahead.least(x, y, state & 3), state))

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


def _heading(first: int, second: int, width: int) -> int:
    if first // width == second // width:
        return 0 if second > first else 2
    return 1 if second > first else 3


def _offered(tracks: Sequence[int], used: Sequence[int], *, everywhere: bool) -> list[int | None]:
    free = [0, *(0 if count else stretch for stretch, count in zip(tracks, used, strict=True)), 0]
    return [
        None if before == stretch == after != 0 and not everywhere else _BEND + (_NEW_TRACK if stretch else 0)
        for before, stretch, after in zip(free, free[1:], free[2:], strict=False)
    ]


def _axis(direction: int) -> int:
    return _UPRIGHT if direction % 2 else _ALONG
