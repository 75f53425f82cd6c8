"""Dates and times: what they are part of, and the clock of the evaluation (DMN 1.5, 10.3.4.6 and 10.3.4.9)."""

from decimal import Decimal

from service.domain.calendars import CalendarEnds
from service.engine.feel.builtins.table import define
from service.engine.feel.errors import Unanswerable
from service.engine.feel.kinds.compare import same
from service.engine.feel.kinds.dates import Date, date_of_python
from service.engine.feel.kinds.kind import kind_of
from service.engine.feel.kinds.numbers import whole_times
from service.engine.feel.kinds.times import Moment, Time, moment_of_python
from service.engine.feel.run import Run

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def now(run: Run) -> Moment:
    """The moment of the evaluation, in its zone."""
    return moment_of_python(run.context.now.astimezone(run.context.zone))


def today(run: Run) -> Date:
    """The day of the evaluation, in its zone."""
    return now(run).date


def working_days(run: Run, n: Decimal, start: Date | Moment | None = None) -> Date:
    """Ours, not the standard's: the day `n` working days after `from` (before it, if negative), else after today.

    0 is that day itself, or the next working day. A date and time counts as the day that its own clock shows.
    """
    count = whole_times(n, "`working days`")
    run.spend(abs(count) * 2)
    day = start.date if isinstance(start, Moment) else start or today(run)
    try:
        return date_of_python(run.context.calendar.add_working_days(day.python(), count))
    except CalendarEnds as end:
        raise Unanswerable(end.reason) from None


def identical(run: Run, left: object = None, right: object = None) -> bool:
    """Whether two values are the same in all their parts: of two times, what their clocks show and their zone."""
    if kind_of(left) != kind_of(right):
        return False
    if isinstance(left, Time | Moment):
        return left == right
    return same(left, right, run.spend)


def _day(value: Date | Moment) -> Date:
    return value.date if isinstance(value, Moment) else value


TABLE = (
    define("now", "", now, run=True, cost=16),
    define("today", "", today, run=True, cost=16),
    define("working days", "n: number, from?: date | date and time", working_days, run=True, cost=16),
    define("is", "value1?: any, value2?: any", identical, run=True, cost=16),
    define(
        "day of year",
        "date: date | date and time",
        lambda date: Decimal(_day(date).day_of_year),
        cost=12,
        gives="number",
    ),
    define(
        "day of week", "date: date | date and time", lambda date: DAYS[_day(date).weekday - 1], cost=12, gives="string"
    ),
    define("month of year", "date: date | date and time", lambda date: MONTHS[_day(date).month - 1], gives="string"),
    define(
        "week of year",
        "date: date | date and time",
        lambda date: Decimal(_day(date).week_of_year),
        cost=36,
        gives="number",
    ),
)
