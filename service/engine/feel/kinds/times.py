"""Times of day, and moments: a day with a time. Either may be local or in a zone (DMN 1.5, 10.3.2.3.4 and 10.3.2.3.6)."""

import datetime
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from service.domain.sentences import say
from service.engine.feel.errors import Unanswerable
from service.engine.feel.kinds.dates import Date, date_of_number, date_of_python, date_of_text
from service.engine.feel.kinds.durations import DAY, HOUR, MINUTE, SECOND, fraction
from service.engine.feel.kinds.zones import Zone, offset_at_instant, offset_at_local, zone_of_text, zone_text

_TEXT = re.compile(r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9})[0-9]*)?(.*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day: nanoseconds since midnight on the clock of its zone."""

    nanoseconds: int
    zone: Zone = None

    @property
    def hour(self) -> int:
        """0 … 23."""
        return self.nanoseconds // HOUR

    @property
    def minute(self) -> int:
        """0 … 59."""
        return self.nanoseconds // MINUTE % 60

    @property
    def second(self) -> int:
        """0 … 59."""
        return self.nanoseconds // SECOND % 60

    @property
    def offset(self) -> int | None:
        """Seconds east of UTC; None where local. A zone without a day has the offset that it had at 1970's start."""
        return None if self.zone is None else offset_at_local(self.zone, self.nanoseconds // SECOND)

    @property
    def utc(self) -> int:
        """Nanoseconds since midnight in UTC; on its own clock where local."""
        return (self.nanoseconds - (self.offset or 0) * SECOND) % DAY

    @property
    def seconds(self) -> int:
        """The same in whole seconds: by these times are compared, as the standard's kit has it."""
        return self.utc // SECOND

    def __str__(self) -> str:
        rest = fraction(self.nanoseconds % SECOND)
        return f"{self.hour:02}:{self.minute:02}:{self.second:02}{rest}{zone_text(self.zone)}"


@dataclass(frozen=True, slots=True)
class Moment:
    """A date and time."""

    date: Date
    time: Time

    @property
    def local(self) -> int:
        """Nanoseconds since 1970 began, on its own clock."""
        return self.date.number * DAY + self.time.nanoseconds

    @property
    def offset(self) -> int | None:
        """Seconds east of UTC; None where local."""
        return None if self.time.zone is None else offset_at_local(self.time.zone, self.local // SECOND)

    @property
    def instant(self) -> int:
        """Nanoseconds since 1970 began in UTC; on its own clock where local."""
        return self.local - (self.offset or 0) * SECOND

    @property
    def seconds(self) -> int:
        """The same in whole seconds: by these moments are compared."""
        return self.instant // SECOND

    def plus(self, nanoseconds: int) -> "Moment":
        """So much later on the time line; its clock shows what its zone's clocks will then show."""
        return moment_of_instant(self.instant + nanoseconds, self.time.zone)

    def plus_months(self, months: int) -> "Moment":
        """The same time of day, so many months on."""
        return Moment(self.date.plus_months(months), self.time)

    def python(self, zone: ZoneInfo) -> datetime.datetime:
        """The same moment for Python, aware; a local one is read on the clocks of `zone`."""
        place = self.time.zone if self.time.zone is not None else zone.key
        seconds, rest = divmod(self.local, SECOND)
        self.date.python()
        instant = seconds - offset_at_local(place, seconds)
        try:
            utc = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(
                seconds=instant, microseconds=rest // 1_000
            )
        except OverflowError:
            raise Unanswerable(say("%(moment)s lies outside the years 1 to 9999", moment=str(self))) from None
        return utc

    def __str__(self) -> str:
        return f"{self.date}T{self.time}"


def time(hour: int, minute: int, nanoseconds: int, zone: Zone) -> Time:
    """A time of day; `nanoseconds` are those of the minute. Raises Unanswerable where a clock never shows it."""
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= nanoseconds < MINUTE):
        raise Unanswerable(
            say("there is no time of day %(time)s", time=f"{hour:02}:{minute:02}:{nanoseconds // SECOND:02}")
        )
    return Time(hour * HOUR + minute * MINUTE + nanoseconds, zone)


def time_of_text(text: str) -> Time:
    """The time of `14:30:00`, with a zone behind it or none. Raises Unanswerable."""
    match = _TEXT.fullmatch(text)
    if match is None:
        raise Unanswerable(
            say("`%(text)s` is no time; a time is written 14:30:00, 14:30:00Z or 14:30:00@Europe/Oslo", text=text[:40])
        )
    hour, minute, second, rest, zone = match.groups(default="")
    nanoseconds = int(second) * SECOND + int(f"{rest:0<9}" if rest else 0)
    return time(int(hour), int(minute), nanoseconds, zone_of_text(zone))


def moment_of_text(text: str) -> Moment:
    """The moment of `2026-05-17T14:30:00`, or a day's midnight. Raises Unanswerable."""
    day, found, clock = text.partition("T")
    return Moment(date_of_text(day), time_of_text(clock) if found else Time(0))


def moment_of_instant(instant: int, zone: Zone) -> Moment:
    """What the clocks of `zone` show, so many nanoseconds after 1970 began. Raises Unanswerable outside the calendar."""
    if zone is not None:
        instant += offset_at_instant(zone, instant // SECOND) * SECOND
    days, nanoseconds = divmod(instant, DAY)
    return Moment(date_of_number(days), Time(nanoseconds, zone))


def moment_of_python(value: datetime.datetime) -> Moment:
    """Python's datetime as ours; a ZoneInfo keeps its name, another zone becomes its offset."""
    zone: Zone = None
    if value.tzinfo is not None:
        key = getattr(value.tzinfo, "key", None)
        shift = value.utcoffset() or datetime.timedelta()
        zone = key if isinstance(key, str) and key != "UTC" else shift.days * 86_400 + shift.seconds
    return Moment(date_of_python(value), time_of_python(value.timetz(), zone))


def midnight(day: Date) -> Moment:
    """A day as a moment: its first one in UTC, as which it is compared, reckoned and passed on where a moment is wanted."""
    return Moment(day, Time(0, 0))


def time_of_python(value: datetime.time, zone: Zone = None) -> Time:
    """Python's time of day as ours."""
    nanoseconds = value.hour * HOUR + value.minute * MINUTE + value.second * SECOND + value.microsecond * 1_000
    return Time(nanoseconds, zone)
