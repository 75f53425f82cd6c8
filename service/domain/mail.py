"""When a person wants mail, and what mail may look like."""

import re
from datetime import date, datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from service.domain.calendars import Calendar

Wish = Literal["daily", "at-once", "never"]
WISHES: tuple[Wish, ...] = get_args(Wish)
"""`daily`, the default: one mail on a working day that has something to tell · `at-once`: one for every task."""

TONGUES = ("da", "nb", "en")
"""The languages that mail is written in."""

SEVEN = time(7)
"""When the daily mail is written, where the workspace is."""

SOON = 2
"""A task is due soon when its deadline is at most so many working days ahead."""

MOST = 50
"""Tasks that one mail names; of more it says how many."""

LONGEST_ADDRESS = 254
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)*[A-Za-z0-9-]{1,63}")


def is_address(text: str) -> bool:
    """Whether that is a mail address, as HTML's own field for one takes it."""
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def daily_from(now: datetime, calendar: Calendar) -> datetime | None:
    """The moment from which the daily mail of the day of `now` is due; None: no working day, or too early still."""
    zone = ZoneInfo(calendar.zone)
    here = now.astimezone(zone)
    due = datetime.combine(here.date(), SEVEN, zone)
    return due if here >= due and calendar.is_working_day(here.date()) else None


def soon_until(day: date, calendar: Calendar) -> datetime:
    """The end of what is due soon on that day: the midnight that ends a deadline's day is in it."""
    last = calendar.add_working_days(day, SOON)
    return datetime.combine(last + timedelta(days=1), time(), ZoneInfo(calendar.zone))
