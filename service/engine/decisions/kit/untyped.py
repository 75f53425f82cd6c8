"""Values whose type the kit does not tell: an input reads as its declared type, an expected value as what came out."""

from collections.abc import Callable
from dataclasses import dataclass

from service.engine.decisions.model import Types
from service.engine.feel.errors import Unanswerable
from service.engine.feel.kinds.dates import date_of_text
from service.engine.feel.kinds.durations import duration_of_text
from service.engine.feel.kinds.kind import NAMES
from service.engine.feel.kinds.numbers import number
from service.engine.feel.kinds.times import moment_of_text, time_of_text
from service.engine.feel.kinds.types import ContextType, ListType, Restricted, Simple, Type


@dataclass(frozen=True, slots=True)
class Untyped:
    """A text that stands for a value."""

    text: str

    def as_kind(self, name: str) -> object:
        """The value of one of FEEL's kinds; the text itself where it is none of that kind."""
        try:
            return _READERS[name](self.text.strip()) if name in _READERS else self.text
        except (Unanswerable, LookupError):
            return self.text

    def like(self, value: object) -> object:
        """The value of the kind that another value has."""
        return self.as_kind(NAMES.get(type(value), ""))


def as_told(value: object, kind: Type | None, types: Types) -> object:
    """A value with all that is untyped in it read as a type wants it."""
    seen: set[str] = set()
    while isinstance(kind, Restricted) or (isinstance(kind, Simple) and kind.name in types and kind.name not in seen):
        if isinstance(kind, Restricted):
            kind = kind.base
        else:
            seen.add(kind.name)
            kind = types[kind.name]
    if isinstance(value, list):
        return [as_told(item, kind.item if isinstance(kind, ListType) else None, types) for item in value]
    if isinstance(value, dict):
        entries = dict(kind.entries) if isinstance(kind, ContextType) else {}
        return {key: as_told(item, entries.get(key), types) for key, item in value.items()}
    if not isinstance(value, Untyped):
        return value
    if isinstance(kind, ListType):
        return as_told(value, kind.item, types)
    return value.as_kind(kind.name) if isinstance(kind, Simple) else value.text


def _boolean(text: str) -> bool:
    return {"true": True, "false": False}[text]


_READERS: dict[str, Callable[[str], object]] = {
    "boolean": _boolean,
    "number": number,
    "date": date_of_text,
    "time": time_of_text,
    **dict.fromkeys(("date and time", "dateTime"), moment_of_text),
    **dict.fromkeys(
        ("days and time duration", "years and months duration", "dayTimeDuration", "yearMonthDuration"),
        duration_of_text,
    ),
}
