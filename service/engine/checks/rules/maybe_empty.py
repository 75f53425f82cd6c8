"""A field of a form that nobody need fill is null where it was left empty, and of null no text asks more or less, a sum
or a part: such a question stops the case."""

from collections.abc import Iterator, Sequence

from service.domain.sentences import say
from service.engine.checks.content import Content
from service.engine.checks.holding import Part
from service.engine.checks.trees import nodes
from service.engine.checks.view import Found, ProcessView
from service.engine.feel.syntax.nodes import (
    Arithmetic,
    Between,
    Call,
    Comparison,
    Filter,
    InstanceOf,
    Literal,
    Name,
    Negation,
    Node,
    Path,
    Postfix,
)

_ORDER = frozenset({"<", "<=", ">", ">="})


def find(view: ProcessView) -> Iterator[Found]:
    """What may be null where a value is needed, unless the process asks somewhere whether it is; once in a text."""
    asked = {name for text in view.texts for it in text.expressions for name in _asked_for_null(it.node)}
    told: set[tuple[object, str]] = set()
    for part in view.parts:
        for operand, name in _needed(part):
            if name not in asked and (part.text.at, name) not in told and _maybe_null(part.held(operand)):
                told.add((part.text.at, name))
                message = say(
                    "In the %(place)s stands `%(text)s`, but `%(name)s` may have been left empty, and the case would "
                    "stop here. Require an answer in the form, or ask before whether `%(name)s = null`.",
                    place=part.text.at.place,
                    text=part.written(part.node)[:60],
                    name=name,
                )
                yield Found(part.text.at.element, message, "warning")


def _needed(part: Part) -> Iterator[tuple[Node, str]]:
    """The variables and parts of them that a node cannot do without, by the name that they are asked for."""
    found: tuple[Node, ...] = ()
    match part.node:
        case Comparison(operator=operator, left=left, right=right) if operator in _ORDER:
            found = (left, right)
        case Between(value=value, low=low, high=high):
            found = (value, low, high)
        case Arithmetic(first=first, rest=rest):
            found = (first, *(operand for _, operand in rest))
        case Negation(operand=operand):
            found = (operand,)
        case Postfix(base=Name(), steps=(*before, Path())):
            found = (_before(part.node, before),)
    yield from ((it, name) for it in found if (name := _named(it)))


def _before(node: Postfix, steps: Sequence[Path | Filter | Call]) -> Node:
    """What the last step of a path is taken of."""
    if not steps:
        return node.base
    return Postfix(start=node.start, end=steps[-1].end, base=node.base, steps=tuple(steps))


def _named(node: Node) -> str | None:
    """`a` or `a.b.c`, as it is asked for; None for anything else."""
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Postfix) and isinstance(node.base, Name):
        names = [it.name for it in node.steps if isinstance(it, Path)]
        return ".".join((node.base.name, *names)) if len(names) == len(node.steps) else None
    return None


def _asked_for_null(node: Node) -> Iterator[str]:
    """The variables, and parts of them, that are compared with null or asked for their type; and what those lie in."""
    for it in nodes(node):
        asked: tuple[Node, ...] = ()
        if isinstance(it, InstanceOf):
            asked = (it.value,)
        elif isinstance(it, Comparison) and any(_is_null(side) for side in (it.left, it.right)):
            asked = (it.left, it.right)
        for name in filter(None, map(_named, asked)):
            parts = name.split(".")
            yield from (".".join(parts[: place + 1]) for place in range(len(parts)))


def _is_null(node: Node) -> bool:
    return isinstance(node, Literal) and node.value is None


def _maybe_null(held: Content) -> bool:
    """Whether it may be null and need not be; of what is sealed another rule says more."""
    return held.kinds is not None and "null" in held.kinds and len(held.kinds - {"sealed"}) > 1
