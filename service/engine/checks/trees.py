"""Walking the tree of an expression."""

from collections.abc import Iterator
from dataclasses import fields

from service.engine.feel.syntax.nodes import Node


def nodes(value: object) -> Iterator[Node]:
    """A node and all nodes within it, in the order of the text but for what stands around."""
    if isinstance(value, tuple):
        for item in value:
            yield from nodes(item)
    elif isinstance(value, Node):
        yield value
        for field in fields(value):
            yield from nodes(getattr(value, field.name))
