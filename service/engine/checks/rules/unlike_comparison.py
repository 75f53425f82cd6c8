"""What is compared is of one kind: a number and a text are never equal, and FEEL refuses the question."""

from collections.abc import Iterator

from service.domain.sentences import Sentence, say
from service.engine.checks.holding import level
from service.engine.checks.view import Found, ProcessView
from service.engine.feel.syntax.nodes import Comparison

_PLAIN = frozenset({"number", "string", "boolean"})
_EMPTY = frozenset({"null"})


def find(view: ProcessView) -> Iterator[Found]:
    """Comparisons of numbers, texts and truths with one another."""
    for part in view.parts:
        if not isinstance(part.node, Comparison):
            continue
        left, right = ((part.held(it).kinds or _EMPTY) - _EMPTY for it in (part.node.left, part.node.right))
        if left and right and left | right <= _PLAIN and not left & right:
            yield Found(
                part.text.at.element,
                say(
                    "In the %(place)s, `%(left)s` is %(one)s and `%(right)s` is %(other)s. Compare like with like.",
                    place=part.text.at.place,
                    left=part.written(part.node.left)[:60],
                    one=_kind(min(left)),
                    right=part.written(part.node.right)[:60],
                    other=_kind(min(right)),
                ),
                level(view, part, part.node),
            )


def _kind(name: str) -> Sentence:
    return {"number": say("a number"), "string": say("a text"), "boolean": say("true or false")}[name]
