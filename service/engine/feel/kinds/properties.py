"""What can be asked of a date, time, duration or range with a point (DMN 1.5, 10.3.2.11, table 63)."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from service.domain.sentences import say
from service.engine.feel.errors import Unanswerable
from service.engine.feel.kinds.dates import Date
from service.engine.feel.kinds.durations import DAY, HOUR, MINUTE, SECOND, DaysDuration, MonthsDuration
from service.engine.feel.kinds.kind import described
from service.engine.feel.kinds.numbers import DECIMAL128
from service.engine.feel.kinds.special import Range
from service.engine.feel.kinds.times import Moment, Time
from service.engine.feel.kinds.zones import zone_text

Read = Callable[[Any], object]


def property_of(value: object, name: str) -> object:
    """One of the declared properties, and nothing else of a value. Raises Unanswerable."""
    read = _PROPERTIES.get(type(value), {}).get(name)
    if read is None:
        raise Unanswerable(say("%(value)s has no `%(name)s`", value=described(value), name=name))
    return read(value)


def _offset(value: Time | Moment) -> DaysDuration | None:
    return None if value.offset is None else DaysDuration(value.offset * SECOND)


def _zone(value: Time) -> str | None:
    return None if value.zone is None else zone_text(value.zone).lstrip("@")


def _seconds(nanoseconds: int) -> Decimal:
    """Seconds with their fraction: a number below 60 (tables 65 and 66)."""
    return DECIMAL128.divide(Decimal(nanoseconds), Decimal(SECOND))


def _months(part: Callable[[int], int]) -> Read:
    return lambda value: Decimal(-part(-value.months) if value.months < 0 else part(value.months))


_DATE: Mapping[str, Read] = {
    "year": lambda value: Decimal(value.year),
    "month": lambda value: Decimal(value.month),
    "day": lambda value: Decimal(value.day),
    "weekday": lambda value: Decimal(value.weekday),
}
_TIME: Mapping[str, Read] = {
    "hour": lambda value: Decimal(value.hour),
    "minute": lambda value: Decimal(value.minute),
    "second": lambda value: _seconds(value.nanoseconds % MINUTE),
    "time offset": _offset,
    "timezone": _zone,
}


def _of_date(read: Read) -> Read:
    return lambda moment: read(moment.date)


def _of_time(read: Read) -> Read:
    return lambda moment: read(moment.time)


_PROPERTIES: Mapping[type, Mapping[str, Read]] = {
    Date: _DATE,
    Time: _TIME,
    Moment: {name: _of_date(read) for name, read in _DATE.items()}
    | {name: _of_time(read) for name, read in _TIME.items()}
    | {"time offset": _offset},
    DaysDuration: {
        "days": lambda value: Decimal(value.part(DAY)),
        "hours": lambda value: Decimal(value.part(HOUR, DAY)),
        "minutes": lambda value: Decimal(value.part(MINUTE, HOUR)),
        "seconds": lambda value: _seconds(value.part(1, MINUTE)),
    },
    MonthsDuration: {
        "years": _months(lambda months: months // 12),
        "months": _months(lambda months: months % 12),
    },
    Range: {
        "start": lambda value: None if value.sign == "!=" else value.start,
        "end": lambda value: None if value.sign == "!=" else value.end,
        "start included": lambda value: value.start_included,
        "end included": lambda value: value.end_included,
    },
}
PROPERTY_NAMES = frozenset(name for properties in _PROPERTIES.values() for name in properties)
