"""From one kind of value to another, and `not` (DMN 1.5, 10.3.4.1 and 10.3.4.2)."""

from decimal import Decimal

from service.engine.feel.builtins.table import define
from service.engine.feel.errors import FeelSyntaxError, Unanswerable
from service.engine.feel.kinds.compare import before
from service.engine.feel.kinds.dates import Date, date, date_of_text
from service.engine.feel.kinds.durations import (
    SECOND,
    DaysDuration,
    Duration,
    MonthsDuration,
    duration_of_text,
    months_duration,
)
from service.engine.feel.kinds.numbers import DECIMAL128, number, whole
from service.engine.feel.kinds.special import Range
from service.engine.feel.kinds.text import text_of
from service.engine.feel.kinds.times import Moment, Time, moment_of_text, time, time_of_text
from service.engine.feel.kinds.zones import Zone, offset, zone_of_text
from service.engine.feel.run import Run
from service.engine.feel.syntax.names import NameTable
from service.engine.feel.syntax.nodes import Literal, RangeOf
from service.engine.feel.syntax.parser import Parser


def date_from(value: str | Date | Moment) -> Date:
    """The day that a text names, or of a moment."""
    if isinstance(value, str):
        return date_of_text(value)
    return value.date if isinstance(value, Moment) else value


def date_of_parts(year: Decimal, month: Decimal, day: Decimal) -> Date:
    """The day of a year, a month and a day."""
    return date(*(whole(part, "a date") for part in (year, month, day)))


def time_from(value: str | Time | Moment | Date) -> Time:
    """The time that a text names, or of a moment; a day begins at midnight in UTC."""
    if isinstance(value, str):
        return time_of_text(value)
    if isinstance(value, Moment):
        return value.time
    return value if isinstance(value, Time) else Time(0, 0)


def time_of_parts(hour: Decimal, minute: Decimal, second: Decimal, shift: object = None) -> Time:
    """The time of an hour, a minute and a second; `shift` is its offset from UTC."""
    nanoseconds = DECIMAL128.multiply(second, Decimal(SECOND)).to_integral_value()
    zone: Zone = None
    if isinstance(shift, DaysDuration):
        zone = offset(shift.part(SECOND))
    elif isinstance(shift, str):
        zone = zone_of_text(shift if shift[:1] in {"+", "-", "Z", "@"} else f"@{shift}")
    return time(whole(hour, "a time"), whole(minute, "a time"), whole(nanoseconds, "a time"), zone)


def moment_from(value: str | Date | Moment) -> Moment:
    """The moment that a text names; a day begins at midnight."""
    if isinstance(value, str):
        return moment_of_text(value)
    return value if isinstance(value, Moment) else Moment(value, Time(0))


def moment_of(day: Date | Moment, clock: Time) -> Moment:
    """That day at that time."""
    return Moment(day.date if isinstance(day, Moment) else day, clock)


def moment_of_parts(*parts: Decimal) -> Moment:
    """The moment of a year, a month, a day, an hour, a minute, a second, and a zone if there is one."""
    return Moment(date_of_parts(*parts[:3]), time_of_parts(*parts[3:]))


def number_from(text: str, grouping: str | None = None, point: str | None = None) -> Decimal:
    """The number that a text names, groups of digits parted by `grouping` and the fraction by `point`."""
    if grouping not in {None, " ", ",", "."} or point not in {None, ",", "."} or (grouping and grouping == point):
        raise Unanswerable("`number` wants a blank, a comma or a point between groups, and another of them as point")
    if grouping:
        text = text.replace(grouping, "")
    if point:
        text = text.replace(point, ".")
    if not text.isascii() or not set(text) <= set("0123456789+-.eE"):
        raise Unanswerable(f"`{text[:40]}` is no number")
    return number(text)


def string_from(run: Run, value: object) -> str | None:
    """A value as text; null stays null."""
    return None if value is None else run.text(text_of(value, run.spend))


def duration_from(value: str | Duration) -> Duration:
    """The duration that a text names."""
    return duration_of_text(value) if isinstance(value, str) else value


def months_between(start: Date | Moment, end: Date | Moment) -> MonthsDuration:
    """Whole months from one day to another."""
    if isinstance(start, Date) != isinstance(end, Date):
        start, end = (moment_from(side) for side in (start, end))
    first, last = (side.date if isinstance(side, Moment) else side for side in (start, end))
    months = (last.year - first.year) * 12 + last.month - first.month
    # A month counts only once its day and time have come.
    if months > 0 and before(end, start.plus_months(months)):
        months -= 1
    elif months < 0 and before(start.plus_months(months), end):
        months += 1
    return months_duration(months)


def range_from(text: str) -> Range:
    """The range that a text writes out, such as `[1..10]` or `< @"2026-05-17"`; its ends are literals."""
    reader = Parser(text, (), (), NameTable())
    try:
        node = reader.expression()
        reader.ends()
    except FeelSyntaxError as error:
        raise Unanswerable(f"`{text[:40]}` is no range: {error}") from None
    if not isinstance(node, RangeOf) or not all(isinstance(side, Literal | None) for side in (node.low, node.high)):
        raise Unanswerable(f"`{text[:40]}` is no range with literal ends")
    low, high = (side.value if isinstance(side, Literal) else None for side in (node.low, node.high))
    return Range(low, high, node.low_included, node.high_included)


def negation(value: object) -> bool | None:
    """false of true, true of false, null of null."""
    if value is None:
        return None
    if value is not True and value is not False:
        raise Unanswerable("`not` wants true or false")
    return not value


_CLOCK = "hour: number, minute: number, second: number"
_DAY = "year: number, month: number, day: number"

TABLE = (
    define("date", "from: string | date | date and time", date_from),
    define("date", _DAY, date_of_parts),
    define("time", "from: string | time | date and time | date", time_from),
    define("time", f"{_CLOCK}, offset?: days and time duration", time_of_parts),
    define("date and time", "from: string | date and time | date", moment_from),
    define("date and time", "date: date | date and time, time: time", moment_of),
    define("date and time", f"{_DAY}, {_CLOCK}, offset?: days and time duration | string", moment_of_parts),
    define("date and time", f"{_DAY}, {_CLOCK}, timezone: string", moment_of_parts),
    define("number", "from: string, grouping separator?: string, decimal separator?: string", number_from),
    define("string", "from: any", string_from, run=True),
    define("duration", "from: string | days and time duration | years and months duration", duration_from),
    define("years and months duration", "from: date | date and time, to: date | date and time", months_between),
    define("range", "from: string", range_from),
    define("not", "negand: any", negation),
)
