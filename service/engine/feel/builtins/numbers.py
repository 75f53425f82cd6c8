"""Numbers (DMN 1.5, 10.3.4.5)."""

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
    InvalidOperation,
)

from service.domain.sentences import say
from service.engine.feel.builtins.table import define
from service.engine.feel.errors import Unanswerable
from service.engine.feel.kinds.durations import DaysDuration, MonthsDuration
from service.engine.feel.kinds.numbers import DECIMAL128, whole, whole_part

_FINEST = 6_176
_COARSEST = -6_111


def rounded(value: Decimal, scale: Decimal, rounding: str) -> Decimal:
    """A number with so many digits behind the point; a negative scale rounds before it."""
    digits = whole_part(scale, "a scale")
    if not _COARSEST <= digits <= _FINEST:
        raise Unanswerable(say("a scale lies between %(least)s and %(most)s", least=_COARSEST, most=_FINEST))
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or -exponent <= digits:
        return value
    return value.quantize(Decimal((0, (1,), -digits)), rounding=rounding, context=DECIMAL128)


def modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    """What is left of a division that is rounded down; it has the divisor's sign."""
    if not divisor:
        raise Unanswerable(say("nothing can be divided by 0"))
    try:
        rest = DECIMAL128.remainder(dividend, divisor)
    except InvalidOperation:
        rest = _far_remainder(dividend, divisor)
    return DECIMAL128.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest


def _far_remainder(dividend: Decimal, divisor: Decimal) -> Decimal:
    """What is left where the whole quotient has more than 34 digits: of its powers of ten only what the divisor leaves."""
    (digits, exponent), (by, other) = _scaled(dividend), _scaled(divisor)
    return DECIMAL128.scaleb(Decimal(digits * pow(10, exponent - other, by) % by), other)


def _scaled(value: Decimal) -> tuple[int, int]:
    """A whole number and a power of ten whose product is the value."""
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)  # a finite number
    return int(Decimal((sign, digits, 0))), exponent


def absolute(value: object) -> object:
    """A number or duration without its sign."""
    if isinstance(value, MonthsDuration):
        return MonthsDuration(abs(value.months))
    if isinstance(value, DaysDuration):
        return DaysDuration(abs(value.nanoseconds))
    return DECIMAL128.abs(value)  # type: ignore[arg-type]  # a number: the table lets nothing else in


def square_root(value: Decimal) -> Decimal:
    """The square root of a number that is not negative."""
    if value < 0:
        raise Unanswerable(say("a negative number has no square root"))
    return DECIMAL128.sqrt(value)


def logarithm(value: Decimal) -> Decimal:
    """The natural logarithm of a positive number."""
    if value <= 0:
        raise Unanswerable(say("only a positive number has a logarithm"))
    return DECIMAL128.ln(value)


def even(value: Decimal) -> bool:
    """Whether a whole number is even."""
    last = whole(value, "`even` or `odd`") % 2
    return last == 0 or value.as_tuple().exponent > 0  # type: ignore[operator]  # a finite number ends in noughts


_ZERO = Decimal(0)

TABLE = (
    define("decimal", "n: number, scale: number", lambda n, scale: rounded(n, scale, ROUND_HALF_EVEN), gives="number"),
    define("floor", "n: number", lambda n: rounded(n, _ZERO, ROUND_FLOOR), gives="number"),
    define("floor", "n: number, scale: number", lambda n, scale: rounded(n, scale, ROUND_FLOOR), gives="number"),
    define("ceiling", "n: number", lambda n: rounded(n, _ZERO, ROUND_CEILING), gives="number"),
    define("ceiling", "n: number, scale: number", lambda n, scale: rounded(n, scale, ROUND_CEILING), gives="number"),
    define("round up", "n: number, scale: number", lambda n, scale: rounded(n, scale, ROUND_UP), gives="number"),
    define("round down", "n: number, scale: number", lambda n, scale: rounded(n, scale, ROUND_DOWN), gives="number"),
    define(
        "round half up", "n: number, scale: number", lambda n, scale: rounded(n, scale, ROUND_HALF_UP), gives="number"
    ),
    define(
        "round half down",
        "n: number, scale: number",
        lambda n, scale: rounded(n, scale, ROUND_HALF_DOWN),
        gives="number",
    ),
    define("abs", "n: number | days and time duration | years and months duration", absolute),
    define("modulo", "dividend: number, divisor: number", modulo),
    define("sqrt", "number: number", square_root, cost=10),
    define("log", "number: number", logarithm, cost=130),
    define("exp", "number: number", DECIMAL128.exp, cost=60, gives="number"),
    define("odd", "number: number", lambda number: not even(number), gives="boolean"),
    define("even", "number: number", even),
)
