"""One direction of the drawing as a row of stops: cells, borders, and the tracks between them that flows may take.

The order of the stops is fixed before anything is routed; where they lie in pixels follows from what was routed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

PITCH = 15
"""Pixels between two tracks, and between two flows that dock at one side."""


class Border(NamedTuple):
    """A border between cells `before` - 1 and `before`: where sub-processes, lanes or pools begin or end.

    Sub-processes of one depth share a border; `depth` is 0 for lanes and pools.
    """

    before: int
    kind: Literal["pool", "lane", "open", "close"]
    depth: int = 0
    ends: bool = False


class Stop(NamedTuple):
    """One place on the axis. `cell` is the number of a cell, or of the cell that a border or track lies before."""

    kind: Literal["cell", "border", "track"]
    cell: int
    border: Border | None = None


class Extent(NamedTuple):
    """What a cell needs on either side of its centre line, in pixels: for shapes, and for labels beside them."""

    before: int = 0
    after: int = 0
    label_before: int = 0
    label_after: int = 0


@dataclass(frozen=True, slots=True)
class Gaps:
    """The white space of one direction, in pixels."""

    cells: int
    track: int
    border: int


@dataclass(frozen=True, slots=True)
class Axis:
    """The stops in order. `lines` are those that a flow may run along: (stop, offset from it in pixels)."""

    stops: tuple[Stop, ...]
    lines: tuple[tuple[int, int], ...]
    gaps: Gaps
    _of_cell: Mapping[tuple[int, int], int] = field(default_factory=dict)

    def line(self, cell: int, offset: int = 0) -> int:
        """The line through a cell, `offset` pixels after its centre."""
        return self._of_cell[cell, offset]

    def offsets(self, cell: int) -> list[int]:
        """The offsets of the lines through a cell."""
        return [offset for (other, offset) in self._of_cell if other == cell]

    def lines_of(self, cell: int) -> range:
        """All lines through a cell."""
        found = [line for (other, _), line in self._of_cell.items() if other == cell]
        return range(min(found), max(found) + 1)

    def after(self, border: Border) -> int:
        """The first line after a border."""
        stop = next(index for index, stop in enumerate(self.stops) if stop.border == border)
        return next((index for index, (at, _) in enumerate(self.lines) if at > stop), len(self.lines))

    def stretches(self) -> list[int]:
        """For each track the number, from 1, of those between two cells or borders that it belongs to.

        0 for a line through the middle of a cell, -1 for another one through a cell.
        """
        number, of_stop = 0, {}
        for index, stop in enumerate(self.stops):
            number += index == 0 or stop.kind != "track"
            of_stop[index] = number if stop.kind == "track" else 0
        return [-1 if offset else of_stop[stop] for stop, offset in self.lines]


def build(
    cells: Sequence[Sequence[int]], borders: Sequence[Sequence[Border]], tracks: Sequence[int], gaps: Gaps
) -> Axis:
    """An axis of cells with lines at these offsets.

    `borders[n]` stand before cell n, in order; `tracks[n]` is how many tracks there are on each side of each of them.
    Both have one entry more than there are cells.
    """
    stops: list[Stop] = []
    lines: list[tuple[int, int]] = []
    of_cell: dict[tuple[int, int], int] = {}
    for number in range(len(cells) + 1):
        for border in (*borders[number], None):
            for _ in range(tracks[number]):
                lines.append((len(stops), 0))
                stops.append(Stop("track", number))
            if border is not None:
                stops.append(Stop("border", number, border))
        if number < len(cells):
            for offset in sorted(cells[number]):
                of_cell[number, offset] = len(lines)
                lines.append((len(stops), offset))
            stops.append(Stop("cell", number))
    return Axis(tuple(stops), tuple(lines), gaps, of_cell)


@dataclass(frozen=True, slots=True)
class Room:
    """What the stops of an axis need: an extent per cell, and pixels more on either side of a border."""

    cells: Sequence[Extent]
    before: Mapping[Border, int] = field(default_factory=dict)
    after: Mapping[Border, int] = field(default_factory=dict)


def positions(axis: Axis, room: Room, used: frozenset[int], pitch: int = PITCH) -> list[int]:
    """The pixel of each stop. Tracks that are not among the `used` stops take no room.

    The tracks between two neighbours lie in the middle of what is free there.
    """
    found = [0] * len(axis.stops)
    previous: int | None = None
    between: list[int] = []
    for index, stop in enumerate(axis.stops):
        if stop.kind == "track":
            if index in used:
                between.append(index)
            continue
        if previous is not None:
            lead, trail = _side(axis, room, previous, after=True), _side(axis, room, index, after=False)
            needed = lead + trail + pitch * (len(between) - 1) if between else 0
            width = max(needed, _distance(axis, room, previous, index))
            first = found[previous] + lead + (width - needed) // 2
            for place, track in enumerate(between):
                found[track] = first + pitch * place
            found[index] = found[previous] + width
        else:
            lead = _side(axis, room, index, after=False)
            for place, track in enumerate(reversed(between)):
                found[track] = -lead - pitch * place
        previous, between = index, []
    if previous is not None:
        lead = _side(axis, room, previous, after=True)
        for place, track in enumerate(between):
            found[track] = found[previous] + lead + pitch * place
    return found


def _side(axis: Axis, room: Room, index: int, *, after: bool) -> int:
    """How near a track may come to a cell or border."""
    stop = axis.stops[index]
    if stop.border is not None:
        return axis.gaps.track + (room.after if after else room.before).get(stop.border, 0)
    shape, label = _extent(room, stop, after=after)
    return max(shape + axis.gaps.track, label + 8)


def _distance(axis: Axis, room: Room, first: int, second: int) -> int:
    """How far two neighbours lie from each other at least, with nothing between them."""
    one, two = axis.stops[first], axis.stops[second]
    if one.border is not None and two.border is not None:
        extra = room.after.get(one.border, 0) + room.before.get(two.border, 0)
        return axis.gaps.border + extra
    if one.border is not None or two.border is not None:
        cell, border, after = (two, one.border, False) if one.border is not None else (one, two.border, True)
        shape, label = _extent(room, cell, after=after)
        extra = (room.before if after else room.after).get(border, 0) if border is not None else 0
        return max(shape + axis.gaps.border, label + 10) + extra
    shape_one, label_one = _extent(room, one, after=True)
    shape_two, label_two = _extent(room, two, after=False)
    return max(
        shape_one + axis.gaps.cells + shape_two,
        label_one + 12 + label_two,
        label_one + axis.gaps.track + shape_two,
        shape_one + axis.gaps.track + label_two,
    )


def _extent(room: Room, stop: Stop, *, after: bool) -> tuple[int, int]:
    extent = room.cells[stop.cell]
    return (extent.after, extent.label_after) if after else (extent.before, extent.label_before)
