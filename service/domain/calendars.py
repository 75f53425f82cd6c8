"""Working days: which days count, and how a deadline in working days is reckoned.

A working day is a Monday to Friday that is no public holiday in the calendar. The day from which one counts does not
count itself: one working day from a Friday is the Monday after, and from the Saturday too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from service.domain.sentences import Sentence, ended, say

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)
FURTHEST = 20_000
"""Working days that may be counted in one go: some eighty years."""

EARLIEST, LATEST = date(1900, 1, 1), date(2080, 12, 31)
"""The days that an answer may name: earlier ones are slips of the pen, and later ones have no known holidays."""


class CalendarEnds(ValueError):
    """The calendar does not reach that far."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(ended(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of one place.

    `key` names the calendar (`DK`, `NO`), `zone` is the IANA name of its time zone, `holidays` maps every public holiday to
    its name there. The calendar answers for the days `first` to `last`, both included.
    """

    key: str
    zone: str
    holidays: Mapping[date, str] = field(repr=False)
    first: date = date.min + _ONE_DAY
    last: date = date.max - _ONE_DAY

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is one on which offices are open. Raises CalendarEnds."""
        if not self.first <= day <= self.last:
            raise CalendarEnds(
                say(
                    "the calendar %(key)s knows the holidays from %(first)s to %(last)s",
                    key=self.key,
                    first=str(self.first),
                    last=str(self.last),
                )
            )
        return day.weekday() < _SATURDAY and day not in self.holidays

    def add_working_days(self, day: date, days: int) -> date:
        """The working day that lies `days` working days after `day` (before it, if negative).

        0 gives `day` itself where it is a working day, else the next one. Raises CalendarEnds.
        """
        if abs(days) > FURTHEST:
            raise CalendarEnds(say("at most %(most)s working days can be counted", most=FURTHEST))
        counts = self.is_working_day(day)
        if days == 0:
            return day if counts else self.add_working_days(day, 1)
        step = _ONE_DAY if days > 0 else -_ONE_DAY
        left = abs(days)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and with `end`; negative where `end` is earlier.

        Where `end` is a working day, `add_working_days(start, n)` gives it back for n other than 0. Raises CalendarEnds.
        """
        if end < start:
            return -sum(self.is_working_day(end + _ONE_DAY * n) for n in range((start - end).days))
        return sum(self.is_working_day(start + _ONE_DAY * n) for n in range(1, (end - start).days + 1))
