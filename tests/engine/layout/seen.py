"""What a reader sees of a drawing: boxes of shapes, points of edges, labels."""

from dataclasses import dataclass, field

from service.engine.layout.drawn import Drawn, DrawnEdge, DrawnShape, drawn
from service.engine.layout.geometry import Box
from service.engine.xml import parse_xml


@dataclass
class Seen:
    """The first drawing of a file."""

    data: bytes
    plane: Drawn = field(init=False)

    def __post_init__(self):
        self.plane = drawn(parse_xml(self.data), {})[0]

    def shape(self, element: str) -> DrawnShape:
        return next(shape for shape in self.plane.shapes if shape.element == element)

    def box(self, element: str) -> Box:
        return self.shape(element).box

    def edge(self, element: str) -> DrawnEdge:
        return next(edge for edge in self.plane.edges if edge.element == element)

    def between(self, source: str, target: str) -> DrawnEdge:
        return next(edge for edge in self.plane.edges if (edge.source, edge.target) == (source, target))

    def kinds(self, kind: str) -> list[DrawnShape]:
        return [shape for shape in self.plane.shapes if shape.kind == kind]
