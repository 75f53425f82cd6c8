"""The lattice that flows run on: where the two axes' lines cross, and what lies at each crossing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.engine.layout.axis import PITCH, Axis, Border, Extent, Gaps, Room, build, positions
from service.engine.layout.grid import Grid, Spot
from service.engine.layout.scene import Link, Plane
from service.engine.layout.sizes import BESIDE_HOOK, boundary_offsets

BLOCKED = -1
OUTSIDE = 0
"""What lies outside all pools."""

# Where flows may dock, in pixels from the middle of a side: on the left and right, and on the top and bottom.
_ROW_REACH = 24
_COLUMN_OFFSETS = (-25, 0, 25)
_BESIDE = (-BESIDE_HOOK, 0, BESIDE_HOOK)
_LEAST_TRACKS, _MOST_TRACKS = 2, 8
_ACROSS = Gaps(cells=50, track=20, border=32)
_DOWN = Gaps(cells=40, track=16, border=26)


@dataclass(frozen=True, slots=True)
class Lattice:
    """Crossing `y * width + x` belongs to `area[...]`: a scope's number, OUTSIDE, or BLOCKED by a shape."""

    across: Axis
    down: Axis
    width: int
    area: Sequence[int]
    numbers: Mapping[str, int]
    depths: Mapping[str, int]

    def sides(self, scope: str, spot: Spot) -> tuple[Border, Border, Border, Border]:
        """The left, top, right and bottom border of an expanded sub-process."""
        depth = self.depths[scope]
        return (
            Border(spot.first, "open", depth),
            Border(spot.top, "open", depth),
            Border(spot.last + 1, "close", depth, ends=True),
            Border(spot.bottom + 1, "close", depth, ends=True),
        )


def lattice(plane: Plane, grid: Grid, sizes: Mapping[str, tuple[int, int]], *, more: int, pitch: int) -> Lattice:
    """The lattice of a grid.

    `more` is how many times the usual number of tracks it has, `pitch` how many pixels lie between two flows that
    dock at one side of a shape.
    """
    depths = _depths(plane, grid)
    pooled = any(pool.id for pool in plane.pools)
    scopes = [(grid.spots[scope], depth) for scope, depth in depths.items()]
    across_borders = [
        _borders(
            number, [(spot.first, spot.last, depth) for spot, depth in scopes], _frame(number, grid) if pooled else []
        )
        for number in range(grid.columns + 1)
    ]
    down_borders = [
        _borders(number, [(spot.top, spot.bottom, depth) for spot, depth in scopes], _bands(number, grid))
        for number in range(grid.rows + 1)
    ]
    demand_across, demand_down = _demand(plane, grid)
    across = build(
        _column_offsets(plane, grid, sizes),
        across_borders,
        [min(count, _MOST_TRACKS) * more for count in demand_across],
        _ACROSS,
    )
    down = build(
        [range(-_ROW_REACH, _ROW_REACH + 1, pitch)] * grid.rows,
        down_borders,
        [min(count, _MOST_TRACKS) * more for count in demand_down],
        _DOWN,
    )
    numbers = {pool.process: number for number, pool in enumerate(plane.pools, start=1) if pool.process}
    numbers |= {scope: len(plane.pools) + number for number, scope in enumerate(depths, start=1)}
    found = Lattice(across, down, len(across.lines), [], numbers, depths)
    area = _Area(found, [OUTSIDE] * (len(across.lines) * len(down.lines)))
    area.paint(plane, grid, pooled=pooled)
    return Lattice(across, down, len(across.lines), area.cells, numbers, depths)


def nominal(axis: Axis, sizes: Sequence[int]) -> list[int]:
    """About where the lines will lie, while it is not known which tracks are used; cells have these sizes."""
    room = Room([Extent(size // 2, size // 2) for size in sizes])
    tracks = frozenset(index for index, stop in enumerate(axis.stops) if stop.kind == "track")
    found = positions(axis, room, tracks, PITCH // 3)
    return [found[stop] + offset for stop, offset in axis.lines]


def _depths(plane: Plane, grid: Grid) -> dict[str, int]:
    """How deep each sub-process that holds something lies, from 1; outer before inner."""
    holders = {node.scope for node in plane.nodes.values()}
    found: dict[str, int] = {}
    for node in plane.nodes.values():
        if node.id in holders and node.id in grid.spots:
            found[node.id] = found.get(node.scope, 0) + 1
    return found


def _frame(number: int, grid: Grid) -> list[Border]:
    begins = [Border(0, "pool")] if number == 0 else []
    return begins + ([Border(number, "pool", ends=True)] if number == grid.columns else [])


def _bands(number: int, grid: Grid) -> list[Border]:
    above = next((band for band in grid.bands if band.bottom + 1 == number), None)
    below = next((band for band in grid.bands if band.top == number), None)
    if above and below and above.pool == below.pool:
        return [Border(number, "lane")]
    ends = [Border(number, "pool", ends=True)] if above and above.pool.id else []
    return ends + ([Border(number, "pool")] if below and below.pool.id else [])


def _borders(number: int, scopes: Sequence[tuple[int, int, int]], between: Sequence[Border]) -> list[Border]:
    closed = sorted({depth for _, last, depth in scopes if last + 1 == number}, reverse=True)
    opened = sorted({depth for first, _, depth in scopes if first == number})
    return [
        *(Border(number, "close", depth, ends=True) for depth in closed),
        *between,
        *(Border(number, "open", depth) for depth in opened),
    ]


def _column_offsets(plane: Plane, grid: Grid, sizes: Mapping[str, tuple[int, int]]) -> list[list[int]]:
    """The lines through each column: where shapes have their ports, and where boundary events hang."""
    found = [set(_COLUMN_OFFSETS) for _ in range(grid.columns)]
    ends = [end for link in plane.links for end in (link.source, link.target)]
    for host, spot in grid.spots.items():
        guests = [node.id for node in plane.nodes.values() if node.host == host]
        hooks = boundary_offsets(len(guests), sizes[host][0]) if host in sizes else _COLUMN_OFFSETS
        busy = any(ends.count(guest) > 1 for guest in guests)
        for column in range(spot.first, spot.last + 1) if guests else ():
            found[column].update(hook + beside for hook in hooks for beside in (_BESIDE if busy else (0,)))
    return [sorted(offsets) for offsets in found]


def _demand(plane: Plane, grid: Grid) -> tuple[list[int], list[int]]:
    """How many tracks may be wanted before each column and row: one per flow that bends near it."""
    across, down = [_LEAST_TRACKS] * (grid.columns + 1), [_LEAST_TRACKS] * (grid.rows + 1)
    for link in plane.links:
        ends = _ends(plane, grid, link)
        if ends is None:
            continue
        source, target = ends
        if source.row == target.row and source.last + 1 == target.first:
            continue
        for number in {source.last + 1, target.first}:
            across[number] += 1
        for number in {source.top, source.bottom + 1, target.top, target.bottom + 1}:
            down[number] += 1
    return across, down


def _ends(plane: Plane, grid: Grid, link: Link) -> tuple[Spot, Spot] | None:
    source, target = plane.anchor(link.source), plane.anchor(link.target)
    if source in grid.spots and target in grid.spots:
        return grid.spots[str(source)], grid.spots[str(target)]
    return None


@dataclass(frozen=True, slots=True)
class _Area:
    lattice: Lattice
    cells: list[int]

    def paint(self, plane: Plane, grid: Grid, *, pooled: bool) -> None:
        """From outer to inner: pools, sub-processes, shapes."""
        lattice = self.lattice
        left, right = (
            (lattice.across.after(Border(0, "pool")), lattice.across.after(Border(grid.columns, "pool", ends=True)))
            if pooled
            else (0, lattice.width)
        )
        for pool in plane.pools:
            bands = [band for band in grid.bands if band.pool == pool]
            top, bottom = bands[0].top, bands[-1].bottom
            first, last = (
                (lattice.down.after(Border(top, "pool")), lattice.down.after(Border(bottom + 1, "pool", ends=True)))
                if pool.id
                else (0, len(lattice.down.lines))
            )
            number = lattice.numbers[pool.process] if pool.process else BLOCKED
            self._fill(range(left, right), range(first, last), number)
        for scope in lattice.depths:
            sides = lattice.sides(scope, grid.spots[scope])
            x = range(lattice.across.after(sides[0]), lattice.across.after(sides[2]))
            y = range(lattice.down.after(sides[1]), lattice.down.after(sides[3]))
            self._fill(x, y, lattice.numbers[scope])
        for node, spot in grid.spots.items():
            if node not in lattice.depths:
                self._fill(lattice.across.lines_of(spot.first), lattice.down.lines_of(spot.row), BLOCKED)

    def _fill(self, x: range, y: range, number: int) -> None:
        for row in y:
            start = row * self.lattice.width
            self.cells[start + x.start : start + x.stop] = [number] * len(x)
