"""From stops to pixels: how much room shapes, labels, lanes and the tracks in use need."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from service.engine.layout.axis import Axis, Border, Extent, Room, positions
from service.engine.layout.board import Board
from service.engine.layout.geometry import Box
from service.engine.layout.grid import Band, Grid
from service.engine.layout.labels import Labels, Place
from service.engine.layout.lattice import Lattice
from service.engine.layout.ports import NO_CELL, Side
from service.engine.layout.scene import Plane, Pool
from service.engine.layout.sizes import EVENT
from service.engine.layout.text import NAME_SIZE, text_width

HEADER = 30
"""The strip of a pool or lane that holds its name."""

_SCOPE_NAME = 22
_BLACK_BOX = 60
_LEAST_BAND, _MOST_FOR_NAME = 90, 220


@dataclass(frozen=True, slots=True)
class Spacing:
    """Where the lines and borders of a plane lie, in pixels."""

    xs: tuple[int, ...]
    ys: tuple[int, ...]
    _x_of: Mapping[Border, int]
    _y_of: Mapping[Border, int]

    def x(self, border: Border) -> int:
        """Where an upright border lies."""
        return self._x_of[border]

    def y(self, border: Border) -> int:
        """Where a level border lies."""
        return self._y_of[border]


def space(
    plane: Plane, grid: Grid, lattice: Lattice, sizes: Mapping[str, tuple[int, int]], labels: Labels, board: Board
) -> Spacing:
    """The lines and borders, as close to each other as what lies between them allows."""
    needs = _Needs(plane, grid, lattice, sizes, labels)
    needs.gather()
    _reach(needs.columns, lattice.across, board.used_x)
    _reach(needs.rows, lattice.down, board.used_y)
    across_room = Room(needs.columns, needs.before_x, needs.after_x)
    used_x = frozenset(stop for (stop, _), count in zip(lattice.across.lines, board.used_x, strict=True) if count)
    used_y = frozenset(stop for (stop, _), count in zip(lattice.down.lines, board.used_y, strict=True) if count)
    across = positions(lattice.across, across_room, used_x)
    down = positions(lattice.down, Room(needs.rows, needs.before_y, needs.after_y), used_y)
    if needs.stretch(down):
        down = positions(lattice.down, Room(needs.rows, needs.before_y, needs.after_y), used_y)
    return Spacing(
        tuple(across[stop] + offset for stop, offset in lattice.across.lines),
        tuple(down[stop] + offset for stop, offset in lattice.down.lines),
        {stop.border: across[index] for index, stop in enumerate(lattice.across.stops) if stop.border},
        {stop.border: down[index] for index, stop in enumerate(lattice.down.stops) if stop.border},
    )


def band_borders(grid: Grid, band: Band) -> tuple[Border, Border] | None:
    """The borders above and below a band; None where nothing is drawn around it."""
    if band.pool.id is None:
        return None
    mine = [other for other in grid.bands if other.pool == band.pool]
    above = Border(band.top, "pool" if band == mine[0] else "lane")
    below = Border(band.bottom + 1, "pool", ends=True) if band == mine[-1] else Border(band.bottom + 1, "lane")
    return above, below


@dataclass(slots=True)
class _Needs:
    """What everything needs, gathered."""

    plane: Plane
    grid: Grid
    lattice: Lattice
    sizes: Mapping[str, tuple[int, int]]
    labels: Labels
    columns: list[Extent] = field(default_factory=list)
    rows: list[Extent] = field(default_factory=list)
    before_x: dict[Border, int] = field(default_factory=dict)
    after_x: dict[Border, int] = field(default_factory=dict)
    before_y: dict[Border, int] = field(default_factory=dict)
    after_y: dict[Border, int] = field(default_factory=dict)

    def gather(self) -> None:
        """Extents of the cells, and what borders need besides."""
        self.columns = [Extent()] * self.grid.columns
        self.rows = [Extent()] * self.grid.rows
        for node, spot in self.grid.spots.items():
            if node not in self.lattice.depths:
                across, down = self._cell(node)
                self.columns[spot.first] = _larger(self.columns[spot.first], across)
                self.rows[spot.row] = _larger(self.rows[spot.row], down)
        for band in self.grid.bands:
            if band.pool.process is None:
                half = _BLACK_BOX // 2 - self.lattice.down.gaps.border
                self.rows[band.top] = Extent(half, half)
        self._headers()
        self._scopes()
        for place, box in self.labels.values():
            if place.side is not None and place.cell != NO_CELL:
                self._at_border(place, place.side, box)

    def stretch(self, down: Sequence[int]) -> bool:
        """Heighten the lanes and pools that are too low for their names, given where the stops lie; whether any was."""
        at = {stop.border: down[index] for index, stop in enumerate(self.lattice.down.stops) if stop.border}
        found = False
        for names, above, below in self._named_bands():
            missing = max(map(_height_for, names)) - (at[below] - at[above])
            if missing > 0:
                found = True
                _add(self.after_y, above, missing // 2)
                _add(self.before_y, below, missing - missing // 2)
        return found

    def _cell(self, node: str) -> tuple[Extent, Extent]:
        """What a shape with its labels and boundary events needs across and down the page."""
        width, height = self.sizes[node]
        boxes = [box for place, box in self.labels.values() if place == Place(node)]
        guests = any(other.host == node for other in self.plane.nodes.values())
        hang = EVENT // 2 if guests else 0
        return (
            Extent(
                width // 2,
                width // 2,
                ceil(max((-box.x for box in boxes), default=0)),
                ceil(max((box.right for box in boxes), default=0)),
            ),
            Extent(
                height // 2,
                height // 2 + hang,
                ceil(max((-box.y for box in boxes), default=0)),
                ceil(max((box.bottom for box in boxes), default=0)),
            ),
        )

    def _headers(self) -> None:
        """The strips with the names of pools and lanes."""
        levels = max((1 + _levels(pool) for pool in self.plane.pools if pool.id), default=0)
        if levels:
            _add(self.after_x, Border(0, "pool"), HEADER * levels)

    def _scopes(self) -> None:
        """The names of sub-processes, and the boundary events on them."""
        for scope in self.lattice.depths:
            sides = self.lattice.sides(scope, self.grid.spots[scope])
            if self.plane.nodes[scope].name:
                _raise(self.after_y, sides[1], _SCOPE_NAME)
            if any(guest.host == scope for guest in self.plane.nodes.values()):
                _raise(self.before_y, sides[3], EVENT // 2)
                _raise(self.after_y, sides[3], EVENT // 2)

    def _at_border(self, place: Place, side: Side, box: Box) -> None:
        """A label at the border of a sub-process, which takes room of the border and of the row or column."""
        left, top, right, bottom = self.lattice.sides(place.node, self.grid.spots[place.node])
        before_x, after_x, before_y, after_y = (ceil(way) for way in (-box.x, box.right, -box.y, box.bottom))
        if side in ("left", "right"):
            self.rows[place.cell] = _larger(self.rows[place.cell], Extent(0, 0, before_y, after_y))
        else:
            self.columns[place.cell] = _larger(self.columns[place.cell], Extent(0, 0, before_x, after_x))
        if side == "left":
            _raise(self.before_x, left, before_x)
        elif side == "right":
            _raise(self.after_x, right, after_x)
        elif side == "top":
            _raise(self.before_y, top, before_y)
        else:
            _raise(self.after_y, bottom, after_y)

    def _named_bands(self) -> Iterator[tuple[Sequence[str], Border, Border]]:
        """Names of lanes, then of the lanes and pools around them, each with the borders above and below."""
        for pool in self.plane.pools:
            bands = [(band, band_borders(self.grid, band)) for band in self.grid.bands if band.pool == pool]
            edges = {band.lane: borders for band, borders in bands if borders}
            for lane in reversed(pool.lanes):
                inner = [edges[leaf.id] for leaf in pool.within(lane)]
                yield self.plane.names(lane), inner[0][0], inner[-1][1]
            if edges and pool.process:
                yield self.plane.names(pool), next(iter(edges.values()))[0], list(edges.values())[-1][1]


def _levels(pool: Pool) -> int:
    """How deep lanes lie within each other."""
    depths: dict[str, int] = {}
    for lane in pool.lanes:
        depths[lane.id] = depths.get(lane.parent or "", 0) + 1
    return max(depths.values(), default=0)


def _height_for(name: str) -> int:
    """How high a lane must be for its name, which runs up its left side: on one line, or two if it is long."""
    length = text_width(name, NAME_SIZE) + 16
    return max(_LEAST_BAND, ceil(length if length <= _MOST_FOR_NAME else length / 2 + 30))


def _add(needs: dict[Border, int], border: Border, pixels: int) -> None:
    needs[border] = needs.get(border, 0) + pixels


def _raise(needs: dict[Border, int], border: Border, pixels: int) -> None:
    needs[border] = max(needs.get(border, 0), pixels)


def _reach(cells: list[Extent], axis: Axis, used: Sequence[int]) -> None:
    """A flow that runs beside the middle of a cell needs room there, even if the cell holds smaller shapes only."""
    for (stop, offset), count in zip(axis.lines, used, strict=True):
        if offset and count:
            cell = axis.stops[stop].cell
            cells[cell] = _larger(cells[cell], Extent(max(-offset, 0), max(offset, 0)))


def _larger(one: Extent, two: Extent) -> Extent:
    return Extent(*(max(pair) for pair in zip(one, two, strict=True)))
