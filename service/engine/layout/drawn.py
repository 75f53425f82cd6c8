"""A BPMN file → what is drawn in it, by whatever tool: shapes, edges and labels with what they stand for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from service.engine.layout.geometry import Box, Point
from service.engine.layout.scene import LONGEST_NAME
from service.engine.layout.text import widened
from service.engine.layout.widening import nearest_end, resized
from service.engine.layout.writing import DC, DDI
from service.engine.reading.vocabulary import DI, NODES, SUBPROCESSES, child_text, children, kind, local, tag
from service.engine.xml import own_elements

_FLOWS = frozenset({"sequenceFlow", "messageFlow"})
_HOLDING = SUBPROCESSES | {"callActivity"}
_REPEATING = frozenset({"standardLoopCharacteristics", "multiInstanceLoopCharacteristics"})
# What a process may be drawn in, and the attribute that names it.
_REFERRING = {"participant": "processRef", "callActivity": "calledElement"}


@dataclass(frozen=True, slots=True)
class DrawnShape:
    """A shape. `within` are the pools, lanes and sub-processes that it belongs in, `host` what a boundary event is on.

    A `frame` has room for others inside: an expanded sub-process or call activity, a lane, a pool with contents. `name`
    is what it is called, `marked` set where a marker is drawn at the bottom: it repeats, compensates, or holds others.
    """

    element: str
    kind: str
    box: Box
    label: Box | None
    frame: bool
    within: frozenset[str]
    host: str | None
    name: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class DrawnEdge:
    """An edge with the ids of its ends; `within` are the frames that either end belongs in."""

    element: str
    points: tuple[Point, ...]
    label: Box | None
    source: str | None
    target: str | None
    within: frozenset[str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One plane of a file."""

    shapes: tuple[DrawnShape, ...]
    edges: tuple[DrawnEdge, ...]


def drawn(root: etree._Element, names: Mapping[str, str]) -> tuple[Drawn, ...]:
    """The planes of a file whose tree is `root`. What has no bounds or waypoints, or stands for nothing, is left out.

    `names` are those of another language by element id, written in place of those in the file as our pages do it.
    """
    model = _Model(root, names)
    return tuple(
        Drawn(tuple(model.shapes(plane)), tuple(model.edges(plane))) for plane in root.iter(tag("BPMNPlane", DI))
    )


def undrawn(root: etree._Element) -> tuple[str, ...]:
    """The flow nodes and flows that have neither a shape nor an edge, in the order of the file."""
    shown = {entry.get("bpmnElement") for entry in root.iter(tag("BPMNShape", DI), tag("BPMNEdge", DI))}
    wanted = (element for element in own_elements(root) if kind(element) in NODES | _FLOWS and element.get("id"))
    return tuple(element.get("id") for element in wanted if element.get("id") not in shown)


class _Model:
    """The elements of a file by id, and what belongs in what."""

    def __init__(self, root: etree._Element, names: Mapping[str, str]) -> None:
        self._names = names
        self._elements = {element.get("id"): element for element in own_elements(root) if element.get("id")}
        self._holders: dict[str, set[str]] = {}
        for identifier, element in self._elements.items():
            if kind(element) in _REFERRING:
                process = self._elements.get(local(element.get(_REFERRING[str(kind(element))])) or "")
                for part in () if process is None else process.iterchildren():
                    self._put(part.get("id"), identifier)
                for part in () if process is None else process.iter(tag("lane")):
                    self._put(part.get("id"), identifier)
            elif kind(element) in SUBPROCESSES:
                for part in element.iterchildren():
                    self._put(part.get("id"), identifier)
            elif kind(element) == "lane":
                for reference in children(element, "flowNodeRef"):
                    self._put((reference.text or "").strip(), identifier)
                for part in element.iterdescendants(tag("lane")):
                    self._put(part.get("id"), identifier)

    def shapes(self, plane: etree._Element) -> Iterator[DrawnShape]:
        """What has bounds."""
        entries = {entry.get("bpmnElement"): entry for entry in plane.iterchildren(tag("BPMNShape", DI))}
        filled = {holder for identifier in entries for holder in self._within(identifier)}
        for identifier, entry in entries.items():
            element, box = self._elements.get(identifier), _box(entry)
            # A group is no obstacle: it is drawn around what has nothing else in common.
            if element is not None and box is not None and kind(element) != "group":
                shown = kind(element) or ""
                yield DrawnShape(
                    identifier,
                    shown,
                    box,
                    self._label(entry, (box.middle,)),
                    shown == "lane" or (identifier in filled and entry.get("isExpanded") != "false"),
                    self._within(identifier),
                    local(element.get("attachedToRef")),
                    self._name(element),
                    shown in _HOLDING
                    or any(kind(part) in _REPEATING for part in element.iterchildren())
                    or element.get("isForCompensation") == "true",
                )

    def edges(self, plane: etree._Element) -> Iterator[DrawnEdge]:
        """What has waypoints."""
        for entry in plane.iterchildren(tag("BPMNEdge", DI)):
            element = self._elements.get(entry.get("bpmnElement"))
            points = tuple((_number(point, "x"), _number(point, "y")) for point in entry.iter(tag("waypoint", DDI)))
            if element is None or len(points) < 2:
                continue
            source, target = _ends(element)
            within = (self._within(end) | {end} for end in (source, target) if end)
            yield DrawnEdge(
                element.get("id"), points, self._label(entry, points), source, target, frozenset().union(*within)
            )

    def _name(self, element: etree._Element) -> str:
        """What is written in a shape; a pool is called as its process is."""
        key = local(element.get("processRef")) or element.get("id", "")
        return (self._names.get(key) or element.get("name", ""))[:LONGEST_NAME]

    def _label(self, entry: etree._Element, owner: Sequence[Point]) -> Box | None:
        """The box of a label; in another language as wide and high as its name there, beside what it belongs to."""
        label = entry.find(tag("BPMNLabel", DI))
        box = None if label is None else _box(label)
        if box is None or box.width <= 0 or box.height <= 0:
            return None
        name = self._names.get(entry.get("bpmnElement", ""))
        if not name:
            return box
        return resized(
            box, widened(name[:LONGEST_NAME], box.width), owner[0] if len(owner) == 1 else nearest_end(owner, box)
        )

    def _put(self, element: str | None, holder: str) -> None:
        if element:
            self._holders.setdefault(element, set()).add(holder)

    def _within(self, element: str) -> frozenset[str]:
        found: set[str] = set()
        pending = [element]
        while pending:
            fresh = self._holders.get(pending.pop(), set()) - found
            found |= fresh
            pending.extend(fresh)
        return frozenset(found)


def _ends(element: etree._Element) -> tuple[str | None, str | None]:
    source = local(element.get("sourceRef") or child_text(element, "sourceRef"))
    target = local(element.get("targetRef") or child_text(element, "targetRef"))
    if kind(element) == "dataInputAssociation":
        return source, element.getparent().get("id")
    if kind(element) == "dataOutputAssociation":
        return element.getparent().get("id"), target
    return source, target


def _box(entry: etree._Element) -> Box | None:
    bounds = entry.find(tag("Bounds", DC))
    if bounds is None:
        return None
    return Box(*(_number(bounds, name) for name in ("x", "y", "width", "height")))


def _number(entry: etree._Element, name: str) -> float:
    try:
        return float(entry.get(name, ""))
    except ValueError:
        return 0.0
