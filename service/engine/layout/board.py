"""The lattice with the paths that lie on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

BEND, NEW_TRACK = 45, 8
"""What a bend costs, and the first use of a track, as if it were so many pixels of the way."""

ALONG, UPRIGHT = 1, 2
"""What lies at a crossing of two lines: a path across the page, or one down it; both where they cross or one bends."""

Ends = Mapping[tuple[int, int], float]
"""Crossing and direction → what it costs to set out or arrive there. Directions are 0 right, 1 down, 2 left, 3 up."""


class Way(NamedTuple):
    """A path: the crossings at its ends and bends, and the directions in which it sets out and arrives."""

    points: tuple[int, ...]
    leaves: int
    arrives: int

    def bends(self, width: int) -> list[int]:
        """The crossings at which it turns, on a lattice that is `width` crossings wide."""
        pairs = pairwise(self.points)
        headings = [self.leaves, *(_heading(first, second, width) for first, second in pairs), self.arrives]
        return [
            point for point, before, after in zip(self.points, headings, headings[1:], strict=False) if before != after
        ]


@dataclass(slots=True)
class Board:
    """The lattice with the paths that lie on it. `xs` and `ys` are about where its lines are, in pixels.

    At each crossing is noted whether a path runs across the page there, down it, or both: two that cross, or a bend,
    where nothing else may pass. `stretches_x` and `stretches_y` number the stretches of tracks between two cells or
    borders, from 1; 0 is a line through the middle of a cell, -1 another line through a cell.
    """

    xs: Sequence[int]
    ys: Sequence[int]
    stretches_x: Sequence[int]
    stretches_y: Sequence[int]
    laid: bytearray = field(init=False)
    used_x: list[int] = field(init=False)
    used_y: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.laid = bytearray(len(self.xs) * len(self.ys))
        self.used_x, self.used_y = [0] * len(self.xs), [0] * len(self.ys)

    def lay(self, way: Way, *trunks: bytearray) -> None:
        """Put a path down, and note in each of `trunks`, which are like `laid`, that it belongs there."""
        for point, axis in self.lies(way).items():
            for ground in (self.laid, *trunks):
                ground[point] |= axis
        self._count(way, 1)

    def ground(self, walls: bytes, *trunks: bytearray) -> bytes:
        """What lies where, with `walls`, as it is for a path that may run along those noted in `trunks`."""
        # All crossings at once, as one number: one after the other would take longer than the search.
        laid, own = int.from_bytes(self.laid), 0
        for trunk in trunks:
            own |= int.from_bytes(trunk)
        return (laid & ~own | int.from_bytes(walls)).to_bytes(len(walls))

    def lift(self, way: Way) -> None:
        """Take a path up again."""
        for point, axis in self.lies(way).items():
            self.laid[point] &= ~axis
        self._count(way, -1)

    def turns(self, goals: Ends) -> tuple[list[int | None], list[int | None]]:
        """What it costs to turn onto each line across the page, and down it; None where it is not offered.

        Tracks that nothing uses are all alike: of those that lie side by side only the first and the last are
        offered. Lines beside the middle of a cell lead to goals and nowhere else.
        """
        levels, uprights = (
            {goal // len(self.xs) for goal, direction in goals if direction % 2 == 0},
            {goal % len(self.xs) for goal, direction in goals if direction % 2 == 1},
        )
        return (
            _offered(self.stretches_y, self.used_y, levels),
            _offered(self.stretches_x, self.used_x, uprights),
        )

    def landings(self, way: Way) -> list[tuple[int, int]]:
        """Where, and in which direction, another path may end upon this one: between its bends, at a right angle."""
        found = []
        for point, axis in self.lies(way).items():
            if self.laid[point] == axis and axis in (ALONG, UPRIGHT):
                found += [(point, direction) for direction in ((1, 3) if axis == ALONG else (0, 2))]
        return found

    def length(self, way: Way) -> int:
        """How long a path is, about, in pixels."""
        ends = [divmod(point, len(self.xs)) for point in way.points]
        return sum(
            abs(self.xs[x] - self.xs[before_x]) + abs(self.ys[y] - self.ys[before_y])
            for (before_y, before_x), (y, x) in pairwise(ends)
        )

    def lies(self, way: Way) -> dict[int, int]:
        """Crossing → how a path lies there: across the page, down it, or both where it bends."""
        width = len(self.xs)
        found = {way.points[0]: _axis(way.leaves)}
        found[way.points[-1]] = found.get(way.points[-1], 0) | _axis(way.arrives)
        for first, second in pairwise(way.points):
            level = first // width == second // width
            step = (1 if level else width) * (1 if second > first else -1)
            for point in range(first, second + step, step):
                found[point] = found.get(point, 0) | (ALONG if level else UPRIGHT)
        return found

    def _count(self, way: Way, sign: int) -> None:
        for point, axis in self.lies(way).items():
            y, x = divmod(point, len(self.xs))
            if axis & ALONG:
                self.used_y[y] += sign
            if axis & UPRIGHT:
                self.used_x[x] += sign


def _heading(first: int, second: int, width: int) -> int:
    if first // width == second // width:
        return 0 if second > first else 2
    return 1 if second > first else 3


def _offered(stretches: Sequence[int], used: Sequence[int], wanted: set[int]) -> list[int | None]:
    free = [0, *(0 if count else stretch for stretch, count in zip(stretches, used, strict=True)), 0]
    found: list[int | None] = []
    for line, (before, stretch, after) in enumerate(zip(free, free[1:], free[2:], strict=False)):
        hidden = stretch < 0 or before == stretch == after != 0
        offered = line in wanted or not hidden
        found.append(BEND + (NEW_TRACK if stretch > 0 else 0) if offered else None)
    return found


def _axis(direction: int) -> int:
    return UPRIGHT if direction % 2 else ALONG
