"""`range("[1..10]")`: a range that is written out in a text (DMN 1.5, 10.3.4.1)."""

from collections.abc import Callable

from service.domain.sentences import say
from service.engine.feel.errors import FeelSyntaxError, Unanswerable
from service.engine.feel.kinds.compare import range_beside, range_between
from service.engine.feel.kinds.dates import date_of_text
from service.engine.feel.kinds.durations import duration_of_text
from service.engine.feel.kinds.special import Range
from service.engine.feel.kinds.times import moment_of_text, time_of_text
from service.engine.feel.run import Run
from service.engine.feel.syntax.names import NameTable
from service.engine.feel.syntax.nodes import Call, Literal, Name, Node, Postfix
from service.engine.feel.syntax.parser import Parser

_CALLS: dict[str, Callable[[str], object]] = {
    "date": date_of_text,
    "time": time_of_text,
    "date and time": moment_of_text,
    "duration": duration_of_text,
}
_NAMES = NameTable(_CALLS)


RANGE_LENGTH = 200
"""Characters of a text that `range` reads."""

READING = 12
"""Steps of reading one character of it."""


def range_from(run: Run, text: str) -> Range:
    """The range that a text writes out, such as `[1..10]` or `[@"2026-05-17"..)`; its ends are literals.

    One that leaves an end out is the same as a comparison: `[2..)` is `>= 2`.
    """
    if len(text) > RANGE_LENGTH:
        raise Unanswerable(say("a range that is written out has at most %(most)s characters", most=RANGE_LENGTH))
    run.spend(READING * len(text))
    reader = Parser(text, (_NAMES,), (), NameTable())
    try:
        node = reader.range_alone()
        reader.ends()
    except FeelSyntaxError as error:
        raise Unanswerable(say("`%(text)s` is no range: %(why)s", text=text[:40], why=error.message)) from None
    low, high = (None if side is None else _literal(side) for side in (node.low, node.high))
    if low is None and high is not None:
        return range_beside("<=" if node.high_included else "<", high)
    if high is None and low is not None:
        return range_beside(">=" if node.low_included else ">", low)
    return range_between(low, high, node.low_included, node.high_included)


def _literal(node: Node) -> object:
    """The value of an end: of a literal, or of a call such as `date("2026-05-17")`."""
    if isinstance(node, Literal) and node.value is not None:
        return node.value
    if isinstance(node, Postfix) and isinstance(node.base, Name) and node.base.name in _CALLS and len(node.steps) == 1:
        call = node.steps[0]
        if isinstance(call, Call) and not call.names and len(call.arguments) == 1:
            (argument,) = call.arguments
            if isinstance(argument, Literal) and isinstance(argument.value, str):
                return _CALLS[node.base.name](argument.value)
    raise Unanswerable(say("an end of a range that is written out is a literal"))
