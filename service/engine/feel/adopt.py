"""Values of the host (variables, answers, Python's own dates) → values of FEEL. `engine.values` is the way back.

Nothing else of Python enters: an object of any other class is refused, not looked into.
"""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from service.domain.sentences import say
from service.engine.feel.errors import Unanswerable
from service.engine.feel.kinds.dates import Date, date_of_python
from service.engine.feel.kinds.durations import DaysDuration, MonthsDuration, days_duration
from service.engine.feel.kinds.numbers import DECIMAL128, number
from service.engine.feel.kinds.special import Function, Range, Sealed
from service.engine.feel.kinds.times import Moment, Time, moment_of_python, time_of_python
from service.engine.feel.limits import DIGITS, KEY_LENGTH, VALUE_DEPTH

SEAL = "sealed"
EXACT = 10**34
"""Whole numbers below this are held exactly."""
_SMALL = tuple(map(Decimal, range(1024)))
_AS_IS = frozenset({type(None), bool, str, Date, Time, Moment, DaysDuration, MonthsDuration, Range, Function, Sealed})


def _free(_: int) -> None:
    """Nobody counts."""


def adopted(value: Any, spend: Callable[[int], None] = _free, depth: int = 0) -> object:
    """The FEEL value of a host value; lists and objects are copied. Raises Unanswerable.

    `spend` is told of every list and object before it is gone through: a step for each of its parts.

    int, float and Decimal become numbers, date, datetime, time and timedelta their own kinds, and an object with the
    one key `sealed` a sealed value. Strings stay strings, whatever they look like.
    """
    kind = type(value)
    if kind in _AS_IS:
        return value
    if kind in _READERS:
        return _READERS[kind](value)
    if depth > VALUE_DEPTH:
        raise Unanswerable(say("the value is nested more than %(most)s deep", most=VALUE_DEPTH))
    if kind is dict:
        return _object(value, spend, depth + 1)
    if kind is list or kind is tuple:
        spend(2 + len(value))
        return [item if type(item) in _AS_IS else adopted(item, spend, depth + 1) for item in value]
    raise Unanswerable(say("a %(kind)s is no value of FEEL", kind=kind.__name__))


def _object(value: dict[Any, Any], spend: Callable[[int], None], depth: int) -> object:
    if len(value) == 1 and type(commitment := value.get(SEAL)) is str:
        return Sealed(commitment)
    spend(2 + len(value))
    try:
        names = "".join(value)  # the quickest way to see that all of them are strings
    except TypeError:
        raise Unanswerable(say("the names of a context's entries are strings")) from None
    if len(names) > KEY_LENGTH and max(map(len, value)) > KEY_LENGTH:
        raise Unanswerable(say("the name of a context's entry has at most %(most)s characters", most=KEY_LENGTH))
    return {key: item if type(item) in _AS_IS else adopted(item, spend, depth) for key, item in value.items()}


def _decimal(value: Decimal) -> Decimal:
    if not value.is_finite() or value.adjusted() > DIGITS:
        raise Unanswerable(say("a number must be finite"))
    return DECIMAL128.plus(value)


def integer(value: int) -> Decimal:
    """A whole number, rounded to 34 digits. Raises Unanswerable where it is too large for that."""
    if 0 <= value < 1024:
        return _SMALL[value]
    if -EXACT < value < EXACT:
        return Decimal(value)
    return _decimal(Decimal(value) if value.bit_length() < 20_000 else Decimal("Infinity"))


_READERS: dict[type, Callable[..., object]] = {
    int: integer,
    float: lambda value: number(repr(value)) if value - value == 0 else _decimal(Decimal("Infinity")),
    Decimal: _decimal,
    datetime.date: date_of_python,
    datetime.datetime: moment_of_python,
    datetime.time: time_of_python,
    datetime.timedelta: lambda value: days_duration(
        (value.days * 86_400 + value.seconds) * 10**9 + value.microseconds * 1_000
    ),
}
