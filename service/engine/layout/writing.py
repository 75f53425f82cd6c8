"""Drawings → BPMN DI, set into the file. What else stands in the file stays, byte for byte."""

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import quoteattr

from lxml import etree

from service.engine.layout.drawing import Drawing, Edge, Shape
from service.engine.layout.geometry import Box
from service.engine.layout.source import Source
from service.engine.reading.vocabulary import DI, tag

DC = "http://www.omg.org/spec/DD/20100524/DC"
DDI = "http://www.omg.org/spec/DD/20100524/DI"
_PREFIXES = {DI: "bpmndi", DC: "dc", DDI: "di"}


def with_drawings(data: bytes, root: etree._Element, drawings: Sequence[Drawing]) -> bytes:
    """The file `data`, whose tree is `root`, with these drawings in place of those it had.

    Colours and other attributes of foreign namespaces stay on their shapes and edges.
    """
    if not drawings:
        return data
    source = Source.read(data)
    writer = _Writer(root)
    lines = [line for number, drawing in enumerate(drawings, 1) for line in writer.diagram(drawing, number)]
    text = source.newline.join(f"  {line}" for line in lines).lstrip()
    old = source.root.named(tag("BPMNDiagram", DI))
    if old:
        changes = [(old[0].start, old[0].end, text)]
        changes += [(source.margin(part.start), part.end, "") for part in old[1:]]
    else:
        later = [part.start for part in source.root.children if part.tag.endswith("}relationship")]
        place = later[0] if later else source.root.close
        indent = "  " if later else ""
        changes = [(source.margin(place), place, f"{source.newline}  {text}{source.newline}{indent}")]
    return source.spliced(changes)


def fresh(wanted: str, taken: Iterable[str]) -> str:
    """The id `wanted`, or one like it that is not taken."""
    used = set(taken)
    names = (wanted if number == 1 else f"{wanted}_{number}" for number in range(1, len(used) + 2))
    return next(name for name in names if name not in used)


def prefixes(root: etree._Element) -> dict[str, str]:
    """Namespace → what stands before its names in this file, with the colon: "" for the default namespace."""
    bound = sorted(root.nsmap.items(), key=lambda entry: (entry[0] is None, entry[0] or ""), reverse=True)
    return {uri: f"{prefix}:" if prefix else "" for prefix, uri in bound}


def ids(root: etree._Element) -> set[str]:
    """Every id of the document, but for those of its drawing."""
    drawn = {element for diagram in root.iterchildren(tag("BPMNDiagram", DI)) for element in diagram.iter()}
    return {element.get("id") for element in root.iter() if element.get("id") and element not in drawn}


class _Writer:
    """Writes the diagrams of one file, with the prefixes that it has."""

    def __init__(self, root: etree._Element) -> None:
        self._taken = ids(root)
        self._prefixes = prefixes(root)
        self._declarations = {f"xmlns:{prefix}": uri for uri, prefix in _PREFIXES.items() if uri not in self._prefixes}
        self._prefixes = {uri: f"{prefix}:" for uri, prefix in _PREFIXES.items()} | self._prefixes
        self._kept: dict[str, dict[str, str]] = {}
        for drawn in root.iter(tag("BPMNShape", DI), tag("BPMNEdge", DI)):
            self._keep(drawn)

    def diagram(self, drawing: Drawing, number: int) -> Iterator[str]:
        """The lines of one BPMNDiagram."""
        name, plane = self._name("BPMNDiagram"), self._name("BPMNPlane")
        yield self._tag(name, {"id": self._fresh(f"BPMNDiagram_{number}"), **self._declarations})
        yield "  " + self._tag(plane, {"id": self._fresh(f"BPMNPlane_{number}"), "bpmnElement": drawing.element})
        for shape in drawing.shapes:
            yield from (f"    {line}" for line in self._shape(shape))
        for edge in drawing.edges:
            yield from (f"    {line}" for line in self._edge(edge))
        yield f"  </{plane}>"
        yield f"</{name}>"

    def _shape(self, shape: Shape) -> Iterator[str]:
        said = {"isHorizontal": shape.horizontal, "isExpanded": shape.expanded, "isMarkerVisible": shape.marker}
        flags = {key: str(value).lower() for key, value in said.items() if value is not None}
        name = self._name("BPMNShape")
        yield self._tag(name, {**self._of(shape.element), **flags, **self._kept.get(shape.element, {})})
        yield "  " + self._bounds(shape.box)
        yield from self._label(shape.label)
        yield f"</{name}>"

    def _edge(self, edge: Edge) -> Iterator[str]:
        name = self._name("BPMNEdge")
        yield self._tag(name, {**self._of(edge.element), **self._kept.get(edge.element, {})})
        for x, y in edge.points:
            yield "  " + self._tag(self._name("waypoint", DDI), {"x": str(round(x)), "y": str(round(y))}, empty=True)
        yield from self._label(edge.label)
        yield f"</{name}>"

    def _label(self, box: Box | None) -> Iterator[str]:
        if box is not None:
            name = self._name("BPMNLabel")
            yield f"  <{name}>"
            yield "    " + self._bounds(box)
            yield f"  </{name}>"

    def _bounds(self, box: Box) -> str:
        numbers = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
        return self._tag(
            self._name("Bounds", DC), {key: str(round(value)) for key, value in numbers.items()}, empty=True
        )

    def _of(self, element: str) -> dict[str, str]:
        return {"id": self._fresh(f"{element}_di"), "bpmnElement": element}

    def _fresh(self, wanted: str) -> str:
        name = fresh(wanted, self._taken)
        self._taken.add(name)
        return name

    def _name(self, local: str, uri: str = DI) -> str:
        return self._prefixes[uri] + local

    @staticmethod
    def _tag(name: str, attributes: dict[str, str], *, empty: bool = False) -> str:
        return (
            f"<{name}"
            + "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
            + (" />" if empty else ">")
        )

    def _keep(self, drawn: etree._Element) -> None:
        """Note the attributes of foreign namespaces; a prefix that the root does not bind is declared anew."""
        for key, value in sorted(drawn.attrib.items()):
            name = etree.QName(key)
            if name.namespace:
                if not self._prefixes.get(name.namespace):
                    prefix = next(prefix for prefix, uri in drawn.nsmap.items() if uri == name.namespace and prefix)
                    self._prefixes[name.namespace] = f"{prefix}:"
                    self._declarations[f"xmlns:{prefix}"] = name.namespace
                kept = self._kept.setdefault(drawn.get("bpmnElement", ""), {})
                kept[self._prefixes[name.namespace] + name.localname] = value
