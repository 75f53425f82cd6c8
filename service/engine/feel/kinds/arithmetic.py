"""+ - * / ** and the minus sign, kind by kind (DMN 1.5, 10.3.2.12, tables 45 to 50)."""

from collections.abc import Callable
from decimal import Decimal, DecimalException, DivisionByZero, InvalidOperation
from typing import Any

from service.domain.sentences import Sentence, say
from service.engine.feel.errors import Stopped, Unanswerable
from service.engine.feel.kinds.dates import Date, date_of_number
from service.engine.feel.kinds.durations import (
    DAY,
    DaysDuration,
    MonthsDuration,
    days_duration,
    months_duration,
)
from service.engine.feel.kinds.kind import described
from service.engine.feel.kinds.numbers import DECIMAL128
from service.engine.feel.kinds.times import Moment, Time, midnight
from service.engine.feel.limits import STRING_LENGTH

Apply = Callable[[Any, Any], object]


def _not_combined(operator: str, left: Sentence, right: Sentence) -> Sentence:
    match operator:
        case "+":
            return say("%(left)s cannot be added to %(right)s", left=right, right=left)
        case "-":
            return say("%(left)s cannot be subtracted from %(right)s", left=right, right=left)
        case "*":
            return say("%(left)s cannot be multiplied by %(right)s", left=left, right=right)
        case "/":
            return say("%(left)s cannot be divided by %(right)s", left=left, right=right)
    return say("%(left)s cannot be raised to %(right)s", left=left, right=right)


def combined(operator: str, left: object, right: object) -> object:
    """`left operator right`. Raises Unanswerable where the two cannot be combined, or the result cannot be held."""
    apply = _OPERATIONS[operator].get((type(left), type(right)))
    if apply is None:
        raise Unanswerable(_not_combined(operator, described(left), described(right)))
    try:
        return apply(left, right)
    except (DivisionByZero, InvalidOperation):
        undefined = say("nothing can be divided by 0") if operator == "/" else say("this power is not defined")
        raise Unanswerable(undefined) from None
    except DecimalException:
        raise Unanswerable(say("the number is too large")) from None


def negated(value: object) -> object:
    """`-value`. Raises Unanswerable for what has no sign."""
    if isinstance(value, Decimal):
        return DECIMAL128.minus(value)
    if isinstance(value, MonthsDuration):
        return MonthsDuration(-value.months)
    if isinstance(value, DaysDuration):
        return DaysDuration(-value.nanoseconds)
    raise Unanswerable(say("%(value)s has no negative", value=described(value)))


def _joined(left: str, right: str) -> str:
    if len(left) + len(right) > STRING_LENGTH:
        raise Stopped(say("a string of more than %(most)s characters came out", most=STRING_LENGTH))
    return left + right


def _moment(value: Date | Moment) -> Moment:
    return value if isinstance(value, Moment) else midnight(value)


def _elapsed(later: Date | Moment, earlier: Date | Moment) -> DaysDuration:
    if isinstance(later, Date) and isinstance(earlier, Date):
        return days_duration((later.number - earlier.number) * DAY)
    first, last = _moment(earlier), _moment(later)
    if (first.time.zone is None) != (last.time.zone is None):
        raise Unanswerable(say("between a local time and one in a zone there is no duration"))
    return days_duration(last.instant - first.instant)


def _time_elapsed(later: Time, earlier: Time) -> DaysDuration:
    if (later.zone is None) != (earlier.zone is None):
        raise Unanswerable(say("between a local time and one in a zone there is no duration"))
    return DaysDuration(later.nanoseconds - earlier.nanoseconds - ((later.offset or 0) - (earlier.offset or 0)) * 10**9)


def _later_day(day: Date, duration: DaysDuration) -> Date:
    return date_of_number((day.number * DAY + duration.nanoseconds) // DAY)


def _later_time(time: Time, duration: DaysDuration) -> Time:
    return Time((time.nanoseconds + duration.nanoseconds) % DAY, time.zone)


def _scaled_months(duration: MonthsDuration, factor: Decimal) -> MonthsDuration:
    return months_duration(int(DECIMAL128.multiply(Decimal(duration.months), factor)))


def _scaled_days(duration: DaysDuration, factor: Decimal) -> DaysDuration:
    return days_duration(int(DECIMAL128.multiply(Decimal(duration.nanoseconds), factor)))


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    if not exponent:
        return Decimal(1)  # of 0 too (IEEE 754, 9.2.1), which `decimal` leaves undefined
    found = DECIMAL128.power(base, exponent)
    if not found.is_finite():  # 0 to a negative power: `decimal` calls that infinite, without a signal
        raise DivisionByZero
    return found


def _turned(apply: Apply) -> Apply:
    return lambda left, right: apply(right, left)


def _ratio(left: int, right: int | Decimal) -> Decimal:
    return DECIMAL128.divide(Decimal(left), Decimal(right))


_PLUS: dict[tuple[type, type], Apply] = {
    (Decimal, Decimal): DECIMAL128.add,
    (str, str): _joined,
    (MonthsDuration, MonthsDuration): lambda left, right: months_duration(left.months + right.months),
    (DaysDuration, DaysDuration): lambda left, right: days_duration(left.nanoseconds + right.nanoseconds),
    (Date, MonthsDuration): lambda day, duration: day.plus_months(duration.months),
    (Date, DaysDuration): _later_day,
    (Moment, MonthsDuration): lambda moment, duration: moment.plus_months(duration.months),
    (Moment, DaysDuration): lambda moment, duration: moment.plus(duration.nanoseconds),
    (Time, DaysDuration): _later_time,
}
_PLUS |= {(right, left): _turned(apply) for (left, right), apply in _PLUS.items() if left is not right}

_MINUS: dict[tuple[type, type], Apply] = {
    (Decimal, Decimal): DECIMAL128.subtract,
    (MonthsDuration, MonthsDuration): lambda left, right: months_duration(left.months - right.months),
    (DaysDuration, DaysDuration): lambda left, right: days_duration(left.nanoseconds - right.nanoseconds),
    (Date, MonthsDuration): lambda day, duration: day.plus_months(-duration.months),
    (Date, DaysDuration): lambda day, duration: _later_day(day, DaysDuration(-duration.nanoseconds)),
    (Moment, MonthsDuration): lambda moment, duration: moment.plus_months(-duration.months),
    (Moment, DaysDuration): lambda moment, duration: moment.plus(-duration.nanoseconds),
    (Time, DaysDuration): lambda time, duration: _later_time(time, DaysDuration(-duration.nanoseconds)),
    (Time, Time): _time_elapsed,
    (Date, Date): _elapsed,
    (Moment, Moment): _elapsed,
    (Date, Moment): _elapsed,
    (Moment, Date): _elapsed,
}

_TIMES: dict[tuple[type, type], Apply] = {
    (Decimal, Decimal): DECIMAL128.multiply,
    (MonthsDuration, Decimal): _scaled_months,
    (DaysDuration, Decimal): _scaled_days,
    (Decimal, MonthsDuration): _turned(_scaled_months),
    (Decimal, DaysDuration): _turned(_scaled_days),
}

_BY: dict[tuple[type, type], Apply] = {
    (Decimal, Decimal): DECIMAL128.divide,
    (MonthsDuration, Decimal): lambda duration, divisor: months_duration(int(_ratio(duration.months, divisor))),
    (DaysDuration, Decimal): lambda duration, divisor: days_duration(int(_ratio(duration.nanoseconds, divisor))),
    (MonthsDuration, MonthsDuration): lambda left, right: _ratio(left.months, right.months),
    (DaysDuration, DaysDuration): lambda left, right: _ratio(left.nanoseconds, right.nanoseconds),
}

_OPERATIONS: dict[str, dict[tuple[type, type], Apply]] = {
    "+": _PLUS,
    "-": _MINUS,
    "*": _TIMES,
    "/": _BY,
    "**": {(Decimal, Decimal): _power},
}
