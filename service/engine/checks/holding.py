"""What the parts of an expression may hold, where they stand: names mean something else in a filter or a loop."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from service.domain.findings import Level
from service.engine import feel
from service.engine.checks.content import UNKNOWN, Content, Lookup, behind, of_node
from service.engine.checks.texts import ReadText
from service.engine.checks.trees import nodes
from service.engine.feel.syntax.nodes import (
    ContextOf,
    Filter,
    For,
    FunctionOf,
    Name,
    Node,
    Postfix,
    Quantified,
)
from service.engine.feel.syntax.nodes import Iterator as Round

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
    """Every part of every expression of a process that a token comes to. A line of a script is taken by itself: what
    the lines before it set is not known."""
    for text in view.texts:
        state = view.knowing.at(*text.at.where)
        before = partial(view.knowing.content, state)
        unclear: dict[str, Content] = {}
        for place, expression in enumerate(text.expressions if state else ()):
            inner = _within(expression.node, _but(before, dict(unclear)))
            yield from (Part(text, expression, node, known) for node, known in inner)
            unclear.update(dict.fromkeys(text.lines[place : place + 1], UNKNOWN))


def level(view: "ProcessView", part: Part, node: Node) -> Level:
    """How much is wrong with what a node may hold: what another bundle sets may change with it."""
    state = view.knowing.at(*part.text.at.where)
    far = any(view.knowing.far(state, it.name) for it in nodes(node) if isinstance(it, Name))
    return "warning" if far else "error"


def inside(held: Content) -> Content:
    """What each of the items of a list holds; what is no list is an item itself."""
    return (held.items or UNKNOWN) if held.many else held


def steps(node: Postfix, known: Lookup) -> Iterator[tuple[Node, Content]]:
    """The steps behind a value, each with what it is taken of."""
    held = of_node(node.base, known)
    for step in node.steps:
        yield step, held
        held = behind(step, held)


def _within(node: Node, known: Lookup) -> Iterator[tuple[Node, Lookup]]:
    yield node, known
    match node:
        case For() | Quantified():
            bound = {"partial": UNKNOWN}
            for one in node.iterators:
                yield from _within(one.source, _but(known, bound))
                bound = {**bound, one.name: _item(one, _but(known, bound))}
            yield from _within(node.body, _but(known, bound))
        case ContextOf():
            # An entry may ask for those before it.
            around = _but(known, {name: UNKNOWN for name, _ in node.entries})
            yield from (found for _, value in node.entries for found in _within(value, around))
        case FunctionOf():
            yield from _within(node.body, _but(known, {name: UNKNOWN for name, _ in node.parameters}))
        case Postfix():
            yield from _within(node.base, known)
            for step, held in steps(node, known):
                within = _of_items(inside(held), known) if isinstance(step, Filter) else known
                yield from (found for inner in _children(step) for found in _within(inner, within))
        case _:
            yield from (found for inner in _children(node) for found in _within(inner, known))


def _item(one: Round, known: Lookup) -> Content:
    return inside(of_node(one.source, known)) if one.until is None else UNKNOWN


def _of_items(item: Content, known: Lookup) -> Lookup:
    """In a filter, an item's entries come first; where they are not known, any name may be one."""
    if item.entries is None:
        return lambda name: item if name == "item" else UNKNOWN
    return _but(known, {**item.entries, "item": item})


def _but(known: Lookup, other: Mapping[str, Content]) -> Lookup:
    return lambda name: other[name] if name in other else known(name)


def _children(node: Node) -> Iterator[Node]:
    for field in fields(node):
        value = getattr(node, field.name)
        pending = list(value) if isinstance(value, tuple) else [value]
        for one in pending:
            if isinstance(one, tuple):
                pending.extend(one)
            elif isinstance(one, Node):
                yield one
