"""Dates, times, numbers and lists as the language that is spoken writes them (reference/ui, Words).

Moments are told in the reader's zone. A value may be a `datetime`, a `date`, or either as ISO 8601 text, which is how
queries hand them out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from service.web.i18n import gettext, language, speech

MOST = 10**20
LONGEST_NAME = 60
"""Letters of a file's name before its day."""

_LAST = str.maketrans("æøå", "{|}")
"""Signs that follow z."""

_SPELLED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
When = str | date | datetime


@dataclass(frozen=True, slots=True)
class Patterns:
    """How one language writes dates, by Unicode's date field symbols."""

    locale: str
    long: str = "d. MMMM y"
    day: str = "d. MMMM"
    weekday: str = "EEEE d. MMMM"
    numeric: str = "dd.MM.y"
    short: str = "dd.MM.yy"
    month: str = "MMMM y"
    clock: str = "%H.%M"


PATTERNS = {
    "da": Patterns("da"),
    "nb": Patterns("nb"),
    "en": Patterns(
        "en_GB",
        long="d MMMM y",
        day="d MMMM",
        weekday="EEEE d MMMM",
        numeric="dd/MM/y",
        short="dd/MM/yy",
        clock="%H:%M",
    ),
}


def patterns() -> Patterns:
    """How the language that is spoken writes dates."""
    return PATTERNS[language()]


def locale() -> Locale:
    """The language that is spoken, as Babel knows it."""
    return Locale.parse(patterns().locale)


def local(value: When) -> datetime | date:
    """A moment in the reader's zone, or a date as it is. ValueError for text that is neither."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        return value.astimezone(speech().zone)
    return value


def _written(value: When, pattern: str) -> str:
    return format_date(local(value), pattern, locale=locale())


def long_date(value: When) -> str:
    """`21. april 2026`."""
    return _written(value, patterns().long)


def day(value: When) -> str:
    """`12. maj`, where the year goes without saying."""
    return _written(value, patterns().day)


def weekday_date(value: When) -> str:
    """`tirsdag 21. april 2026`."""
    return _written(value, f"{patterns().weekday} y")


def weekday_day(value: When) -> str:
    """`torsdag 23. april`, where the year goes without saying."""
    return _written(value, patterns().weekday)


def weekday(value: When) -> str:
    """`torsdag`."""
    return _written(value, "EEEE")


def short_date(value: When) -> str:
    """`21.04.26`, for status tracks."""
    return _written(value, patterns().short)


def month(value: When) -> str:
    """`maj 2023`, where the source knows no day."""
    return _written(value, patterns().month)


def clock(value: When) -> str:
    """`kl. 15.00`, within a sentence. Only for moments."""
    return gettext("at %(time)s", time=time_of(value))


def time_of(value: When) -> str:
    """`15.00`, alone. Only for moments."""
    at = local(value)
    if not isinstance(at, datetime):
        raise TypeError(f"a date has no time: {at}")
    return at.strftime(patterns().clock)


def moment(value: When) -> str:
    """`28.04.2026 kl. 09.12`, or the date alone for a date."""
    written = _written(value, patterns().numeric)
    return f"{written} {clock(value)}" if isinstance(local(value), datetime) else written


def iso(value: When) -> str:
    """What a `<time datetime>` holds: ISO 8601 to the second, in the reader's zone."""
    at = local(value)
    return at.isoformat(timespec="seconds") if isinstance(at, datetime) else at.isoformat()


def number(value: float | Decimal) -> str:
    """`2.000` (da), `2 000` (nb), `2,000` (en), with every decimal. What no reader would count to is left as it is."""
    return format_decimal(value, locale=locale(), decimal_quantization=False) if -MOST < value < MOST else str(value)


def percent(share: float | Decimal) -> str:
    """`78 %` for 0.78."""
    return format_percent(share, locale=locale())


def size(count: int) -> str:
    """`34 kB` for 34,120 bytes, `1,2 MB` for 1,203,000."""
    unit, over = ("megabyte", 1_000_000) if count >= 1_000_000 else ("kilobyte", 1_000)
    shown = round(count / over, 1) if unit == "megabyte" else max(1, round(count / over))
    return format_unit(shown, f"digital-{unit}", length="short", locale=locale())


def span(seconds: float) -> str:
    """How long: `40 min.`, `5,5 t.`, `3,2 dage`."""
    for unit, size, least in (("day", 86_400, 1.5), ("hour", 3_600, 1.5), ("minute", 60, 1.0)):
        if seconds >= size * least:
            count = seconds / size
            shown = round(count, 1) if count < 10 and unit != "minute" else round(count)
            return format_unit(shown, f"duration-{unit}", length="short", locale=locale())
    return f"< {format_unit(1, 'duration-minute', length='short', locale=locale())}"


def listing(items: Iterable[str], style: str = "standard") -> str:
    """`a, b og c`; `a, b eller c` with the style `or`."""
    return format_list([str(item) for item in items], style=style, locale=locale())  # type: ignore[arg-type]


def file_name(text: str, at: When) -> str:
    """A text and a day as the name of a file without its ending, in letters that every system takes:
    `Eksempel: arbejdstøj, E1` is `eksempel-arbejdstoej-e1-2026-11-23`."""
    spelled = unicodedata.normalize("NFKD", text.lower().translate(_SPELLED)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", spelled)[:LONGEST_NAME].strip("-")
    return "-".join([*([words] if words else []), local(at).isoformat()[:10]])


def alphabetically(name: str) -> str:
    """What names are sorted by: æ, ø and å come last, in that order, in Danish and Norwegian."""
    return name.casefold().translate(_LAST)


def first_upper(text: str) -> str:
    """The text with a capital at its beginning; the rest stays as it is."""
    return text[:1].upper() + text[1:]
