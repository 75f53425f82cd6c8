"""When and where a check evaluates a text that names nothing of a case: any moment and any country do."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

from service.engine import feel
from service.engine.calendars import calendar


@cache
def any_moment() -> feel.Context:
    """A moment in Denmark. Its calendar holds eighty years of holidays, which most who import the checks never need."""
    return feel.Context(datetime(2026, 1, 5, 12, tzinfo=UTC), ZoneInfo("Europe/Copenhagen"), calendar("DK"))
