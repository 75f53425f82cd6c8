"""What is to be drawn on one plane: pools with their lanes, nodes, and the links between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from service.engine.model import Lane

DATA = frozenset({"dataObjectReference", "dataStoreReference"})
ARTIFACTS = DATA | {"textAnnotation"}
LONGEST_NAME = 500
"""So much of a name is measured, in characters."""


@dataclass(frozen=True, slots=True)
class Node:
    """Something that gets a shape of its own, and is no pool or lane.

    `scope` is the process or sub-process it stands in, `lane` its innermost lane, `host` the activity that a boundary
    event is attached to. `name` is the text that is written in it or beside it.
    """

    id: str
    kind: str
    name: str
    scope: str
    lane: str | None = None
    host: str | None = None
    marked: bool = False
    """It repeats, or is a compensation: a marker takes the room of its last line."""


@dataclass(frozen=True, slots=True)
class Link:
    """Something that gets an edge. An end of a message flow may be a pool, one of an association a link.

    `default` is set on the default flow of its source, `marked` where editors draw a small mark at the beginning: on a
    default flow, and on one with a condition that leaves an activity.
    """

    id: str
    kind: Literal["sequence", "message", "association"]
    source: str
    target: str
    name: str = ""
    default: bool = False
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Pool:
    """A participant, or the bare process of a file without a collaboration (`id` None).

    `process` is None for a black box; such a pool has no contents here. `lanes` stand outer before inner.
    """

    id: str | None
    name: str
    process: str | None
    lanes: tuple[Lane, ...] = ()

    @property
    def leaves(self) -> tuple[Lane, ...]:
        """The lanes that hold no lanes, in the order in which they are drawn."""
        outer = {lane.parent for lane in self.lanes}
        return tuple(lane for lane in self.lanes if lane.id not in outer)

    def within(self, lane: Lane) -> tuple[Lane, ...]:
        """The leaves that lie in a lane; itself, if it is one."""
        inner = {lane.id}
        for other in self.lanes:
            if other.parent in inner:
                inner.add(other.id)
        return tuple(leaf for leaf in self.leaves if leaf.id in inner)


@dataclass(frozen=True, slots=True)
class Plane:
    """One drawing: the collaboration or process it shows, and everything on it, in the order of the file.

    `translated` has what an element is called in other languages, by its id; a pool's name is that of its process.
    """

    element: str
    pools: tuple[Pool, ...]
    nodes: Mapping[str, Node]
    links: tuple[Link, ...]
    translated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def names(self, part: Node | Link | Pool | Lane) -> tuple[str, ...]:
        """What something is called: in the words of the file, then in other languages."""
        key = part.process or part.id if isinstance(part, Pool) else part.id
        return (part.name, *self.translated.get(key or "", ()))

    def inside(self, scope: str) -> tuple[Node, ...]:
        """The nodes directly in a process or sub-process."""
        return tuple(node for node in self.nodes.values() if node.scope == scope)

    def anchor(self, element: str) -> str | None:
        """The node that takes up the room of an element: itself, its host, or the source of the flow that it is."""
        seen = set()
        while element not in self.nodes:
            link = next((link for link in self.links if link.id == element), None)
            if link is None or element in seen:
                return None
            seen.add(element)
            element = link.source
        return self.nodes[element].host or element

    def lifted(self, element: str, scope: str) -> str | None:
        """The node of `scope` that an element is, is attached to, or lies in; None when it is elsewhere."""
        node = self.anchor(element)
        while node is not None and self.nodes[node].scope != scope:
            outer = self.nodes[node].scope
            node = (self.nodes[outer].host or outer) if outer in self.nodes else None
        return node
