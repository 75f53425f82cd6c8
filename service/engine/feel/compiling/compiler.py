"""The compiler's frame: which node is compiled by whom, which name stands in which slot, and what a node weighs.

A compiled node is a function of the run and of `local`, the row of slots that holds what the text itself names
(iterators, parameters, entries, items of filters). Every place that names something has a slot of its own, so nothing
is overwritten; a function keeps a copy of the row as it was where the function was written.
"""

from collections.abc import Callable, Iterable
from typing import Any

from service.engine.feel.run import Run, Site
from service.engine.feel.syntax.nodes import Node

Local = list[object]
Code = Callable[[Run, Local], object]
Handler = Callable[["Compiler", Any, "Scope"], Code]

_HANDLERS: dict[type[Node], Handler] = {}


def compiles(kind: type[Node]) -> Callable[[Handler], Handler]:
    """Marks the function that compiles one kind of node."""

    def register(handler: Handler) -> Handler:
        _HANDLERS[kind] = handler
        return handler

    return register


class Scope:
    """The names that one construct adds to those around it.

    `item` is the slot of a filter's item: if that is a context, its entries are names too, found as it runs. `used` are
    the names that were looked for here, those that are added here and those from further out.
    """

    __slots__ = ("item", "outer", "slots", "used")

    def __init__(self, outer: "Scope | None" = None, item: int | None = None) -> None:
        self.outer = outer
        self.slots: dict[str, int] = {}
        self.item = item
        self.used: set[str] = set()

    def find(self, name: str) -> tuple[int | None, list[int]]:
        """The slot of a name, or None where the text does not name it; and the items to be asked first."""
        items: list[int] = []
        scope: Scope | None = self
        while scope is not None:
            scope.used.add(name)
            if scope.item is not None:
                items.append(scope.item)
            if name in scope.slots:
                return scope.slots[name], items
            scope = scope.outer
        return None, items


class Compiler:
    """Compiles one text.

    After it: `names` are those that must come from outside, `possible` those that may be an entry of a filter's items.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: set[str] = set()
        self.possible: set[str] = set()
        self.slots = 0
        self._nodes = 0
        self._depth = 0
        self._deepest = 0

    def code(self, node: Node, scope: Scope) -> Code:
        """A node as a function."""
        self._nodes += 1
        self._depth += 1
        self._deepest = max(self._deepest, self._depth)
        code = _HANDLERS[type(node)](self, node, scope)
        self._depth -= 1
        return code

    def heavier(self, nodes: int) -> None:
        """What is being compiled costs so many steps more than its nodes say, where it repeats."""
        self._nodes += nodes

    def codes(self, nodes: Iterable[Node], scope: Scope) -> list[Code]:
        """Nodes as functions."""
        return [self.code(node, scope) for node in nodes]

    def weighed(self, node: Node, scope: Scope) -> tuple[Code, int]:
        """A node as a function, and the steps that running it once costs at most, but for what repeats within."""
        before = self._nodes
        code = self.code(node, scope)
        return code, self._nodes - before

    def measured(self, node: Node, scope: Scope) -> tuple[Code, int, int]:
        """A node as a function, its steps, and its levels."""
        deepest, self._deepest = self._deepest, self._depth
        code, weight = self.weighed(node, scope)
        height = self._deepest - self._depth
        self._deepest = max(deepest, self._deepest)
        return code, weight, height

    def slot(self) -> int:
        """A slot that is nobody's yet."""
        self.slots += 1
        return self.slots - 1

    def within(self, text: str, work: Callable[[], Code]) -> Code:
        """What `work` compiles, of nodes whose places are counted in another text."""
        outer, self.text = self.text, text
        try:
            return work()
        finally:
            self.text = outer

    def site(self, node: Node) -> Site:
        """Where a node stands."""
        return Site(self.text, node.start, node.end)
