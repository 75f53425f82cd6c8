"""The nightly sample: how many cases are replayed in a night, and when a night has begun."""

import math
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

PERIOD = 28
"""Nights in which each case is replayed at least once."""

LEAST = 20
"""Cases that are replayed in a night, if there are so many."""

TWO = time(2)
"""The time of day, where the workspace is, at which the night begins."""

SAME, DIFFERS, NOT_REPLAYED = "same", "differs", "not replayed"


def night(now: datetime, zone: str) -> datetime:
    """When the night at hand began: the last time it was two o'clock there. Aware UTC."""
    there = ZoneInfo(zone)
    here = now.astimezone(there)
    day = here.date() if here.time() >= TWO else here.date() - timedelta(days=1)
    return datetime.combine(day, TWO, there).astimezone(UTC)


def share(cases: int) -> int:
    """How many of so many cases are replayed in a night, so that in a period each has its turn."""
    return min(cases, max(LEAST, math.ceil(cases / PERIOD)))
