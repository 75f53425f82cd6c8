"""When something is due: FEEL values → moments in aware UTC.

A date as a deadline (a task's due date, or a duration given as the date that `working days(n)` counts to) runs to the
end of that day on the calendar's clocks; a date at which something begins (`timeDate`) means its start.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from service.domain.sentences import Sentence, say
from service.engine.feel.errors import Unanswerable
from service.engine.feel.kinds.dates import Date, date_of_text
from service.engine.feel.kinds.durations import DAY, DaysDuration, Duration, MonthsDuration, duration_of_text
from service.engine.feel.kinds.times import Moment, Time, moment_of_python, moment_of_text


class NotUsable(ValueError):
    """A value that cannot be used where it stands; `reason` says what is needed."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Cycle:
    """A repeating timer: first due time, how often it comes (None: without end), and the time between, ISO 8601."""

    first: datetime
    repetitions: int | None
    every: str


def moment(value: Any, clock: Any, *, lasts: bool) -> datetime:
    """The moment that a value means, counted from the clock's now. `lasts`: a date runs to its end.

    Text is read as ISO 8601, which is how dates rest in variables. Raises `NotUsable`, for what lies beyond the calendar too.
    """
    try:
        value = _typed(value)
        if isinstance(value, Date):
            start = Moment(value, Time(0))
            return _reached((start.plus(DAY) if lasts else start).python(clock.zone).astimezone(UTC), clock)
        if isinstance(value, Moment):
            return _reached(value.python(clock.zone).astimezone(UTC), clock)
        if isinstance(value, DaysDuration | MonthsDuration):
            return _reached(_plus(clock.now, value, clock), clock)
    except Unanswerable as reason:
        raise NotUsable(reason.reason) from reason
    raise NotUsable(
        say(
            "it must be a date, a date and time, or a duration such as %(one)s or %(other)s",
            one="@“P10D”",
            other="working days(10)",
        )
    )


def cycle(value: Any, clock: Any) -> Cycle:
    """A repetition: a duration (without end), or ISO 8601 text such as `R3/P7D` or `R/2026-09-01/P3M`.

    Raises `NotUsable`.
    """
    try:
        if isinstance(value, DaysDuration | MonthsDuration):
            return Cycle(_reached(_plus(clock.now, value, clock), clock), None, str(value))
        match = re.fullmatch(r"R([0-9]{0,6})/(?:([^/]+)/)?(-?P[^/]+)", value) if isinstance(value, str) else None
        if match is not None:
            count, start, every = match.groups()
            duration = duration_of_text(every)
            first = moment(start, clock, lasts=False) if start else _reached(_plus(clock.now, duration, clock), clock)
            if count != "0" and _plus(first, duration, clock) > first:
                return Cycle(first, int(count) if count else None, str(duration))
    except Unanswerable as reason:
        raise NotUsable(reason.reason) from reason
    raise NotUsable(say("it must be a duration, or a repetition such as “R3/P7D”"))


def round_after(first: datetime, every: str, done: int, clock: Any) -> tuple[int, datetime]:
    """The next round of a cycle that began at `first`, after `done` rounds: its number (the first is 0) and due time.

    Rounds that lie in the past already are left out: after an outage one reminder comes, not a week's. Each is counted
    from the first, so that neither a short month nor the change of the clocks shifts those behind it.
    """
    duration = duration_of_text(every)
    rough = max(done, int((clock.now - first) / _rough(duration)) - 1)
    while (due := _plus(first, _times(duration, rough), clock)) <= clock.now or rough < done:
        rough += 1
    return rough, due


def _reached(at: datetime, clock: Any) -> datetime:
    """The moment itself, where the calendar reaches it: nobody can reckon working days up to a later one."""
    last = clock.calendar.last
    if (at.astimezone(clock.zone) - timedelta(microseconds=1)).date() > last:
        raise NotUsable(
            say(
                "it is due after %(last)s, which is as far as the calendar %(key)s goes",
                last=str(last),
                key=clock.calendar.key,
            )
        )
    return at


def _times(duration: Duration, count: int) -> Duration:
    if isinstance(duration, MonthsDuration):
        return MonthsDuration(duration.months * count)
    return DaysDuration(duration.nanoseconds * count)


def _rough(duration: Duration) -> timedelta:
    """About how long it lasts; never shorter than it can be."""
    if isinstance(duration, MonthsDuration):
        return timedelta(days=31 * duration.months)
    return timedelta(microseconds=max(duration.nanoseconds // 1_000, 1))


def _plus(start: datetime, duration: Duration, clock: Any) -> datetime:
    """So much later: days and months by the calendar's clocks, so that a day is a day when the clocks change."""
    local = moment_of_python(start.astimezone(clock.zone))
    floating = Moment(local.date, Time(local.time.nanoseconds))
    if isinstance(duration, MonthsDuration):
        return floating.plus_months(duration.months).python(clock.zone).astimezone(UTC)
    whole = duration.part(DAY) * DAY
    at_day = floating.plus(whole).python(clock.zone) if whole else start
    return (
        moment_of_python(at_day.astimezone(UTC)).plus(duration.nanoseconds - whole).python(clock.zone).astimezone(UTC)
    )


def _typed(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value.lstrip("-").startswith("P"):
        return duration_of_text(value)
    return moment_of_text(value) if "T" in value else date_of_text(value)
