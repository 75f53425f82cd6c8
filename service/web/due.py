"""When something is due, in words.

A deadline at midnight is the end of the day before: that is how a date as a deadline is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeVar

from service.domain.calendars import Calendar, CalendarEnds
from service.web import formats
from service.web.i18n import gettext, ngettext

Tone = Literal["over", "today", "soon", "later"]
Item = TypeVar("Item")
WEEK = 7
FAR = 3 * WEEK
"""From so many days on a deadline is told as a date, and one that is over in weeks; `LONG` after it, in months."""

LONG, MONTH, YEAR = 91, 30, 365


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline in words. Without one, `at` is None and the words are empty.

    `word` is the shortest (`3 dage over`, `Kl. 15.00`, `Torsdag`), `full` stands beside a label (`I dag kl. 15.00`),
    `by` is the last day for what someone else owes (`Senest torsdag`), `left` what is left (`om 58 minutter`), `date` the
    day in full.
    """

    at: datetime | None
    tone: Tone = "later"
    word: str = ""
    full: str = ""
    by: str = ""
    left: str = ""
    date: str = ""


NONE = Due(None)


def due(at: datetime | str | None, now: datetime, calendar: Calendar | None = None, *, begins: bool = False) -> Due:
    """The words for a deadline (aware, or ISO 8601 text), seen at `now`.

    With a `calendar`, what is left is counted in its working days, and named so. What `begins` then, as what a timer
    brings, begins with the day at midnight; a deadline at midnight is the end of the day before.
    """
    if at is None:
        return NONE
    at = datetime.fromisoformat(at) if isinstance(at, str) else at
    end, today = formats.local(at), formats.local(now)
    assert isinstance(end, datetime)
    assert isinstance(today, datetime)
    whole = _whole(end)
    day = end.date() if begins else last_day(end)
    return Due(
        at,
        _tone(at <= now, day, today.date()),
        _word(end, now, day, today.date(), whole=whole),
        _full(end, day, today.date(), whole=whole),
        _by(end, day, today.date(), whole=whole),
        _left(end, now, day, today.date(), calendar),
        formats.long_date(day),
    )


def last_day(at: datetime | str) -> date:
    """The last day, in the reader's zone, on which what is due then may still be done: every page tells this one."""
    end = formats.local(at)
    assert isinstance(end, datetime)
    return (end - timedelta(days=1)).date() if _whole(end) else end.date()


def _whole(end: datetime) -> bool:
    """Whether a deadline is a whole day's: the midnight that ends it."""
    return (end.hour, end.minute, end.second) == (0, 0, 0)


def groups(items: Iterable[Item], tone: Callable[[Item], Tone]) -> list[tuple[Tone, str, list[Item]]]:
    """The items under the headings of an inbox, in the order they came: tone, heading, items. Empty ones are left out."""
    labels: dict[Tone, str] = {
        "over": gettext("Overdue"),
        "today": gettext("Today"),
        "soon": gettext("This week"),
        "later": gettext("Later"),
    }
    kept = list(items)
    found = ((key, label, [item for item in kept if tone(item) == key]) for key, label in labels.items())
    return [group for group in found if group[2]]


def _tone(over: bool, day: date, today: date) -> Tone:
    if over:
        return "over"
    if day == today:
        return "today"
    return "soon" if day <= today + timedelta(days=6 - today.weekday()) else "later"


def _word(end: datetime, now: datetime, day: date, today: date, *, whole: bool) -> str:
    days = (day - today).days
    if end <= now:
        return formats.first_upper(_over(now - end, -days))
    if days == 0:
        return gettext("Today") if whole else formats.first_upper(formats.clock(end))
    if days < WEEK:
        return formats.first_upper(formats.weekday(day))
    if days < FAR:
        return formats.first_upper(_in_days(days))
    return _dated(day, today)


def _over(late: timedelta, days: int) -> str:
    minutes = max(1, int(late.total_seconds() // 60))
    if days >= FAR:
        return _long_over(days)
    if days > 0:
        return ngettext("%(num)s day over", "%(num)s days over", days)
    if minutes < 60:
        return ngettext("%(num)s minute over", "%(num)s minutes over", minutes)
    return ngettext("%(num)s hour over", "%(num)s hours over", minutes // 60)


def _long_over(days: int) -> str:
    """How long, roughly: nobody counts in days what is over for weeks, or for years."""
    if days < LONG:
        return ngettext("%(num)s week over", "%(num)s weeks over", days // WEEK)
    if days < YEAR:
        return ngettext("%(num)s month over", "%(num)s months over", days // MONTH)
    return ngettext("more than a year over", "more than %(num)s years over", days // YEAR)


def _in_days(days: int) -> str:
    return ngettext("in %(num)s day", "in %(num)s days", days)


def _dated(day: date, today: date) -> str:
    return formats.day(day) if day.year == today.year else formats.long_date(day)


def _full(end: datetime, day: date, today: date, *, whole: bool) -> str:
    if day == today:
        told = gettext("Today")
    else:
        weekday = formats.weekday_day(day) if day.year == today.year else formats.weekday_date(day)
        told = formats.first_upper(weekday)
    return told if whole else f"{told} {formats.clock(end)}"


def _by(end: datetime, day: date, today: date, *, whole: bool) -> str:
    if day == today and not whole:
        return _full(end, day, today, whole=False)
    if day == today:
        return gettext("By today")
    near = today < day < today + timedelta(days=WEEK)
    return gettext("By %(day)s", day=formats.weekday(day) if near else _dated(day, today))


def _left(end: datetime, now: datetime, day: date, today: date, calendar: Calendar | None) -> str:
    try:
        days = 0 if calendar is None else calendar.working_days_between(today, day)
    except CalendarEnds:  # nobody reckons with such a day: it stands as it is
        return formats.long_date(day)
    return _working(days, today - day) or _plainly(end, now, day, today)


def _working(days: int, late: timedelta) -> str:
    """What is left in working days, or how many are over; empty where they do not tell it."""
    if days > 0:
        return ngettext("in %(num)s working day", "in %(num)s working days", days)
    if days < 0 and late.days < FAR:
        return ngettext("%(num)s working day over", "%(num)s working days over", -days)
    return ""


def _plainly(end: datetime, now: datetime, day: date, today: date) -> str:
    """What is left in days of the calendar, or of the clock."""
    if end <= now:
        return _over(now - end, (today - day).days)
    minutes = int((end - now).total_seconds() // 60)
    if day != today:
        return _in_days((day - today).days)
    if minutes < 60:
        return ngettext("in %(num)s minute", "in %(num)s minutes", minutes)
    return ngettext("in %(num)s hour", "in %(num)s hours", minutes // 60)
