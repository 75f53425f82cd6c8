"""The public holidays of Denmark and Norway, from the `holidays` library, as calendars of working days.

Statutory days only. For Denmark that leaves out 5 June (Grundlovsdag) and 24 December: shops must be shut on them
(lukkeloven, section 1), and many agreements give the day off, but neither is a *helligdag*, so a deadline may fall on them; the library
agrees and lists them as optional. Store bededag is a holiday up to 2023 and not from 2024 (lov nr. 214 af 6/3/2023).
For Norway 1 and 17 May count like a Sunday (lov om 1 og 17 mai som høgtidsdagar, 1947).
"""

from datetime import date
from functools import lru_cache

import holidays

from service.domain.calendars import LATEST, Calendar

FIRST_YEAR, LAST_YEAR = 2000, LATEST.year
_COUNTRIES = {"DK": ("Europe/Copenhagen", "da"), "NO": ("Europe/Oslo", "no")}


class CalendarUnknown(LookupError):
    """There is no calendar of that name."""


@lru_cache(maxsize=len(_COUNTRIES))
def calendar(key: str) -> Calendar:
    """The working days of `DK` or `NO`, 2000 to 2080; holidays carry their Danish or Norwegian names.

    Raises CalendarUnknown.
    """
    if key not in _COUNTRIES:
        raise CalendarUnknown(f"There is no calendar called {key!r}; there are {', '.join(sorted(_COUNTRIES))}.")
    zone, language = _COUNTRIES[key]
    days = holidays.country_holidays(key, years=range(FIRST_YEAR, LAST_YEAR + 1), language=language)
    return Calendar(key, zone, dict(sorted(days.items())), date(FIRST_YEAR, 1, 1), LATEST)
