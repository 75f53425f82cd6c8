"""Durations: years and months, and days and time. The two never mix (DMN 1.5, 10.3.2.3.7 and 10.3.2.3.8)."""

import datetime
import re
from dataclasses import dataclass

from service.domain.sentences import say
from service.engine.feel.errors import Unanswerable

SECOND = 1_000_000_000
MINUTE, HOUR, DAY = 60 * SECOND, 3_600 * SECOND, 86_400 * SECOND
_LONGEST_MONTHS = 12 * 2 * 999_999_999
_LONGEST = DAY * 366 * 2 * 999_999_999

_MONTHS = re.compile(r"(-)?P(?:([0-9]{1,12})Y)?(?:([0-9]{1,12})M)?", re.ASCII)
_DAYS = re.compile(
    r"(-)?P(?:([0-9]{1,15})D)?(?:T(?:([0-9]{1,18})H)?(?:([0-9]{1,18})M)?(?:([0-9]{1,18})(?:\.([0-9]{0,9})[0-9]*)?S)?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, order=True)
class MonthsDuration:
    """A years and months duration."""

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        parts = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
        return f"{'-' if self.months < 0 else ''}P{parts}"


@dataclass(frozen=True, slots=True, order=True)
class DaysDuration:
    """A days and time duration, in nanoseconds."""

    nanoseconds: int

    def part(self, unit: int, of: int | None = None) -> int:
        """How many whole `unit`s there are in it (within one `of`), with its sign."""
        size = abs(self.nanoseconds)
        count = (size if of is None else size % of) // unit
        return -count if self.nanoseconds < 0 else count

    def python(self) -> datetime.timedelta:
        """The same for Python, to the microsecond. Raises Unanswerable beyond what a timedelta holds."""
        try:
            return datetime.timedelta(microseconds=self.nanoseconds // 1_000)
        except OverflowError:
            raise Unanswerable(say("%(duration)s is too long a time", duration=str(self))) from None

    def __str__(self) -> str:
        days, rest = divmod(abs(self.nanoseconds), DAY)
        hours, rest = divmod(rest, HOUR)
        minutes, rest = divmod(rest, MINUTE)
        time = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
        if rest or not (days or time):
            time += f"{rest // SECOND}{fraction(rest % SECOND)}S"
        sign = "-" if self.nanoseconds < 0 else ""
        return sign + "P" + (f"{days}D" if days else "") + (f"T{time}" if time else "")


Duration = MonthsDuration | DaysDuration


def fraction(nanoseconds: int) -> str:
    """The digits behind a second's point, with the point; nothing for a whole second."""
    return f".{nanoseconds:09}".rstrip("0") if nanoseconds else ""


def months_duration(months: int) -> MonthsDuration:
    """So many months. Raises Unanswerable beyond the calendar."""
    if abs(months) > _LONGEST_MONTHS:
        raise Unanswerable(say("the duration is too long"))
    return MonthsDuration(months)


def days_duration(nanoseconds: int) -> DaysDuration:
    """So many nanoseconds. Raises Unanswerable beyond the calendar."""
    if abs(nanoseconds) > _LONGEST:
        raise Unanswerable(say("the duration is too long"))
    return DaysDuration(nanoseconds)


def duration_of_text(text: str) -> Duration:
    """The duration of `P1Y2M` or `P3DT4H5M6.7S`, either with a sign before it. Raises Unanswerable."""
    if text and text[-1] not in "PT":
        if match := _MONTHS.fullmatch(text):
            sign, years, months = match.groups(default="")
            return months_duration((-1 if sign else 1) * (int(years or 0) * 12 + int(months or 0)))
        if match := _DAYS.fullmatch(text):
            sign, days, hours, minutes, seconds, rest = match.groups(default="")
            size = int(days or 0) * DAY + int(hours or 0) * HOUR + int(minutes or 0) * MINUTE
            size += int(seconds or 0) * SECOND + int(f"{rest:0<9}" if rest else 0)
            return days_duration(-size if sign else size)
    raise Unanswerable(say("`%(text)s` is no duration; one is written P1Y6M, or P2DT12H", text=text[:40]))
