"""Numbers: 34 decimal digits, rounded half to even (IEEE 754 decimal128; DMN 1.5, 10.3.2.3.1)."""

from decimal import (
    ROUND_DOWN,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)

from service.domain.sentences import say
from service.engine.feel.errors import Unanswerable
from service.engine.feel.limits import DIGITS

DECIMAL128 = Context(
    prec=34, rounding=ROUND_HALF_EVEN, Emin=1 - DIGITS, Emax=DIGITS, traps=[InvalidOperation, DivisionByZero, Overflow]
)
"""The one arithmetic. Its methods are used, never Python's operators, which obey the thread's own context."""

_FARTHEST = Decimal("9" * 34)
_MOST_TIMES = 10**12


def number(text: str) -> Decimal:
    """The number that a numeral stands for. Raises Unanswerable: no numeral, or outside what decimal128 can hold."""
    try:
        return DECIMAL128.create_decimal(text)
    except DecimalException:
        raise Unanswerable(say("`%(text)s` is no number that can be held", text=text[:40])) from None


def number_text(value: Decimal) -> str:
    """The shortest plain numeral: no exponent, no zeros behind the last digit that counts, no negative zero."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def whole(value: Decimal, what: str) -> int:
    """A number as an integer; beyond 34 digits the largest of so many, as nothing counts so far.

    Raises Unanswerable where it has a fraction.
    """
    if value != value.to_integral_value():
        raise Unanswerable(
            say("%(what)s wants a whole number, not %(value)s", what=say(what), value=number_text(value)[:40])
        )
    return int(max(-_FARTHEST, min(value, _FARTHEST)))


def whole_times(value: Decimal, what: str) -> int:
    """How often something is to be done, or how far to go. Raises Unanswerable: a fraction, or more than ever ends."""
    number = whole(value, what)
    if abs(number) > _MOST_TIMES:
        raise Unanswerable(say("%(what)s goes no further than %(most)s", what=say(what), most=_MOST_TIMES))
    return number


def whole_part(value: Decimal, what: str) -> int:
    """A number as an integer, its fraction cut off: so built-ins read a position, a length and a scale."""
    return whole(value.to_integral_value(ROUND_DOWN), what)
