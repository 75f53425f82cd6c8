"""Where names stand that are written outside their shapes: beside the shape, clear of the flows that dock there.

Every label lies within what its cell of the grid keeps free, so that no flow and no other shape can meet it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from service.engine.layout.geometry import Box
from service.engine.layout.ports import Port, Ports
from service.engine.layout.routing import Route
from service.engine.layout.scene import DATA, Node, Plane
from service.engine.layout.sizes import EVENT
from service.engine.layout.text import label_size
from service.engine.reading.vocabulary import EVENTS, GATEWAYS

_NEAR, _BESIDE, _ARROW, _FAR = 4, 6, 14, 400
# Beside a flow, clear of the stroke that marks a default flow.
_ASIDE, _ABOVE = 9, 4
_SHIFT, _SHIFTS = 7, 12
_CROWD = 3
"""So many flows of one node can be told apart by names that stand beside it."""


@dataclass(slots=True)
class Labels:
    """Labels by element: `around` the shape of a cell (relative to its centre), `hung` under a boundary event of a
    sub-process (relative to the event's centre), and `at_port` of a sub-process or pool (relative to the port).
    """

    around: dict[str, dict[str, Box]] = field(default_factory=dict)
    hung: dict[str, Box] = field(default_factory=dict)
    at_port: dict[str, tuple[Port, Box]] = field(default_factory=dict)


class _Named(NamedTuple):
    """The name of a link, the port at which it stands, and whether the link leaves there."""

    link: str
    name: str
    port: Port
    leaves: bool


def place_labels(
    plane: Plane, sizes: Mapping[str, tuple[int, int]], ports: Ports, routes: Mapping[str, Route]
) -> Labels:
    """A place for every name that stands outside its shape; `sizes` are those of the shapes that fill a cell."""
    found = Labels()
    docked: dict[str, list[Port]] = {}
    for route in routes.values():
        for port in (route.leaves, route.enters):
            if port is not None:
                docked.setdefault(port.node, []).append(port)
    named = list(_named(plane, routes, docked))
    for node in plane.nodes.values():
        if node.id in sizes and node.host is None:
            cell = _Cell(plane, node, sizes[node.id], ports, docked)
            cell.add_flows([entry for entry in named if cell.holds(entry.port)])
            cell.add_names()
            found.around[node.id] = cell.boxes
        elif node.host is not None and node.host not in sizes and node.name:
            width, height = label_size(node.name)
            found.hung[node.id] = Box(-_BESIDE - width, EVENT // 2 + 2, width, height)
    placed = {link for boxes in found.around.values() for link in boxes}
    found.at_port = {
        entry.link: (entry.port, _beside_port(entry.port, entry.name)) for entry in named if entry.link not in placed
    }
    return found


def _named(plane: Plane, routes: Mapping[str, Route], docked: Mapping[str, list[Port]]) -> Iterator[_Named]:
    for route in routes.values():
        port, leaves = _end(route, plane, routes, docked)
        if route.link.name and port is not None:
            yield _Named(route.link.id, route.link.name, port, leaves)


def _end(
    route: Route, plane: Plane, routes: Mapping[str, Route], docked: Mapping[str, list[Port]]
) -> tuple[Port | None, bool]:
    """The end at which the name of a link stands, and whether that is where it leaves.

    It leaves there, unless that is a black box, or so many names would stand there that no one could tell them apart.
    """
    leaves, enters = route.leaves, route.enters
    if leaves is None or enters is None:
        return leaves or enters, leaves is not None
    if leaves.node not in plane.nodes:
        return enters, False
    crowd = sum(other.link.name != "" and other.link.source == route.link.source for other in routes.values())
    alone = enters.side == "left" and sum(port.side == "left" for port in docked[enters.node]) == 1
    return (enters, False) if crowd > _CROWD and alone else (leaves, True)


class _Cell:
    """One cell under construction; boxes are relative to the centre of its shape."""

    def __init__(
        self,
        plane: Plane,
        node: Node,
        size: tuple[int, int],
        ports: Ports,
        docked: Mapping[str, list[Port]],
    ) -> None:
        self.node, self.boxes = node, dict[str, Box]()
        self.half = size[0] // 2, size[1] // 2
        self.hooks = {
            guest.id: (guest.name, ports.column[guest.id][1]) for guest in plane.nodes.values() if guest.host == node.id
        }
        width, height = self.half
        self._full = [Box(-width, -height, 2 * width, 2 * height)]
        for guest, (_, hook) in self.hooks.items():
            self._full.append(Box(hook - EVENT // 2, height - EVENT // 2, EVENT, EVENT))
            if docked.get(guest):
                self._full.append(Box(hook - 1, height, 2, _FAR))
        self._full += [_stub(port) for port in docked.get(node.id, ())]

    def holds(self, port: Port) -> bool:
        """Whether a port is on the shape of this cell or on a boundary event of it."""
        return port.node == self.node.id or port.node in self.hooks

    def add_flows(self, named: Sequence[_Named]) -> None:
        """The names of flows. On the left and right there is less choice, so these come first."""
        for entry in sorted(named, key=lambda entry: entry.port.direction % 2):
            self.add(entry.link, self.beside(entry.port, entry.name, leaves=entry.leaves))

    def add(self, element: str, tried: Sequence[Box]) -> None:
        """A label in the first place that is free, or else a little further out."""
        for number in range(_SHIFTS):
            for place in tried:
                moved = place.moved(0, number * _SHIFT * (1 if place.y >= 0 else -1))
                if not any(moved.overlaps(other) for other in self._full):
                    self._put(element, moved)
                    return
        self._put(element, tried[0])

    def add_names(self) -> None:
        """The names of the boundary events and of the node itself, where they are written outside."""
        for guest, (name, hook) in self.hooks.items():
            if name:
                self.add(guest, self._below_guest(name, hook))
        if self.node.name and self.node.kind in EVENTS | GATEWAYS | DATA:
            self.add(self.node.id, self._around(self.node.name))

    def beside(self, port: Port, name: str, *, leaves: bool) -> list[Box]:
        """Where the name of a flow may stand at a port: above or below it, or right or left of it."""
        width, height = label_size(name)
        half_width, half_height = self.half
        room = _NEAR if leaves else _ARROW
        if port.side in ("left", "right"):
            x = half_width + room if port.side == "right" else -half_width - room - width
            return [Box(x, port.offset + y, width, height) for y in (-_ABOVE - height, _ABOVE)]
        x = port.offset
        if port.node in self.hooks:
            x, half_height = self.hooks[port.node][1], half_height + EVENT // 2
        y = half_height + room if port.side == "bottom" else -half_height - room - height
        return [Box(x + _ASIDE, y, width, height), Box(x - _ASIDE - width, y, width, height)]

    def _put(self, element: str, box: Box) -> None:
        self.boxes[element] = box
        self._full.append(box.grown(2))

    def _below_guest(self, name: str, hook: int) -> list[Box]:
        width, height = label_size(name)
        y = self.half[1] + EVENT // 2 + 2
        left, right = Box(hook - _BESIDE - width, y, width, height), Box(hook + _BESIDE, y, width, height)
        return [right, left] if hook > 0 and len(self.hooks) > 1 else [left, right]

    def _around(self, name: str) -> list[Box]:
        width, height = label_size(name)
        above, below = -self.half[1] - _NEAR - height, self.half[1] + _NEAR
        centred = [Box(-(width // 2), y, width, height) for y in (above, below)]
        sides = [Box(x, y, width, height) for y in (above, below) for x in (-_ASIDE - width, _ASIDE)]
        return [*(centred if self.node.kind in GATEWAYS else reversed(centred)), *sides]


def _stub(port: Port) -> Box:
    """The stretch of a flow between its shape and the edge of the cell."""
    if port.side in ("left", "right"):
        return Box(0 if port.side == "right" else -_FAR, port.offset - 1, _FAR, 2)
    return Box(port.offset - 1, 0 if port.side == "bottom" else -_FAR, 2, _FAR)


def _beside_port(port: Port, name: str) -> Box:
    width, height = label_size(name)
    return {
        "right": Box(_NEAR, -3 - height, width, height),
        "left": Box(-_ARROW - width, -3 - height, width, height),
        "top": Box(_NEAR, -_NEAR - height, width, height),
        "bottom": Box(_NEAR, _NEAR, width, height),
    }[port.side]
