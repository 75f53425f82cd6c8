"""Messages between cases and from outside: what one may hold, and which events it may be for.

An event that waits with correlation values is reached by a message that has all of them; one that waits with none is
reached by a message without any.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

from service.domain.errors import AnswersRefused, Fault

State = Literal["sent", "waiting", "delivered", "expired", "refused"]
"""`sent`: nobody has looked yet who waits for it · `waiting`: it is kept · `delivered`: an event has taken it, or a case
began with it · `expired` · `refused`: what it holds could not be taken by the event that came."""

MOST_KEYS = 4
MOST_VALUES, LONGEST = 50, 200
SETTING = "message.expires"
"""How many days a message is kept for an event that does not wait yet."""


def choices(keys: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The correlation values with which an event may wait that these keys reach, the most of them first."""
    for count in range(len(keys), 0, -1):
        for chosen in combinations(sorted(keys), count):
            yield {name: keys[name] for name in chosen}
    if not keys:
        yield {}


@dataclass(frozen=True, slots=True)
class Waits:
    """The names of the correlation values with which an event waits: `all_of` them; or `some_of` those that its case knows
    from earlier messages, which may be none."""

    all_of: frozenset[str] = frozenset()
    some_of: frozenset[str] = frozenset()

    def reached_by(self, keys: Collection[str]) -> bool:
        """Whether a message with values of these names may be for such an event."""
        if self.all_of:
            return self.all_of <= set(keys)
        return not keys or bool(self.some_of & set(keys))

    def told(self) -> str:
        """The names, for a sentence in English."""
        if self.all_of:
            return listed(self.all_of)
        return f"{listed(self.some_of)} or none" if self.some_of else "no correlation values"


def listed(names: Collection[str]) -> str:
    """Names, for a sentence in English."""
    return " and ".join(f"“{name}”" for name in sorted(names)) or "no correlation values"


def check_keys(keys: Mapping[str, Any]) -> None:
    """Raise `AnswersRefused` for correlation values that are too many, or no short values."""
    if len(keys) > MOST_KEYS:
        raise AnswersRefused([Fault("/keys", f"At most {MOST_KEYS} correlation values.", "maxProperties")])
    _check_short(keys, "/keys")


def check_plain(payload: Any) -> None:
    """Raise `AnswersRefused` for a payload that only a form could take: what no form judges is an object of short
    values, and holds nothing that a person wrote."""
    if payload is None:
        return
    if not isinstance(payload, Mapping):
        raise AnswersRefused([Fault("/payload", "A payload is an object.", "type")])
    if len(payload) > MOST_VALUES:
        raise AnswersRefused([Fault("/payload", f"At most {MOST_VALUES} values.", "maxProperties")])
    _check_short(payload, "/payload")


def _check_short(values: Mapping[str, Any], where: str) -> None:
    said = f"Without a form, a value is a number, yes or no, or a text of one line and at most {LONGEST} characters."
    wrong = [
        Fault(f"{where}/{name}", said, "short")
        for name, value in values.items()
        if len(name) > LONGEST
        or not (value is None or isinstance(value, bool | int | float | str))
        or (isinstance(value, str) and (len(value) > LONGEST or not value.isprintable()))
    ]
    if wrong:
        raise AnswersRefused(wrong)
