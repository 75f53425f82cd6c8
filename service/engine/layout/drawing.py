"""Where everything is drawn: shapes, edges and labels."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from service.engine.layout.geometry import Box, Point, around


@dataclass(frozen=True, slots=True)
class Shape:
    """One BPMNShape. `horizontal`, `expanded` and `marker` are None where BPMN has no such attribute."""

    element: str
    box: Box
    label: Box | None = None
    horizontal: bool | None = None
    expanded: bool | None = None
    marker: bool | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """One BPMNEdge."""

    element: str
    points: tuple[Point, ...]
    label: Box | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """One BPMNDiagram: of the collaboration or process `element`. Outer shapes stand before inner ones."""

    element: str
    shapes: tuple[Shape, ...]
    edges: tuple[Edge, ...]

    def beginning_at(self, corner: Point) -> "Drawing":
        """The same drawing with its upper left corner there."""
        boxes = list(self._boxes())
        if not boxes:
            return self
        whole = around(boxes)
        x, y = corner[0] - whole.x, corner[1] - whole.y
        return Drawing(
            self.element,
            tuple(
                replace(shape, box=shape.box.moved(x, y), label=shape.label and shape.label.moved(x, y))
                for shape in self.shapes
            ),
            tuple(
                Edge(
                    edge.element,
                    tuple((point[0] + x, point[1] + y) for point in edge.points),
                    edge.label and edge.label.moved(x, y),
                )
                for edge in self.edges
            ),
        )

    def _boxes(self) -> Iterator[Box]:
        labels = [shape.label for shape in self.shapes] + [edge.label for edge in self.edges]
        yield from (label for label in labels if label is not None)
        yield from (shape.box for shape in self.shapes)
        yield from (Box(x, y, 0, 0) for edge in self.edges for x, y in edge.points)
