"""Values as text: what `string()` gives and a template shows (DMN 1.5, 10.3.4.1)."""

from collections.abc import Callable
from decimal import Decimal

from service.domain.sentences import say
from service.engine.feel.errors import Stopped, Unanswerable
from service.engine.feel.kinds.dates import Date
from service.engine.feel.kinds.durations import DaysDuration, MonthsDuration
from service.engine.feel.kinds.kind import described
from service.engine.feel.kinds.numbers import number_text
from service.engine.feel.kinds.special import Range
from service.engine.feel.kinds.times import Moment, Time
from service.engine.feel.limits import VALUE_DEPTH

TEMPORAL = (Date, Time, Moment, DaysDuration, MonthsDuration)
_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def text_of(value: object, spend: Callable[[int], None]) -> str:
    """A value as text: a string is itself, everything inside a list or context is written as FEEL.

    `spend` is told of every value visited. Raises Unanswerable for null and for a function.
    """
    if isinstance(value, str):
        return value
    if value is None:
        raise Unanswerable(say("null has no text"))
    return literal(value, spend)


def literal(value: object, spend: Callable[[int], None], depth: int = 0) -> str:
    """A value as FEEL would write it."""
    spend(4)
    if depth > VALUE_DEPTH:
        raise Stopped(say("the value is nested too deep"))
    if isinstance(value, str):
        spend(len(value) >> 6)
        return f'"{value.translate(_ESCAPES)}"'
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Decimal):
        text = number_text(value)
        spend(len(text) >> 6)
        return text
    if isinstance(value, TEMPORAL):
        spend(8)
        return str(value) if depth == 0 else f'@"{value}"'
    return _composite(value, spend, depth + 1)


def _composite(value: object, spend: Callable[[int], None], depth: int) -> str:
    if isinstance(value, list):
        return f"[{', '.join(literal(item, spend, depth) for item in value)}]"
    if isinstance(value, dict):
        spend(sum(map(len, value)) >> 5)
        return f"{{{', '.join(f'{key}: {literal(value[key], spend, depth)}' for key in sorted(value))}}}"
    if isinstance(value, Range) and value.sign in {"=", "!="}:
        return f"({value.sign} {literal(value.start, spend, depth)})"
    if isinstance(value, Range):
        low = "" if value.start is None else literal(value.start, spend, depth)
        high = "" if value.end is None else literal(value.end, spend, depth)
        return f"{'[' if value.start_included else '('}{low}..{high}{']' if value.end_included else ')'}"
    raise Unanswerable(say("%(value)s has no text", value=described(value)))
