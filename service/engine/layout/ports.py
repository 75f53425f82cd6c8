"""Where flows dock: the points of the lattice beside a shape, and what it costs to leave or enter there.

Flows leave activities and events on the right and enter on the left; a gateway's upper and lower corners serve as
well. Loops back and messages prefer the upper and lower sides.
"""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from service.engine.layout.axis import Border
from service.engine.layout.grid import Grid
from service.engine.layout.lattice import Lattice
from service.engine.layout.scene import ARTIFACTS, Link, Node, Plane
from service.engine.layout.sizes import BESIDE_HOOK, EVENT, boundary_offsets
from service.engine.reading.vocabulary import EVENTS, GATEWAYS

Side = Literal["right", "bottom", "left", "top"]
SIDES: tuple[Side, ...] = ("right", "bottom", "left", "top")
"""In the order of the four directions 0 to 3 in which a path can run."""

NO_CELL = -1
_NEVER = 10_000
# Per pixel from the middle of the side, and from the corner of a gateway.
_OFF_CENTRE, _OFF_CORNER = 2, 8
# Per row from the one that a sub-process keeps to, per column from its middle, per pixel from the middle of a row.
_OFF_ROW, _OFF_COLUMN, _OFF_BORDER = 200, 10, 12
# Right, bottom, left, top, for a flow that leaves and one that enters.
_LEAVE_ACTIVITY, _ENTER_ACTIVITY = (0, 100, _NEVER, 100), (_NEVER, 100, 0, 100)
_LEAVE_GATEWAY, _ENTER_GATEWAY = (0, 8, _NEVER, 10), (_NEVER, 8, 0, 10)
_LEAVE_EVENT, _ENTER_EVENT = (0, 90, _NEVER, 60), (_NEVER, 60, 0, 40)
_LEAVE_BACK, _ENTER_BACK = (10, 15, _NEVER, 10), (_NEVER, 15, 25, 5)
_MESSAGE = (150, 0, 150, 0)
_ASSOCIATION = (30, 0, 30, 0)


class Port(NamedTuple):
    """A place on the side of a shape. `point` is the crossing next to it; a path leaves it in `direction`.

    `cell` is the row that a left or right side lies in, or the column of an upper or lower one: a sub-process has
    many. `offset` is how far it lies from the middle of that cell (of the event, under a boundary event), right or
    down. On a black box there are no cells; `cell` is NO_CELL there, and `offset` the number of the line.
    """

    node: str
    side: Side
    cell: int
    offset: int
    point: int
    direction: int
    cost: int


class Ports:
    """The ports of every shape on a plane."""

    def __init__(self, plane: Plane, grid: Grid, lattice: Lattice, sizes: Mapping[str, tuple[int, int]]) -> None:
        self._plane, self._grid, self._lattice, self._sizes = plane, grid, lattice, sizes
        self.column: dict[str, tuple[int, int]] = {}
        """The cell and offset that each boundary event hangs under."""
        for node in plane.nodes.values():
            guests = sorted((guest.id for guest in plane.nodes.values() if guest.host == node.id), key=self._depth)
            hooks = self._hooks(node, len(guests))
            self.column |= dict(zip(guests, sorted(hooks, reverse=True), strict=False))

    def has(self, element: str) -> bool:
        """Whether an element is a shape that flows dock at: a node, or a pool."""
        return element in self._plane.nodes or any(pool.id == element for pool in self._plane.pools)

    def of(self, element: str, link: Link, *, leaving: bool, back: bool) -> list[Port]:
        """Where that end of a link may dock: at a node, or anywhere along a black box."""
        node = self._plane.nodes.get(element)
        if node is None:
            return list(self._along_pool(element))
        costs = self._costs(node, link, leaving=leaving, back=back)
        return [
            port._replace(cost=port.cost + costs[port.direction])
            for port in self._all(node)
            if costs[port.direction] < _NEVER
        ]

    def _costs(self, node: Node, link: Link, *, leaving: bool, back: bool) -> tuple[int, int, int, int]:
        if link.kind == "message":
            return _MESSAGE
        if link.kind == "association" or node.kind in ARTIFACTS:
            return _ASSOCIATION
        if node.kind in GATEWAYS:
            return _LEAVE_GATEWAY if leaving else _ENTER_GATEWAY
        if back and node.kind not in EVENTS:
            return _LEAVE_BACK if leaving else _ENTER_BACK
        if node.kind in EVENTS:
            return _LEAVE_EVENT if leaving else _ENTER_EVENT
        return _LEAVE_ACTIVITY if leaving else _ENTER_ACTIVITY

    def _all(self, node: Node) -> Iterator[Port]:
        if node.host is not None:
            yield from self._under(node)
        elif node.id in self._lattice.depths:
            yield from self._around_scope(node)
        else:
            yield from self._around(node)

    def _around(self, node: Node) -> Iterator[Port]:
        across, down, spot = self._lattice.across, self._lattice.down, self._grid.spots[node.id]
        width, height = self._sizes[node.id]
        columns, rows = across.lines_of(spot.first), down.lines_of(spot.row)
        for offset in down.offsets(spot.row):
            if _docks(node, offset, height):
                y = down.line(spot.row, offset)
                cost = abs(offset) * (_OFF_CORNER if node.kind in GATEWAYS else _OFF_CENTRE)
                yield self._port(node.id, 0, (spot.row, offset), (columns.stop, y), cost)
                yield self._port(node.id, 2, (spot.row, offset), (columns.start - 1, y), cost)
        hooks = [self.column[guest.id][1] for guest in self._plane.nodes.values() if guest.host == node.id]
        for offset in across.offsets(spot.first):
            if node.kind in EVENTS | GATEWAYS and offset:
                continue
            if _docks(node, offset, width):
                x = across.line(spot.first, offset)
                cost = _OFF_CENTRE * abs(offset)
                yield self._port(node.id, 3, (spot.first, offset), (x, rows.start - 1), cost)
                if all(abs(offset - hook) > EVENT // 2 + 5 for hook in hooks):
                    yield self._port(node.id, 1, (spot.first, offset), (x, rows.stop), cost)

    def _around_scope(self, node: Node) -> Iterator[Port]:
        across, down, spot = self._lattice.across, self._lattice.down, self._grid.spots[node.id]
        left, top, right, bottom = (
            axis.after(side)
            for axis, side in zip((across, down, across, down), self._lattice.sides(node.id, spot), strict=True)
        )
        for row in range(spot.top, spot.bottom + 1):
            for offset in down.offsets(row):
                y, cost = down.line(row, offset), _OFF_ROW * abs(row - spot.row) + _OFF_BORDER * abs(offset)
                yield self._port(node.id, 0, (row, offset), (right, y), cost)
                yield self._port(node.id, 2, (row, offset), (left - 1, y), cost)
        hooks = {self.column[guest.id][0] for guest in self._plane.nodes.values() if guest.host == node.id}
        for column in range(spot.first, spot.last + 1):
            x, cost = across.line(column), _OFF_COLUMN * abs(2 * column - spot.first - spot.last) // 2
            yield self._port(node.id, 3, (column, 0), (x, top - 1), cost)
            if column not in hooks:
                yield self._port(node.id, 1, (column, 0), (x, bottom), cost)

    def _under(self, node: Node) -> Iterator[Port]:
        host = str(node.host)
        column, hook = self.column[node.id]
        spot = self._grid.spots[host]
        if host in self._lattice.depths:
            y = self._lattice.down.after(self._lattice.sides(host, spot)[3])
        else:
            y = self._lattice.down.lines_of(spot.row).stop
        for offset in self._lattice.across.offsets(column):
            if abs(offset - hook) <= BESIDE_HOOK:
                x, beside = self._lattice.across.line(column, offset), offset - hook
                yield self._port(node.id, 1, (column, beside), (x, y), _OFF_CENTRE * abs(beside))

    def _depth(self, guest: str) -> int:
        """The row that a boundary event leads to: the upper ones hang further right, so that their flows do not cross."""
        targets = (self._plane.anchor(link.target) or "" for link in self._plane.links if link.source == guest)
        return min((self._grid.spots[target].row for target in targets if target in self._grid.spots), default=0)

    def _hooks(self, host: Node, count: int) -> list[tuple[int, int]]:
        """Column and offset of each boundary event of a host."""
        spot = self._grid.spots.get(host.id)
        if spot is None or not count:
            return []
        if host.id not in self._lattice.depths:
            return [(spot.first, offset) for offset in boundary_offsets(count, self._sizes[host.id][0])]
        columns = range(spot.last, spot.first - 1, -1)
        offsets = (0,) if count <= len(columns) else (25, -25)
        return [(column, offset) for column in columns for offset in offsets][:count]

    def _along_pool(self, pool: str) -> Iterator[Port]:
        band = next(band for band in self._grid.bands if band.pool.id == pool)
        down = self._lattice.down
        above = down.after(Border(band.top, "pool")) - 1
        below = down.after(Border(band.top + 1, "pool", ends=True))
        left = self._lattice.across.after(Border(0, "pool"))
        right = self._lattice.across.after(Border(self._grid.columns, "pool", ends=True))
        for x in range(left, right):
            if above >= 0:
                yield self._port(pool, 3, (NO_CELL, x), (x, above), 0)
            if below < len(down.lines):
                yield self._port(pool, 1, (NO_CELL, x), (x, below), 0)

    def _port(self, node: str, direction: int, place: tuple[int, int], point: tuple[int, int], cost: int) -> Port:
        x, y = point
        return Port(node, SIDES[direction], *place, y * self._lattice.width + x, direction, cost)


def _docks(node: Node, offset: int, length: int) -> bool:
    """Whether a side of that length reaches so far from its middle."""
    room = length // 2 - (4 if node.kind in EVENTS | GATEWAYS else 12)
    return abs(offset) <= room
