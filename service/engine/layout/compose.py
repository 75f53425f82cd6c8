"""A plane → its drawing: place the nodes, route the links, then measure out the room they need."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from service.engine.layout.axis import Border
from service.engine.layout.board import Board
from service.engine.layout.docking import dock
from service.engine.layout.drawing import Drawing, Edge, Shape
from service.engine.layout.geometry import Box, Point
from service.engine.layout.grid import Grid, place
from service.engine.layout.labels import Labels, place_labels
from service.engine.layout.lattice import Lattice, lattice, nominal
from service.engine.layout.ports import NO_CELL, Port, Ports, Side
from service.engine.layout.routing import Route, Router
from service.engine.layout.scene import Node, Plane, Pool
from service.engine.layout.sizes import EVENT, size_of
from service.engine.layout.spacing import HEADER, Spacing, band_borders, space
from service.engine.layout.text import label_size
from service.engine.layout.untangling import untangle
from service.engine.layout.widening import nearest_end, resized
from service.engine.reading.vocabulary import SUBPROCESSES

_CORNER = (160, 80)
"""Where a drawing begins, as in the usual editors."""


class _Attempt(NamedTuple):
    """How many times the usual number of tracks there are, how near flows dock, whether they may run along others."""

    more: int
    pitch: int
    shared: bool


_ATTEMPTS = (_Attempt(1, 12, False), _Attempt(2, 6, False), _Attempt(2, 6, True))

_Sizes = Mapping[str, tuple[int, int]]


def compose(plane: Plane) -> Drawing:
    """The drawing of a plane."""
    grid = place(plane)
    hosts = [node.host for node in plane.nodes.values()]
    holders = {node.scope for node in plane.nodes.values()}
    filling = [plane.nodes[node] for node in grid.spots if node not in holders]
    sizes = {node.id: size_of(node, plane.names(node), hosts.count(node.id)) for node in filling}
    drawing = None
    for attempt in _ATTEMPTS:
        drawing = drawing or _drawn(plane, grid, sizes, attempt)
    assert drawing is not None, "the last attempt leaves out what finds no way"
    return drawing.beginning_at(_CORNER)


def _drawn(plane: Plane, grid: Grid, sizes: _Sizes, attempt: _Attempt) -> Drawing | None:
    net = lattice(plane, grid, sizes, more=attempt.more, pitch=attempt.pitch)
    ports = Ports(plane, grid, net, sizes)
    board = _board(grid, net, sizes)
    router = Router(plane, grid, net, ports, board, attempt.shared)
    if not router.lay_flows():
        return None
    untangle(router)
    routes = router.routes()
    if routes is None:
        return None
    labels = place_labels(plane, sizes, ports, routes)
    spacing = space(plane, grid, net, sizes, labels, board)
    composition = _Composition(plane, grid, net, sizes, ports, labels, spacing)
    shapes = tuple(composition.shapes())
    boxes = {shape.element: shape.box for shape in shapes}
    edges = [composition.edge(routes[link.id], boxes) for link in plane.links if link.id in routes]
    return Drawing(plane.element, shapes, tuple(edges))


def _board(grid: Grid, net: Lattice, sizes: _Sizes) -> Board:
    widths, heights = [0] * grid.columns, [0] * grid.rows
    for node, (width, height) in sizes.items():
        spot = grid.spots[node]
        widths[spot.first] = max(widths[spot.first], width)
        heights[spot.row] = max(heights[spot.row], height)
    return Board(
        nominal(net.across, widths),
        nominal(net.down, heights),
        net.across.stretches(),
        net.down.stretches(),
    )


@dataclass(frozen=True, slots=True)
class _Composition:
    plane: Plane
    grid: Grid
    net: Lattice
    sizes: _Sizes
    ports: Ports
    labels: Labels
    spacing: Spacing

    def shapes(self) -> Iterator[Shape]:
        """Pools, lanes, and nodes in the order of the file, so that what holds others stands before them."""
        for pool in self.plane.pools:
            if pool.id is not None:
                yield from self._pool(pool)
        boxes = {node.id: self._box(node) for node in self.plane.nodes.values()}
        for node in self.plane.nodes.values():
            label = self._room(node.id, boxes)
            yield Shape(
                node.id,
                boxes[node.id],
                label and resized(label, label_size(node.name), boxes[node.id].middle),
                expanded=node.id in self.net.depths if node.kind in SUBPROCESSES else None,
                marker=True if node.kind == "exclusiveGateway" else None,
            )

    def edge(self, route: Route, boxes: Mapping[str, Box]) -> Edge:
        """A path in pixels, with its label."""
        way = route.way
        begin, end = (
            self._crossing(point) if port is None else self._dock(port, boxes)
            for port, point in ((route.leaves, way.points[0]), (route.enters, way.points[-1]))
        )
        bends = [self._crossing(point) for point in way.bends(self.net.width)]
        points, label = (begin, *bends, end), self._room(route.link.id, boxes)
        return Edge(
            route.link.id,
            points,
            label and resized(label, label_size(route.link.name), nearest_end(points, label)),
        )

    def _pool(self, pool: Pool) -> Iterator[Shape]:
        edges = {
            band.lane: borders
            for band in self.grid.bands
            if band.pool == pool and (borders := band_borders(self.grid, band)) is not None
        }
        left, right = self.spacing.x(Border(0, "pool")), self.spacing.x(Border(self.grid.columns, "pool", ends=True))
        first, last = next(iter(edges.values()))[0], list(edges.values())[-1][1]
        yield Shape(str(pool.id), self._between(left, right, first, last), horizontal=True)
        lefts: dict[str | None, int] = {None: left}
        for lane in pool.lanes:
            lefts[lane.id] = lefts[lane.parent] + HEADER
            inner = [edges[leaf.id] for leaf in pool.within(lane)]
            yield Shape(lane.id, self._between(lefts[lane.id], right, inner[0][0], inner[-1][1]), horizontal=True)

    def _between(self, left: int, right: int, above: Border, below: Border) -> Box:
        top = self.spacing.y(above)
        return Box(left, top, right - left, self.spacing.y(below) - top)

    def _box(self, node: Node) -> Box:
        if node.host is not None:
            x, y = self._hook(node)
            return Box(x - EVENT // 2, y - EVENT // 2, EVENT, EVENT)
        if node.id in self.net.depths:
            left, top, right, bottom = self.net.sides(node.id, self.grid.spots[node.id])
            return self._between(self.spacing.x(left), self.spacing.x(right), top, bottom)
        x, y = self._centre(node.id)
        width, height = self.sizes[node.id]
        return Box(x - width // 2, y - height // 2, width, height)

    def _centre(self, node: str) -> tuple[int, int]:
        spot = self.grid.spots[node]
        return self.spacing.xs[self.net.across.line(spot.first)], self.spacing.ys[self.net.down.line(spot.row)]

    def _hook(self, guest: Node) -> tuple[int, int]:
        """The centre of a boundary event, on the lower edge of its host."""
        host = str(guest.host)
        x = self.spacing.xs[self.net.across.line(*self.ports.column[guest.id])]
        if host in self.net.depths:
            return x, self.spacing.y(self.net.sides(host, self.grid.spots[host])[3])
        return x, self._centre(host)[1] + self.sizes[host][1] // 2

    def _room(self, element: str, boxes: Mapping[str, Box]) -> Box | None:
        """Where the names of an element stand when they are written outside, each in its language."""
        if element not in self.labels:
            return None
        place, label = self.labels[element]
        if place.side is None:
            return label.moved(*self._centre(place.node))
        return label.moved(*self._on_border(boxes[place.node], place.side, place.cell, place.line))

    def _on_border(self, box: Box, side: Side, cell: int, line: int) -> Point:
        """Where the middle of a row or column, or a line, meets the border of a sub-process or pool."""
        if side in ("left", "right"):
            return box.x if side == "left" else box.right, self.spacing.ys[self.net.down.line(cell)]
        x = self.spacing.xs[line if cell == NO_CELL else self.net.across.line(cell)]
        return x, box.y if side == "top" else box.bottom

    def _crossing(self, point: int) -> Point:
        y, x = divmod(point, self.net.width)
        return self.spacing.xs[x], self.spacing.ys[y]

    def _dock(self, port: Port, boxes: Mapping[str, Box]) -> Point:
        """Where a path meets its shape."""
        node, box = self.plane.nodes.get(port.node), boxes[port.node]
        if node is not None and node.id not in self.net.depths:
            return dock(node.kind, box, port.side, port.offset)
        x, y = self._on_border(box, port.side, port.cell, port.offset)
        beside = 0 if port.cell == NO_CELL else port.offset
        return (x, y + beside) if port.side in ("left", "right") else (x + beside, y)
