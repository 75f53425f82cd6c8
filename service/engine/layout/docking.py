"""Where a path meets the outline of its shape."""

from math import sqrt

from service.engine.layout.geometry import Box, Point
from service.engine.layout.ports import Side
from service.engine.reading.vocabulary import EVENTS, GATEWAYS


def dock(kind: str, box: Box, side: Side, offset: int) -> Point:
    """The point on the outline of a shape of that kind, `offset` pixels right of or below the middle of the side."""
    x, y = box.middle
    reach = (box.width if side in ("left", "right") else box.height) / 2
    if kind in GATEWAYS:
        reach -= abs(offset)
    elif kind in EVENTS:
        reach = round(sqrt(reach * reach - offset * offset))
    return {
        "right": (x + reach, y + offset),
        "left": (x - reach, y + offset),
        "bottom": (x + offset, y + reach),
        "top": (x + offset, y - reach),
    }[side]
