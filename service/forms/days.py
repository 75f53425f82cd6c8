"""Days that an answer may name: no deadline can be reckoned beyond the calendar, and a slip of the pen is no date.

Only what the schema calls a date (`format`: `date` or `date-time`) is looked at; that it is one is for the schema to say.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from service.domain.calendars import EARLIEST, LATEST
from service.domain.errors import Fault
from service.domain.schemas import Schema
from service.forms.places import places
from service.forms.schemas import parts

FORMATS = frozenset({"date", "date-time"})
RULE = "days"


def asked(schema: Schema) -> bool:
    """Whether a form asks for any day."""
    return any(part.get("format") in FORMATS for part in parts(schema))


def outside(schema: Schema, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """A fault for every day in the answers that lies outside `EARLIEST` to `LATEST`."""
    for place in places(schema, answers):
        if isinstance(place.value, str) and any(it.get("format") in FORMATS for it in place.schemas):
            day = _day(place.value)
            if day is not None and not EARLIEST <= day <= LATEST:
                yield Fault(place.pointer, f"A date lies between {EARLIEST} and {LATEST}.", RULE)


def _day(text: str) -> date | None:
    """The day of a date, or of a date and time; None for text that is neither."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
