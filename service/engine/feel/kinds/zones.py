"""Time zones: an offset in seconds, or the name of a zone of the IANA database. None is a local time."""

import datetime
import re
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from service.domain.sentences import say
from service.engine.feel.errors import Unanswerable

Zone = int | str | None

_OFFSET = re.compile(r"([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?", re.ASCII)
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_CYCLE = 146_097 * 86_400  # seconds of 400 years, after which the calendar repeats


@cache
def _names() -> frozenset[str]:
    """All zones of the IANA database."""
    return frozenset((files("tzdata") / "zones").read_text().split())


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _known(name: str) -> str:
    """The name of a zone. Raises Unanswerable for any other text, without looking for a file of that name."""
    if name not in _names():
        raise Unanswerable(say("`%(name)s` is no time zone that is known", name=name[:40]))
    return name


def zone_of_text(text: str) -> Zone:
    """The zone of what follows a time: nothing, `Z`, `+01:00` or `@Europe/Copenhagen`. Raises Unanswerable."""
    if not text:
        return None
    if text == "Z":
        return 0
    if text[0] == "@":
        return _known(text[1:])
    match = _OFFSET.fullmatch(text)
    if match is None:
        raise Unanswerable(say("`%(text)s` is no time zone", text=text[:40]))
    sign, hours, minutes, seconds = match.groups(default="0")
    return offset((-1 if sign == "-" else 1) * (int(hours) * 3_600 + int(minutes) * 60 + int(seconds)))


def offset(seconds: int) -> int:
    """An offset that a clock may have. Raises Unanswerable beyond 14 hours (XML Schema 1.1, Datatypes, 3.3.7)."""
    if abs(seconds) > 14 * 3_600:
        raise Unanswerable(say("an offset lies within 14 hours of UTC"))
    return seconds


def zone_text(zone: Zone) -> str:
    """A zone as it is written behind a time."""
    if zone is None:
        return ""
    if isinstance(zone, str):
        return f"@{zone}"
    if zone == 0:
        return "Z"
    hours, rest = divmod(abs(zone), 3_600)
    minutes, seconds = divmod(rest, 60)
    return f"{'-' if zone < 0 else '+'}{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def offset_at_instant(zone: int | str, seconds: int) -> int:
    """Seconds east of UTC, at so many seconds after 1970 in UTC."""
    if isinstance(zone, int):
        return zone
    moment = _EPOCH + datetime.timedelta(seconds=_near(seconds))
    return _seconds(moment.astimezone(_zone(zone)).utcoffset())


def offset_at_local(zone: int | str, seconds: int) -> int:
    """Seconds east of UTC, when the zone's own clock shows so many seconds after 1970.

    In the hour that a clock shows twice it is the first; in the hour that it leaves out, the offset before.
    """
    if isinstance(zone, int):
        return zone
    moment = _EPOCH.replace(tzinfo=None) + datetime.timedelta(seconds=_near(seconds))
    return _seconds(moment.replace(tzinfo=_zone(zone)).utcoffset())


def _near(seconds: int) -> int:
    """A moment that Python can reckon with: outside the years 1 to 9999, one of the same day of another cycle."""
    return seconds if -62_000_000_000 < seconds < 253_000_000_000 else seconds % _CYCLE


def _seconds(offset: datetime.timedelta | None) -> int:
    return 0 if offset is None else offset.days * 86_400 + offset.seconds
