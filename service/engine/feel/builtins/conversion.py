"""From one kind of value to another, and `not` (DMN 1.5, 10.3.4.1 and 10.3.4.2)."""

import re
from collections.abc import Callable
from decimal import Decimal

from service.domain.sentences import say
from service.engine.feel.builtins.range_text import range_from
from service.engine.feel.builtins.table import define
from service.engine.feel.errors import Unanswerable
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
from service.engine.feel.kinds.text import text_of
from service.engine.feel.kinds.times import Moment, Time, moment_of_text, time, time_of_text
from service.engine.feel.kinds.zones import Zone, offset, zone_of_text
from service.engine.feel.run import Run

_NUMERAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
"""The standard's numeric literal (grammar rule 37), or with a plus before it, as XML Schema has it."""


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


def number_from(text: str | Decimal, grouping: str | None = None, point: str | None = None) -> Decimal:
    """The number that a text names. Groups of digits may be parted by a blank, comma or point, the fraction likewise.

    A number alone is itself.
    """
    if isinstance(text, Decimal):
        if grouping or point:
            raise Unanswerable(say("`number` wants a string for `from`, where it is told what parts its digits"))
        return text
    if grouping not in {None, " ", ",", "."} or point not in {None, ",", "."} or (grouping and grouping == point):
        raise Unanswerable(
            say("`number` wants a blank, a comma or a point between groups, and another of them as point")
        )
    if len(text) > NUMERAL_LENGTH:
        raise Unanswerable(say("a numeral has at most %(most)s characters", most=NUMERAL_LENGTH))
    if grouping:
        text = text.replace(grouping, "")
    if point:
        text = text.replace(point, ".")
    if _NUMERAL.fullmatch(text) is None:
        raise Unanswerable(say("`%(text)s` is no number", text=text[:40]))
    return number(text)


def string_from(run: Run, value: object) -> str | None:
    """A value as text; null stays null."""
    return None if value is None else run.text(text_of(value, run.spend))


def duration_from(value: str | Duration) -> Duration:
    """The duration that a text names."""
    return duration_of_text(value) if isinstance(value, str) else value


def months_between(start: Date | Moment, end: Date | Moment) -> MonthsDuration:
    """Whole months from one day to another; a moment stands for the day on its own clock.

    A month is whole once its day of the month is reached: from the 31st of December to the 30th of June it is five.
    """
    first, last = (side.date if isinstance(side, Moment) else side for side in (start, end))
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return months_duration(months)


def negation(value: object) -> bool | None:
    """false of true, true of false, null of null."""
    if value is None:
        return None
    if value is not True and value is not False:
        raise Unanswerable(say("`not` wants true or false"))
    return not value


def _in_zone(body: Callable[..., Time | Moment]) -> Callable[..., Time | Moment]:
    """What `body` gives; a zone that this evaluation has not met before is looked up, which costs more."""

    def made(run: Run, *arguments: object) -> Time | Moment:
        value = body(*arguments)
        zone = value.zone if isinstance(value, Time) else value.time.zone
        if isinstance(zone, str) and run.first(("zone", zone)):
            run.spend(ZONE)
        return value

    return made


NUMERAL_LENGTH = 10_000
"""Characters of a text that `number` reads: more than any number has digits."""

ZONE = 800
"""Steps of reading a zone of the IANA database."""

_CLOCK = "hour: number, minute: number, second: number"
_MOMENT = "date and time"
_DAY = "year: number, month: number, day: number"

TABLE = (
    define("date", "from: string | date | date and time", date_from, cost=12),
    define("date", _DAY, date_of_parts, cost=12),
    define("time", "from: string | time | date and time | date", _in_zone(time_from), run=True, cost=12, gives="time"),
    define("time", f"{_CLOCK}, offset?: days and time duration", time_of_parts, cost=16),
    define(
        "date and time", "from: string | date and time | date", _in_zone(moment_from), run=True, cost=20, gives=_MOMENT
    ),
    define("date and time", "date: date | date and time, time: time", moment_of, cost=4),
    define(
        "date and time",
        f"{_DAY}, {_CLOCK}, offset?: days and time duration | string",
        _in_zone(moment_of_parts),
        run=True,
        cost=36,
        gives=_MOMENT,
    ),
    define(
        "date and time",
        f"{_DAY}, {_CLOCK}, timezone: string",
        _in_zone(moment_of_parts),
        run=True,
        cost=36,
        gives=_MOMENT,
    ),
    define(
        "number", "from: string | number, grouping separator?: string, decimal separator?: string", number_from, cost=4
    ),
    define("string", "from: any", string_from, run=True),
    define("duration", "from: string | days and time duration | years and months duration", duration_from, cost=16),
    define(
        "years and months duration", "from: date | date and time, to: date | date and time", months_between, cost=60
    ),
    define("range", "from: string", range_from, run=True),
    define("not", "negand: any", negation),
)
