"""A comparison asks for a text that can come: one that no form offers and nothing sets is never met."""

from collections.abc import Iterator

from service.domain.sentences import Sentence, say
from service.engine.checks.content import Content
from service.engine.checks.holding import Part, level
from service.engine.checks.naming import nearest
from service.engine.checks.view import Found, ProcessView
from service.engine.feel.syntax.nodes import Comparison, Literal, Membership, Node

# Of more values than these a sentence shows the first.
_SHOWN = 12


def find(view: ProcessView) -> Iterator[Found]:
    """Texts that are compared with what never holds them, with those that it may hold."""
    for part in view.parts:
        for asked, value in _compared(part.node):
            held = part.held(asked)
            if isinstance(value, str) and held.texts and value not in held.texts:
                yield Found(part.text.at.element, _sentence(part, asked, value, held), level(view, part, asked))


def _compared(node: Node) -> Iterator[tuple[Node, object]]:
    if isinstance(node, Comparison) and node.operator in ("=", "!="):
        for asked, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(other, Literal):
                yield asked, other.value
    elif isinstance(node, Membership):
        yield from ((node.value, test.value) for test in node.tests if isinstance(test, Literal))


def _sentence(part: Part, asked: Node, value: str, held: Content) -> Sentence:
    known = sorted(held.texts or ())
    near, place, name = nearest(value, known), part.text.at.place, part.written(asked)[:60]
    if near:
        return say(
            "In the %(place)s, `%(name)s` is never “%(value)s”. Did you mean “%(near)s”?",
            place=place,
            name=name,
            value=value,
            near=near,
        )
    return say(
        "In the %(place)s, `%(name)s` is never “%(value)s”. It may be: %(known)s.",
        place=place,
        name=name,
        value=value,
        known=", ".join(f"“{it}”" for it in known[:_SHOWN]) + ("…" if len(known) > _SHOWN else ""),
    )
