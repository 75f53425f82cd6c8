"""How well a drawing can be read: measured from the DI in a file, whoever drew it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import combinations, pairwise

from service.engine.layout.drawn import Drawn, DrawnEdge, DrawnShape, drawn, undrawn
from service.engine.layout.geometry import Box, Point
from service.engine.layout.outlines import SLACK, covers, crossing, parted, passes_through, run_together, straddles
from service.engine.layout.scene import DATA
from service.engine.layout.sizes import STRIP_LINES, crowded
from service.engine.layout.text import NAME_SIZE, lines_of
from service.engine.reading.vocabulary import EVENTS, GATEWAYS, SUBPROCESSES, TASKS
from service.engine.xml import parse_xml

_NAMED_OUTSIDE = EVENTS | GATEWAYS | DATA

_ACTIVITIES = TASKS | SUBPROCESSES | {"callActivity"}
_SYMBOLS = TASKS - {"task"}
_OWN_NAMES: Mapping[str, str] = {}

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a reader of a drawing stumbles over, as pairs of element ids; a label goes by the element that it names.

    `crossings` has one entry for each place where two flows cross; a drawing may need some. `strays` are (pool, lane
    or sub-process, what belongs in it and is not drawn inside). `crowded_names` are activities whose name runs into the
    symbol in the corner, into the marker at the bottom, or out of the shape, and pools and lanes too low for theirs. `undrawn` are flow nodes and flows without
    a drawing.
    """

    edges_through_shapes: Pairs
    edges_over_labels: Pairs
    label_overlaps: Pairs
    shape_overlaps: Pairs
    edge_overlaps: Pairs
    crossings: Pairs
    strays: Pairs
    crowded_names: tuple[str, ...]
    undrawn: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each, by the names above."""
        return {entry.name: len(getattr(self, entry.name)) for entry in fields(self)}

    @property
    def clean(self) -> bool:
        """Whether there is nothing but, perhaps, crossings."""
        return all(count == 0 for name, count in self.counts.items() if name != "crossings")


def report(data: bytes, names: Mapping[str, str] = _OWN_NAMES) -> Report:
    """What is wrong with the drawings in the BPMN file `data`, or would be on our pages in a language with those `names`
    (by element id). Raises XMLRefused as `parse_xml` does.

    Things may overlap by a pixel. A flow may start and end inside the shapes that it links, as some tools draw it.
    """
    root = parse_xml(data)
    planes = drawn(root, names)
    return Report(
        tuple(pair for plane in planes for pair in _through_shapes(plane)),
        tuple(pair for plane in planes for pair in _over_labels(plane)),
        tuple(pair for plane in planes for pair in _label_overlaps(plane)),
        tuple(pair for plane in planes for pair in _shape_overlaps(plane)),
        tuple(pair for plane in planes for pair in _edge_overlaps(plane)),
        tuple(pair for plane in planes for pair in _crossings(plane)),
        tuple(pair for plane in planes for pair in _strays(plane)),
        tuple(element for plane in planes for element in _crowded_names(plane)),
        undrawn(root),
    )


def _through_shapes(plane: Drawn) -> Iterator[tuple[str, str]]:
    for edge in plane.edges:
        for shape in plane.shapes:
            bare = shape.frame and (shape.kind in ("participant", "lane") or shape.element in edge.within)
            own = shape.element in (edge.source, edge.target)
            if bare and not own:
                continue
            segments = list(pairwise(edge.points))
            if shape.element == edge.source:
                segments = segments[1:]
            if shape.element == edge.target:
                segments = segments[:-1]
            if any(passes_through(shape.kind, shape.box, *segment) for segment in segments):
                yield edge.element, shape.element


def _over_labels(plane: Drawn) -> Iterator[tuple[str, str]]:
    for edge in plane.edges:
        for owner, label in _labels(plane):
            if any(passes_through("", label, *segment) for segment in pairwise(edge.points)):
                yield edge.element, owner


def _label_overlaps(plane: Drawn) -> Iterator[tuple[str, str]]:
    labels = list(_labels(plane))
    for (owner, label), (other, second) in combinations(labels, 2):
        if label.overlaps(second, SLACK):
            yield owner, other
    for owner, label in labels:
        for shape in plane.shapes:
            if shape.element == owner and shape.kind not in _NAMED_OUTSIDE:
                continue
            if straddles(shape.box, label) if shape.frame else covers(shape.kind, shape.box, label):
                yield owner, shape.element


def _shape_overlaps(plane: Drawn) -> Iterator[tuple[str, str]]:
    for one, other in combinations(plane.shapes, 2):
        related = one.element in other.within or other.element in one.within
        attached = one.host == other.element or other.host == one.element
        lane = (one.kind == "lane") != (other.kind == "lane")
        if not related and not attached and not lane and one.box.overlaps(other.box, SLACK):
            yield one.element, other.element


def _edge_overlaps(plane: Drawn) -> Iterator[tuple[str, str]]:
    for one, other in combinations(plane.edges, 2):
        way, second_way = _apart(one, other)
        if any(run_together(first, second) for first in pairwise(way) for second in pairwise(second_way)):
            yield one.element, other.element


def _crossings(plane: Drawn) -> Iterator[tuple[str, str]]:
    for one, other in combinations(plane.edges, 2):
        way, second_way = _apart(one, other)
        ends = {_rounded(point) for points in (way, second_way) for point in (points[0], points[-1])}
        pairs = ((first, second) for first in pairwise(way) for second in pairwise(second_way))
        found = {crossing(first, second) for first, second in pairs if not run_together(first, second)}
        for _ in found - ends - {None}:
            yield one.element, other.element


def _apart(one: DrawnEdge, other: DrawnEdge) -> tuple[Sequence[Point], Sequence[Point]]:
    """Two edges without the trunk that they share where they leave one shape, or enter one: there they cannot be
    taken for each other."""
    first: Sequence[Point] = one.points
    second: Sequence[Point] = other.points
    if one.source == other.source:
        first, second = parted(first, second)
    if one.target == other.target:
        first, second = parted(first[::-1], second[::-1])
    return first, second


def _strays(plane: Drawn) -> Iterator[tuple[str, str]]:
    frames = {shape.element: shape for shape in plane.shapes if shape.frame}
    for shape in plane.shapes:
        for holder in sorted(shape.within & frames.keys()):
            if not frames[holder].box.holds(shape.box, SLACK):
                yield holder, shape.element


def _crowded_names(plane: Drawn) -> Iterator[str]:
    for shape in plane.shapes:
        width, height = shape.box.width, shape.box.height
        if shape.frame and shape.kind in ("participant", "lane"):
            met = len(lines_of(shape.name, height, NAME_SIZE)) > STRIP_LINES
        elif shape.kind in _ACTIVITIES and not shape.frame:
            met = crowded(shape.name, (width, height), symbol=shape.kind in _SYMBOLS, marked=shape.marked)
        else:
            met = False
        if met:
            yield shape.element


def _labels(plane: Drawn) -> Iterator[tuple[str, Box]]:
    owners: tuple[DrawnShape | DrawnEdge, ...] = (*plane.shapes, *plane.edges)
    for owner in owners:
        if owner.label is not None:
            yield owner.element, owner.label


def _rounded(point: Point) -> Point:
    return round(point[0]), round(point[1])
