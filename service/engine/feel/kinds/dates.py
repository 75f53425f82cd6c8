"""Dates of the proleptic Gregorian calendar, from year -999,999,999 to 999,999,999 (DMN 1.5, 10.3.2.3.5)."""

import datetime
import re
from dataclasses import dataclass

from service.domain.sentences import say
from service.engine.feel.errors import Unanswerable

LAST_YEAR = 999_999_999
_TEXT = re.compile(r"(-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-([0-9]{2})-([0-9]{2})", re.ASCII)
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_length(year: int, month: int) -> int:
    """Days of a month (1–12)."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _LENGTHS[month - 1]


@dataclass(frozen=True, slots=True, order=True)
class Date:
    """A day. Made by `date`, which checks it."""

    year: int
    month: int
    day: int

    @property
    def number(self) -> int:
        """Days since 1 January 1970. The year is reckoned from March, so that the leap day comes last."""
        year = self.year - (self.month <= 2)
        era, year_of_era = divmod(year, 400)
        day_of_year = (153 * ((self.month + 9) % 12) + 2) // 5 + self.day - 1
        return era * 146_097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719_468

    @property
    def weekday(self) -> int:
        """1 Monday … 7 Sunday (ISO 8601)."""
        return (self.number + 3) % 7 + 1

    @property
    def day_of_year(self) -> int:
        """1 … 366."""
        return self.number - Date(self.year, 1, 1).number + 1

    @property
    def week_of_year(self) -> int:
        """The ISO 8601 week, 1 … 53: that of this week's Thursday."""
        thursday = date_of_number(self.number - self.weekday + 4)
        return (thursday.day_of_year - 1) // 7 + 1

    def plus_months(self, months: int) -> "Date":
        """This day so many months on; the month's last day where it has no such day."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        if abs(year) > LAST_YEAR:
            raise Unanswerable(say("the year %(year)s is out of range", year=str(year)))
        return Date(year, month + 1, min(self.day, month_length(year, month + 1)))

    def python(self) -> datetime.date:
        """The same day for Python. Raises Unanswerable outside the years 1 to 9999."""
        if not 1 <= self.year <= 9999:
            raise Unanswerable(say("the year %(year)s lies outside 1 to 9999", year=str(self.year)))
        return datetime.date(self.year, self.month, self.day)

    def __str__(self) -> str:
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04}-{self.month:02}-{self.day:02}"


def date(year: int, month: int, day: int) -> Date:
    """A day of the calendar. Raises Unanswerable where there is no such day."""
    if abs(year) > LAST_YEAR or not 1 <= month <= 12 or not 1 <= day <= month_length(year, month):
        raise Unanswerable(say("there is no day %(day)s", day=f"{year}-{month:02}-{day:02}"))
    return Date(year, month, day)


def date_of_text(text: str) -> Date:
    """The day of `2026-05-17`. Raises Unanswerable."""
    match = _TEXT.fullmatch(text)
    if match is None:
        raise Unanswerable(say("`%(text)s` is no date; a date is written 2026-05-17", text=text[:40]))
    year, month, day = match.groups()
    return date(int(year), int(month), int(day))


def date_of_number(number: int) -> Date:
    """The day so many days after 1 January 1970. Raises Unanswerable outside the calendar."""
    era, day_of_era = divmod(number + 719_468, 146_097)
    year_of_era = (day_of_era - day_of_era // 1_460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    return date(era * 400 + year_of_era + (month <= 2), month, day_of_year - (153 * shifted + 2) // 5 + 1)


def date_of_python(value: datetime.date) -> Date:
    """Python's date as ours."""
    return Date(value.year, value.month, value.day)
