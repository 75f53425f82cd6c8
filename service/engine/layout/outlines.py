"""Whether lines, labels and outlines meet. An outline is that of the shape as it is drawn: a circle, a diamond, a box."""

from collections.abc import Sequence
from math import dist, hypot

from service.engine.layout.geometry import Box, Point
from service.engine.reading.vocabulary import EVENTS, GATEWAYS

SLACK = 1
"""Pixels that two things may overlap without anybody seeing it."""


def passes_through(kind: str, box: Box, begin: Point, end: Point) -> bool:
    """Whether a line runs through the inside of a shape."""
    inner = box.grown(-SLACK)
    if inner.width <= 0 or inner.height <= 0:
        return False
    middle_x, middle_y = inner.middle
    if kind in EVENTS:
        return _distance(inner.middle, begin, end) < inner.width / 2
    if kind in GATEWAYS:
        corners = [(middle_x, inner.y), (inner.right, middle_y), (middle_x, inner.bottom), (inner.x, middle_y)]
    else:
        corners = [(inner.x, inner.y), (inner.right, inner.y), (inner.right, inner.bottom), (inner.x, inner.bottom)]
    return _clipped(corners, begin, end)


def covers(kind: str, box: Box, label: Box) -> bool:
    """Whether a label lies partly upon a shape."""
    if kind not in EVENTS | GATEWAYS:
        return box.overlaps(label, SLACK)
    inner = box.grown(-SLACK)
    middle_x, middle_y = inner.middle
    across = max(label.x - middle_x, middle_x - label.right, 0)
    down = max(label.y - middle_y, middle_y - label.bottom, 0)
    if kind in EVENTS:
        return hypot(across, down) < inner.width / 2
    return across / (inner.width / 2) + down / (inner.height / 2) < 1


def straddles(frame: Box, label: Box) -> bool:
    """Whether the outline of a frame runs through a label."""
    return frame.overlaps(label, SLACK) and not frame.holds(label, SLACK)


def crossing(first: tuple[Point, Point], second: tuple[Point, Point]) -> Point | None:
    """Where two lines that are not parallel meet, rounded to pixels."""
    (ax, ay), (bx, by) = first
    (cx, cy), (dx, dy) = second
    area = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
    if abs(area) < 1e-9:
        return None
    along_first = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / area
    along_second = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / area
    if not (0 <= along_first <= 1 and 0 <= along_second <= 1):
        return None
    return round(ax + along_first * (bx - ax)), round(ay + along_first * (by - ay))


def run_together(first: tuple[Point, Point], second: tuple[Point, Point]) -> bool:
    """Whether two lines lie upon each other for more than a pixel."""
    (ax, ay), (bx, by) = first
    length = hypot(bx - ax, by - ay)
    if length <= SLACK:
        return False
    across, down = (bx - ax) / length, (by - ay) / length
    aside = [abs((x - ax) * down - (y - ay) * across) for x, y in second]
    along = sorted((x - ax) * across + (y - ay) * down for x, y in second)
    return max(aside) < SLACK and min(along[1], length) - max(along[0], 0) > SLACK


def parted(one: Sequence[Point], other: Sequence[Point]) -> tuple[Sequence[Point], Sequence[Point]]:
    """Two ways from where they part, if they begin together; as they are, if one never leaves the other."""
    first, second = list(one), list(other)
    while dist(first[0], second[0]) <= SLACK and run_together((first[0], first[1]), (second[0], second[1])):
        ahead = dist(first[0], first[1]) - dist(second[0], second[1])
        if ahead <= SLACK:
            first.pop(0)
        if ahead >= -SLACK:
            second.pop(0)
        if len(first) < 2 or len(second) < 2:
            return one, other
        if ahead > SLACK:
            first[0] = second[0]
        elif ahead < -SLACK:
            second[0] = first[0]
    return first, second


def _distance(point: Point, begin: Point, end: Point) -> float:
    across, down = end[0] - begin[0], end[1] - begin[1]
    square = across * across + down * down
    part = ((point[0] - begin[0]) * across + (point[1] - begin[1]) * down) / square if square else 0
    part = min(1, max(0, part))
    return hypot(begin[0] + part * across - point[0], begin[1] + part * down - point[1])


def _clipped(corners: list[Point], begin: Point, end: Point) -> bool:
    """Whether some of a line lies inside a convex outline, whose corners go round clockwise on the page."""
    first, last = 0.0, 1.0
    across, down = end[0] - begin[0], end[1] - begin[1]
    for corner, following in zip(corners, [*corners[1:], corners[0]], strict=True):
        # How far inside this side of the outline the line begins, and how fast it comes in.
        normal = (corner[1] - following[1], following[0] - corner[0])
        inside = normal[0] * (begin[0] - corner[0]) + normal[1] * (begin[1] - corner[1])
        speed = normal[0] * across + normal[1] * down
        if abs(speed) < 1e-9:
            if inside <= 0:
                return False
        elif speed > 0:
            first = max(first, -inside / speed)
        else:
            last = min(last, -inside / speed)
    return first < last
