"""What is asked as a condition is true or false: a number, a text or a list is neither, and would stop the case."""

from collections.abc import Iterator

from service.domain.sentences import Sentence, say
from service.engine.checks.content import Content
from service.engine.checks.holding import Part, level
from service.engine.checks.view import Found, ProcessView
from service.engine.feel.syntax.nodes import Conditional, Logic, Node, Quantified

_CONDITIONS = frozenset({"condition", "until"})


def find(view: ProcessView) -> Iterator[Found]:
    """Conditions, and what `and`, `or`, `if`, `some` and `every` ask, that can only be something else, as far as forms
    and operations tell. What the text alone shows of a whole condition is `constant_condition`'s."""
    asked: set[int] = set()
    for part in view.parts:
        asked.update(map(id, _asked(part)))  # each comes as a part of its own behind the one that asks for it
        what = _never(part.held(part.node)) if id(part.node) in asked else None
        if what is not None:
            message = say(
                "In the %(place)s, `%(text)s` is %(what)s, neither true nor false. Compare it with something.",
                place=part.text.at.place,
                text=part.written(part.node)[:60],
                what=what,
            )
            yield Found(part.text.at.element, message, level(view, part, part.node))


def _asked(part: Part) -> Iterator[Node]:
    node = part.node
    whole = node is part.expression.node and part.text.at.kind in _CONDITIONS
    if whole and not isinstance(node, Logic) and not part.expression.never_true:
        yield node
    if isinstance(node, Logic):
        yield from node.operands
    elif isinstance(node, Conditional):
        yield from (condition for condition, _ in node.branches)
    elif isinstance(node, Quantified):
        yield node.body


def _never(held: Content) -> Sentence | None:
    """What something certainly is instead of true or false; None where it may be either, or may be empty alone."""
    kinds = (held.kinds or frozenset()) - {"null"}
    return _KINDS.get(min(kinds)) if kinds and "boolean" not in kinds else None


_KINDS = {
    "number": say("a number"),
    "string": say("a text"),
    "array": say("a list"),
    "object": say("a group of values"),
}
