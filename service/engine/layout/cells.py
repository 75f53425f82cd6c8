"""The names around one shape, or at one stretch of a border: each where it meets neither a flow nor another name."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from service.engine.layout.geometry import Box
from service.engine.layout.ports import NO_CELL, Port
from service.engine.layout.scene import DATA, Node
from service.engine.layout.sizes import EVENT
from service.engine.layout.text import label_room
from service.engine.reading.vocabulary import EVENTS, GATEWAYS

_NEAR, _BESIDE, _ARROW, _MARK, _FAR = 4, 6, 14, 20, 400
# Beside a flow, clear of the stroke that marks a default flow.
_ASIDE, _ABOVE = 9, 4
_SHIFT, _SHIFTS = 7, 24


class Named(NamedTuple):
    """The names of a link, the port at which it stands, whether the link leaves there, and whether with a mark."""

    link: str
    names: Sequence[str]
    port: Port
    leaves: bool
    marked: bool


class Hook(NamedTuple):
    """The names of a boundary event, and where its centre lies: so many pixels right of the middle of its host."""

    names: Sequence[str]
    at: int


class Cell:
    """The names of one place; `boxes` are relative to the centre of its shape, or to a point on a border.

    `half` is half the size of the shape, nothing on a border; `docked` are the ports in use, by node.
    """

    def __init__(
        self,
        half: tuple[int, int],
        docked: Mapping[str, Sequence[Port]],
        hooks: Mapping[str, Hook],
        own: Sequence[Port],
    ) -> None:
        self.boxes: dict[str, Box] = {}
        self._half, self._hooks = half, hooks
        width, height = half
        self._full = [Box(-width, -height, 2 * width, 2 * height)]
        for guest, hook in hooks.items():
            self._full.append(Box(hook.at - EVENT // 2, height - EVENT // 2, EVENT, EVENT))
            self._full += [Box(hook.at + port.offset - 1, height, 2, _FAR) for port in docked.get(guest, ())]
        self._full += [_stub(port) for port in own]

    def add_flows(self, named: Sequence[Named]) -> None:
        """The names of flows. On the left and right there is less choice, so these come first."""
        for entry in sorted(named, key=lambda entry: entry.port.direction % 2):
            self._add(entry.link, self._beside(entry), sideways=entry.port.side in ("top", "bottom"))

    def add_guests(self) -> None:
        """The names of the boundary events."""
        for guest, hook in self._hooks.items():
            if hook.names[0]:
                self._add(guest, self._below(hook), sideways=True)

    def add_own(self, node: Node, names: Sequence[str]) -> None:
        """The name of the node itself, when it is written outside."""
        if node.name and node.kind in EVENTS | GATEWAYS | DATA:
            self._add(node.id, self._around(node, names))

    def _add(self, element: str, tried: Sequence[Box], *, sideways: bool = False) -> None:
        """A label in the first place that is free, or else a little further out: up or down, or `sideways`."""
        for number in range(_SHIFTS):
            for place in tried:
                away = number * _SHIFT
                across, down = (away, 0) if sideways else (0, away)
                moved = place.moved(across * (1 if place.x >= 0 else -1), down * (1 if place.y >= 0 else -1))
                if not any(moved.overlaps(other) for other in self._full):
                    self._put(element, moved)
                    return
        self._put(element, tried[0])

    def _put(self, element: str, box: Box) -> None:
        self.boxes[element] = box
        self._full.append(box.grown(2))

    def _beside(self, entry: Named) -> list[Box]:
        """Where the name of a flow may stand at its port: above or below it, or right or left of it."""
        port, (width, height), (half_width, half_height) = entry.port, label_room(entry.names), self._half
        room = _NEAR if entry.leaves else _ARROW
        if port.side in ("left", "right"):
            room = max(room, _MARK if entry.marked and entry.leaves else 0)
            x = half_width + room if port.side == "right" else -half_width - room - width
            return [Box(x, port.offset + y, width, height) for y in (-_ABOVE - height, _ABOVE)]
        x = 0 if port.cell == NO_CELL else port.offset
        if port.node in self._hooks:
            x, half_height = x + self._hooks[port.node].at, half_height + EVENT // 2
        y = half_height + room if port.side == "bottom" else -half_height - room - height
        return [Box(x + _ASIDE, y, width, height), Box(x - _ASIDE - width, y, width, height)]

    def _below(self, hook: Hook) -> list[Box]:
        width, height = label_room(hook.names)
        y = self._half[1] + EVENT // 2 + 2
        left, right = Box(hook.at - _BESIDE - width, y, width, height), Box(hook.at + _BESIDE, y, width, height)
        return [right, left] if hook.at > 0 and len(self._hooks) > 1 else [left, right]

    def _around(self, node: Node, names: Sequence[str]) -> list[Box]:
        width, height = label_room(names)
        above, below = -self._half[1] - _NEAR - height, self._half[1] + _NEAR
        centred = [Box(-(width // 2), y, width, height) for y in (above, below)]
        sides = [Box(x, y, width, height) for y in (above, below) for x in (-_ASIDE - width, _ASIDE)]
        return [*(centred if node.kind in GATEWAYS else reversed(centred)), *sides]


def _stub(port: Port) -> Box:
    """The stretch of a flow between its shape and the edge of the cell."""
    if port.side in ("left", "right"):
        return Box(0 if port.side == "right" else -_FAR, port.offset - 1, _FAR, 2)
    return Box(port.offset - 1, 0 if port.side == "bottom" else -_FAR, 2, _FAR)
