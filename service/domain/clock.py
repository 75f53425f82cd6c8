"""Moving the clock of a demonstration: by days, by working days, by weeks, or to a day."""

from datetime import date, datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from service.domain.calendars import Calendar
from service.domain.clock_errors import ClockRefused

Step = Literal["day", "working-day", "week"]
STEPS: tuple[str, ...] = get_args(Step)
MOST = 400
"""How many steps are made at once, at the most."""


def moved(now: datetime, by: Step, count: int, days: Calendar) -> datetime:
    """The time `count` steps after `now`, at the same hour where `days` counts. Raises `ClockRefused`."""
    here = now.astimezone(ZoneInfo(days.zone))
    if not 1 <= count <= MOST or here.date() + timedelta(days=7 * count) > days.last:
        raise ClockRefused(most=MOST, last=days.last)
    if by == "working-day":
        day = days.add_working_days(here.date(), count)
    else:
        day = here.date() + timedelta(days=count * (7 if by == "week" else 1))
    return datetime.combine(day, here.timetz()).astimezone(now.tzinfo)


def in_time(due: datetime, zone: ZoneInfo) -> datetime:
    """When what is due then can still be done in time: at nine on its last day where it is due at midnight, else an hour
    before."""
    whole = due.astimezone(zone).time() == time()
    return due - (timedelta(hours=15) if whole else timedelta(hours=1))


def moved_to(now: datetime, day: date, days: Calendar) -> datetime:
    """`day` at the hour that it is now where `days` counts; `now` itself where `day` is no later. Raises `ClockRefused`."""
    here = now.astimezone(ZoneInfo(days.zone))
    if day > days.last:
        raise ClockRefused(most=MOST, last=days.last)
    return max(now, datetime.combine(day, here.timetz()).astimezone(now.tzinfo))
