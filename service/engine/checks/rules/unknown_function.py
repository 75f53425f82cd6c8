"""A text calls only what FEEL offers: variables hold values, never functions."""

from collections.abc import Iterator
from dataclasses import fields

from service.engine import feel
from service.engine.checks.texts import in_feel
from service.engine.checks.view import Fault, ProcessView
from service.engine.feel.syntax.nodes import Call, Name, Node, Postfix


def find(view: ProcessView) -> Iterator[Fault]:
    """Calls of names that are no function, and of what is read from a variable."""
    for text in view.texts:
        called = next((call for it in text.expressions for call in _unknown(it)), None)
        if called is not None:
            message = f"The {text.at.place} calls `{called}`, which is no function of FEEL. Use one that is."
            yield Fault(text.at.element, message + in_feel(text.at, view.whole.types))


def _unknown(expression: feel.Expression) -> Iterator[str]:
    for node in _nodes(expression.node):
        if isinstance(node, Postfix) and isinstance(node.base, Name) and node.base.name in expression.names:
            call = next((step for step in node.steps if isinstance(step, Call)), None)
            if call is not None:
                yield expression.text[node.base.start : call.start].strip()


def _nodes(value: object) -> Iterator[Node]:
    """A node and all nodes within it."""
    if isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)
    elif isinstance(value, Node):
        yield value
        for field in fields(value):
            yield from _nodes(getattr(value, field.name))
