"""Where names stand that are written outside their shapes: beside the shape, clear of the flows that dock there.

Every label lies within what its cell of the grid, or a border, keeps free: no flow and no other shape can meet it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from service.engine.layout.cells import Cell, Hook, Named
from service.engine.layout.geometry import Box
from service.engine.layout.ports import NO_CELL, Port, Ports, Side
from service.engine.layout.routing import Route
from service.engine.layout.scene import Node, Plane

_CROWD = 3
"""So many flows of one node can be told apart by names that stand beside it."""


class Place(NamedTuple):
    """What a label is placed by: the centre of a shape that fills a cell (without a side), or a point on a border.

    That is where a row or column, the `cell`, meets the border of a sub-process, or where a message meets a black box:
    `cell` is NO_CELL then, and `line` the line of the message.
    """

    node: str
    side: Side | None = None
    cell: int = NO_CELL
    line: int = 0


Labels = Mapping[str, tuple[Place, Box]]
"""Element → its label, relative to a place."""


def place_labels(
    plane: Plane, sizes: Mapping[str, tuple[int, int]], ports: Ports, routes: Mapping[str, Route]
) -> Labels:
    """A place for every name that stands outside its shape; `sizes` are those of the shapes that fill a cell."""
    names = _Names(plane, sizes, ports)
    for route in routes.values():
        names.note(route)
    for route in routes.values():
        names.name(route)
    for node in plane.nodes.values():
        if node.host is not None and node.name:
            names.cells.setdefault(names.place_of_guest(node), [])
        elif node.id in sizes:
            names.cells.setdefault(Place(node.id), [])
    return dict(names.placed())


@dataclass(slots=True)
class _Names:
    """What is to be named where."""

    plane: Plane
    sizes: Mapping[str, tuple[int, int]]
    ports: Ports
    docked: dict[str, list[Port]] = field(default_factory=dict)
    cells: dict[Place, list[Named]] = field(default_factory=dict)
    crowds: dict[str, int] = field(default_factory=dict)

    def note(self, route: Route) -> None:
        """Remember which ports are in use, and how many named links leave each node."""
        for port in (route.leaves, route.enters):
            if port is not None:
                self.docked.setdefault(port.node, []).append(port)
        source = route.link.source
        self.crowds[source] = self.crowds.get(source, 0) + bool(route.link.name)

    def name(self, route: Route) -> None:
        """Choose the place for the name of a link."""
        port, leaves = self._end(route)
        if route.link.name and port is not None:
            named = Named(route.link.id, self.plane.names(route.link), port, leaves, route.link.marked)
            self.cells.setdefault(self._place(port), []).append(named)

    def placed(self) -> Iterator[tuple[str, tuple[Place, Box]]]:
        """Every label."""
        for place, named in self.cells.items():
            width, height = self.sizes.get(place.node, (0, 0)) if place.side is None else (0, 0)
            cell = Cell((width // 2, height // 2), self.docked, self._hooks(place), self._own(place))
            cell.add_flows(named)
            cell.add_guests()
            if place.side is None:
                node = self.plane.nodes[place.node]
                cell.add_own(node, self.plane.names(node))
            for element, box in cell.boxes.items():
                yield element, (place, box)

    def place_of_guest(self, guest: Node) -> Place:
        """Where the name of a boundary event is placed."""
        host = str(guest.host)
        return Place(host) if host in self.sizes else Place(host, "bottom", self.ports.column[guest.id][0])

    def _place(self, port: Port) -> Place:
        node = self.plane.nodes.get(port.node)
        if node is not None and node.host is not None:
            return self.place_of_guest(node)
        if node is not None and node.id in self.sizes:
            return Place(node.id)
        return Place(port.node, port.side, port.cell, port.offset if port.cell == NO_CELL else 0)

    def _end(self, route: Route) -> tuple[Port | None, bool]:
        """The end at which the name of a link stands, and whether that is where it leaves.

        It leaves there, unless that is a black box, or so many names would stand there that no one could tell them
        apart.
        """
        leaves, enters = route.leaves, route.enters
        if leaves is None or enters is None:
            return leaves or enters, leaves is not None
        if leaves.cell == NO_CELL:
            return enters, False
        alone = enters.side == "left" and sum(port.side == "left" for port in self.docked[enters.node]) == 1
        return (enters, False) if self.crowds[route.link.source] > _CROWD and alone else (leaves, True)

    def _hooks(self, place: Place) -> dict[str, Hook]:
        return {
            guest.id: Hook(self.plane.names(guest), self.ports.column[guest.id][1])
            for guest in self.plane.nodes.values()
            if guest.host is not None and self.place_of_guest(guest) == place
        }

    def _own(self, place: Place) -> list[Port]:
        """The ports of the shape itself at a place."""
        docked = self.docked.get(place.node, ())
        return [port for port in docked if place.side is None or (port.side, port.cell) == (place.side, place.cell)]
