"""What the parts of an expression may hold, where they stand: names mean something else in a filter or a loop."""

from collections.abc import Iterator
from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from service.domain.findings import Level
from service.engine import feel
from service.engine.checks.content import UNKNOWN, Content, Lookup, but, in_rounds, inside, of_node, of_steps
from service.engine.checks.texts import ReadText
from service.engine.checks.trees import nodes
from service.engine.feel.compiling.tests import INPUT
from service.engine.feel.syntax.nodes import (
    ContextOf,
    Filter,
    For,
    FunctionOf,
    Membership,
    Name,
    Node,
    Postfix,
    Quantified,
)

if TYPE_CHECKING:
    from service.engine.checks.view import ProcessView


class Part(NamedTuple):
    """A part of an expression, the text in which it stands, and what names mean there."""

    text: ReadText
    expression: feel.Expression
    node: Node
    known: Lookup

    def held(self, node: Node) -> Content:
        """What a node in this part may give."""
        return of_node(node, self.known)

    def written(self, node: Node) -> str:
        """How a node in this part is written, on one line."""
        return " ".join(self.expression.text[node.start : node.end].split())


def parts(view: "ProcessView") -> Iterator[Part]:
    """Every part of every expression of a process that a token comes to, the whole of it first."""
    for text in (*view.texts, *view.keys):
        state = view.knowing.at(*text.at.where)
        before = partial(view.knowing.content, state)
        made: dict[str, Content] = {}
        for place, expression in enumerate(text.expressions if state else ()):
            around = but(before, dict(made))
            yield from (Part(text, expression, node, known) for node, known in within(expression.node, around))
            made.update((name, of_node(expression.node, around)) for name in text.lines[place : place + 1])


def level(view: "ProcessView", part: Part, node: Node) -> Level:
    """How much is wrong with what a node may hold: what another bundle sets may change with it."""
    state = view.knowing.at(*part.text.at.where)
    far = any(view.knowing.far(state, it.name) for it in nodes(node) if isinstance(it, Name))
    return "warning" if far else "error"


def steps(node: Postfix, known: Lookup) -> Iterator[tuple[Node, Content]]:
    """The steps behind a value, each with what it is taken of."""
    yield from zip(node.steps, of_steps(node, known), strict=False)


def within(node: Node, known: Lookup) -> Iterator[tuple[Node, Lookup]]:
    """A node and all within it, each with what names mean there."""
    yield node, known
    match node:
        case For() | Quantified():
            for place, one in enumerate(node.iterators):
                around = in_rounds(node.iterators[:place], known)
                yield from (found for inner in children(one) for found in within(inner, around))
            yield from within(node.body, in_rounds(node.iterators, known))
        case ContextOf():
            # An entry may ask for those before it.
            held: dict[str, Content] = {}
            for name, value in node.entries:
                around = but(known, dict(held))
                yield from within(value, around)
                held[name] = of_node(value, around)
        case FunctionOf():
            yield from within(node.body, but(known, {name: UNKNOWN for name, _ in node.parameters}))
        case Membership():
            yield from within(node.value, known)
            tested = but(known, {INPUT: of_node(node.value, known)})
            yield from (found for inner in node.tests for found in within(inner, tested))
        case Postfix():
            yield from within(node.base, known)
            for step, held_before in steps(node, known):
                around = of_items(inside(held_before), known) if isinstance(step, Filter) else known
                yield from (found for inner in children(step) for found in within(inner, around))
        case _:
            yield from (found for inner in children(node) for found in within(inner, known))


def of_items(item: Content, known: Lookup) -> Lookup:
    """What names mean in a filter: an item's entries come first; where they are not known, any name may be one."""
    if item.entries is None:
        return lambda name: item if name == "item" else UNKNOWN
    return but(known, {**item.entries, "item": item})


def children(node: Node) -> Iterator[Node]:
    """The nodes that a node is made of."""
    for field in fields(node):
        value = getattr(node, field.name)
        pending = list(value) if isinstance(value, tuple) else [value]
        for one in pending:
            if isinstance(one, tuple):
                pending.extend(one)
            elif isinstance(one, Node):
                yield one
