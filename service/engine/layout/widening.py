"""Where a label comes to stand that needs more room, or less, than the box that was drawn for it.

The pages do the same with a name in the reader's language (`islands/labels.ts`): a label grows away from what it
belongs to, so that it comes to lie neither upon that nor further from it.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import dist, hypot

from service.engine.layout.geometry import Box, Point


def resized(label: Box, size: tuple[float, float], at: Point) -> Box:
    """The label in another size, on that side of the point `at` on which it lies; centred where it lies across it."""
    width, height = size
    more = width - label.width
    x = label.x - (more if label.right <= at[0] else more / 2 if label.x < at[0] else 0)
    y = label.bottom - height if label.bottom <= at[1] else label.y
    return Box(x, y, width, height)


def nearest_end(points: Sequence[Point], label: Box) -> Point:
    """Where the stretch of a flow that is nearest to its label has the end that is nearest to it."""
    stretch = min(pairwise(points), key=lambda ends: _away(ends, label.middle))
    return min(stretch, key=lambda end: dist(end, label.middle))


def _away(ends: tuple[Point, Point], point: Point) -> float:
    """How far a point is from the box around a stretch; flows run along the page or down it."""
    (x, y), (left, right), (top, bottom) = point, *map(sorted, zip(*ends, strict=True))
    return hypot(max(left - x, x - right, 0), max(top - y, y - bottom, 0))
