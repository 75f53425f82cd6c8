"""The least that the rest of a path can cost: the search looks first where that is little."""

from collections.abc import Iterable, Sequence
from functools import cache


class Ahead:
    """Lower bounds towards goals (crossing, direction of arrival) on lines at `xs` and `ys`; a bend costs `bend`."""

    def __init__(self, xs: Sequence[int], ys: Sequence[int], goals: Iterable[tuple[int, int]], bend: float) -> None:
        crossings = [(crossing % len(xs), crossing // len(xs)) for crossing, _ in goals]
        left, right = min(x for x, _ in crossings), max(x for x, _ in crossings)
        top, bottom = min(y for _, y in crossings), max(y for _, y in crossings)
        self._across = [max(xs[left] - at, 0, at - xs[right]) for at in xs]
        self._down = [max(ys[top] - at, 0, at - ys[bottom]) for at in ys]
        # 0: the goals lie before, 1: on both sides or here, 2: after.
        self._side_x = [2 if line < left else 0 if line > right else 1 for line in range(len(xs))]
        self._side_y = [2 if line < top else 0 if line > bottom else 1 for line in range(len(ys))]
        arrivals = frozenset(direction for _, direction in goals)
        self._bends = [
            bend * bends_needed(heading, across - 1, down - 1, arrivals)
            for heading in range(4)
            for across in range(3)
            for down in range(3)
        ]

    def least(self, x: int, y: int, heading: int) -> float:
        """The least that it can cost from the crossing of two lines, reached in that direction."""
        return self._across[x] + self._down[y] + self._bends[heading * 9 + self._side_x[x] * 3 + self._side_y[y]]


@cache
def bends_needed(heading: int, across: int, down: int, arrivals: frozenset[int]) -> int:
    """How often a path must turn that runs in `heading`, has to go `across` and `down` the page, and arrives so.

    `across` and `down` are 1 for right and down, -1 for left and up, 0 for neither.
    """
    wanted = {({1: 0, -1: 2}[across])} if across else set()
    wanted |= {({1: 1, -1: 3}[down])} if down else set()
    reached = {(heading, frozenset({heading}))}
    for bends in range(5):
        if any(wanted <= taken and last in arrivals for last, taken in reached):
            return bends
        reached = {(turn, taken | {turn}) for last, taken in reached for turn in ((last + 1) % 4, (last + 3) % 4)}
    return 0
