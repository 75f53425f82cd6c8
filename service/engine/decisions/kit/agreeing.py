"""Whether a value is the one that a case of the kit expects."""

from decimal import Decimal

from service.engine.decisions.kit.untyped import Untyped
from service.engine.feel.errors import Stopped, Unanswerable
from service.engine.feel.kinds.compare import same
from service.engine.feel.kinds.durations import SECOND
from service.engine.feel.kinds.text import literal
from service.engine.feel.kinds.times import Moment, Time
from service.engine.feel.limits import VALUE_DEPTH

PRECISION = Decimal("0.00000001")
"""Numbers that differ by less are the same: what the kit's own runners take."""


def agree(expected: object, actual: object, depth: int = 0) -> bool:
    """Whether a FEEL value is what was expected: numbers to eight places, everything else as FEEL compares it."""
    if depth > VALUE_DEPTH:
        return False
    if isinstance(expected, Untyped):
        expected = expected.like(actual)
    if isinstance(expected, Decimal) and isinstance(actual, Decimal):
        return abs(expected - actual) < PRECISION
    if isinstance(expected, list) and isinstance(actual, list):
        pairs = zip(expected, actual, strict=False)
        return len(expected) == len(actual) and all(agree(left, right, depth + 1) for left, right in pairs)
    if isinstance(expected, dict) and isinstance(actual, dict):
        return expected.keys() == actual.keys() and all(
            agree(value, actual[key], depth + 1) for key, value in expected.items()
        )
    try:
        return _fraction(expected) == _fraction(actual) and same(expected, actual, _free)
    except Stopped:
        return False


def _fraction(value: object) -> int:
    """The part of a second of a time or moment, which FEEL's equality passes over."""
    if isinstance(value, Moment):
        value = value.time
    return value.nanoseconds % SECOND if isinstance(value, Time) else 0


def written(value: object) -> str:
    """A value in words, for a sentence that says what came out."""
    if isinstance(value, Untyped):
        return value.text
    try:
        return literal(_plain(value), _free)
    except (Unanswerable, Stopped):
        return "a value that cannot be written down"


def _plain(value: object) -> object:
    """The same without what is not FEEL's."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value.text if isinstance(value, Untyped) else value


def _free(_: int) -> None:
    """What is compared was made within a budget already."""
