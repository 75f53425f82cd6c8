"""What is compared is of one kind: a number and a text are never equal, and FEEL refuses the question. The date of a form
is a text too, until `date` reads it."""

from collections.abc import Iterator

from service.domain.sentences import Sentence, say
from service.engine.checks.holding import Part, level
from service.engine.checks.view import Found, ProcessView
from service.engine.feel.kinds.dates import Date
from service.engine.feel.kinds.durations import DaysDuration, MonthsDuration
from service.engine.feel.kinds.times import Moment, Time
from service.engine.feel.syntax.nodes import Call, Comparison, Literal, Name, Node, Postfix

_PLAIN = frozenset({"number", "string", "boolean"})
_EMPTY = frozenset({"null"})
_TEXT = frozenset({"string"})

_READERS: dict[type, str] = {
    Date: "date",
    Moment: "date and time",
    Time: "time",
    DaysDuration: "duration",
    MonthsDuration: "duration",
}
"""The function that reads a text as such a value."""

_GIVERS = {"today": "date", "now": "date and time", "years and months duration": "duration"} | {
    name: name for name in _READERS.values()
}
"""Functions that give such a value, each with the one that reads a text as what it gives."""


def find(view: ProcessView) -> Iterator[Found]:
    """Comparisons of numbers, texts and truths with one another, and of texts with dates, times and durations."""
    for part in view.parts:
        if not isinstance(part.node, Comparison):
            continue
        one, two = part.node.left, part.node.right
        left, right = ((part.held(it).kinds or _EMPTY) - _EMPTY for it in (one, two))
        if left and right and left | right <= _PLAIN and not left & right:
            yield Found(part.text.at.element, _unlike(part, min(left), min(right)), level(view, part, part.node))
        for text, other, kinds in ((one, two, left), (two, one, right)):
            reader = _reader(part, other)
            if reader is not None and kinds == _TEXT:
                yield Found(part.text.at.element, _unread(part, text, other, reader), level(view, part, part.node))


def _reader(part: Part, node: Node) -> str | None:
    """The function that reads a text as what a node gives, where that is plainly a date, a time or a duration."""
    if isinstance(node, Literal):
        return _READERS.get(type(node.value))
    called = isinstance(node, Postfix) and len(node.steps) == 1 and isinstance(node.steps[0], Call)
    if not called or not isinstance(node, Postfix) or not isinstance(node.base, Name):
        return None
    return None if node.base.name in part.expression.names else _GIVERS.get(node.base.name)


def _unlike(part: Part, left: str, right: str) -> Sentence:
    assert isinstance(part.node, Comparison)
    return say(
        "In the %(place)s, `%(left)s` is %(one)s and `%(right)s` is %(other)s. Compare like with like.",
        place=part.text.at.place,
        left=part.written(part.node.left)[:60],
        one=_kind(left),
        right=part.written(part.node.right)[:60],
        other=_kind(right),
    )


def _unread(part: Part, text: Node, other: Node, reader: str) -> Sentence:
    written = part.written(text)[:60]
    return say(
        "In the %(place)s, `%(text)s` is a text and is compared with `%(other)s`, which is none. Write `%(cure)s`.",
        place=part.text.at.place,
        text=written,
        other=part.written(other)[:60],
        cure=f"{reader}({written})",
    )


def _kind(name: str) -> Sentence:
    return {"number": say("a number"), "string": say("a text"), "boolean": say("true or false")}[name]
