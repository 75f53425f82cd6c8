"""Types at rest: what FEEL's values are in variables, snapshots and the journal, and what comes back from there.

| FEEL | at rest | comes back as |
| --- | --- | --- |
| null, boolean, string | the same | the same |
| number | an integer where it is one, else the shortest float | number |
| date, time, date and time, duration | ISO 8601 text | string, unless its type is told |
| list, context | list, object; keys sorted | list, context |
| range | its text, `[1..5]` or `(!= 5)` | string; `range()` reads one with `..` |
| sealed | `{"sealed": commitment}` | sealed |

Numbers beyond ±2^53 and functions cannot be kept. Text is never guessed at: a form or an expression says what is a
date. Behind this: orjson and RFC 8785 take no Decimal, and an order of keys that differs between a fresh and a reloaded
instance would change the hash.
"""

import math
from collections.abc import Callable
from decimal import Decimal

import orjson

from service.domain.sentences import say
from service.engine.feel.adopt import SEAL, adopted
from service.engine.feel.errors import Site, Stopped, Unanswerable
from service.engine.feel.kinds.dates import date_of_text
from service.engine.feel.kinds.durations import duration_of_text
from service.engine.feel.kinds.kind import described
from service.engine.feel.kinds.special import Range, Sealed
from service.engine.feel.kinds.text import TEMPORAL, literal
from service.engine.feel.kinds.times import moment_of_text, time_of_text
from service.engine.feel.limits import VALUE_DEPTH

LARGEST = 2**53
"""Integers up to here are exact in every JSON reader (RFC 8785, 3.2.2.3)."""

_EIGHT = frozenset({int, float, bool, type(None)})
_READERS: dict[str, Callable[[str], object]] = {
    "date": date_of_text,
    "time": time_of_text,
    "date and time": moment_of_text,
    "duration": duration_of_text,
}


def _nowhere() -> Site:
    """The place of a value that came of no text."""
    return Site("", 0, 0)


def to_rest(value: object, site: Callable[[], Site] = _nowhere) -> object:
    """A FEEL value as JSON, shared with nothing.

    Raises FeelFault: a number beyond ±2^53, a function, text that is no Unicode, or lists nested too deep. It is laid
    at the `site` that the value came of.
    """
    try:
        return _resting(value, 0)
    except (Unanswerable, Stopped) as reason:
        raise site().fault(reason.reason) from None


def from_rest(value: object, kind: str | None = None) -> object:
    """JSON as a FEEL value. `kind` types a text: `date`, `time`, `date and time`, `duration`.

    Raises FeelFault where the text is not of that kind, or the value is no JSON.
    """
    try:
        if kind in _READERS and isinstance(value, str):
            return _READERS[kind](value)
        return adopted(value)
    except Unanswerable as reason:
        raise _nowhere().fault(reason.reason) from None


def canonical(value: object) -> bytes:
    """The bytes of a JSON value that hashes are taken over: UTF-8, keys sorted, no space."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def weight(value: object, most: int) -> int:
    """About how many bytes of JSON a value at rest takes; beyond `most` it is not looked at further.

    Every number, `true`, `false` and `null` counts as eight.
    """
    total, pending = 0, [value]
    while pending and total <= most:
        part = pending.pop()
        if type(part) in _EIGHT:
            total += 8
        elif isinstance(part, str):
            total += 3 + (len(part) if part.isascii() else len(part.encode(errors="replace")))
        elif isinstance(part, dict):
            total += 2 + sum(map(len, part)) + 4 * len(part)
            pending.extend(part.values())
        elif isinstance(part, list):
            total += 2
            pending.extend(part)
        else:
            total += 8
    return total


def is_sealed(value: object) -> bool:
    """Whether a JSON value stands for one that was sealed."""
    return isinstance(value, dict) and len(value) == 1 and isinstance(value.get(SEAL), str)


def _resting(value: object, depth: int) -> object:
    if type(value) in _PLAIN:
        return _PLAIN[type(value)](value)
    if depth > VALUE_DEPTH:
        raise Unanswerable(say("the value is nested more than %(most)s deep", most=VALUE_DEPTH))
    if isinstance(value, list):
        return [_resting(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {_text(key): _resting(value[key], depth + 1) for key in sorted(value)}
    return _special(value)


def _special(value: object) -> object:
    if isinstance(value, Sealed):
        return {SEAL: value.commitment}
    if isinstance(value, Range):
        return literal(value, _free)
    raise Unanswerable(say("%(value)s cannot be kept in a variable", value=described(value)))


def _number(value: Decimal) -> int | float:
    if abs(value) > LARGEST:
        shown = f"{value:.6g}"
        raise Unanswerable(say("the number %(value)s lies beyond ±2^53 and cannot be kept exactly", value=shown))
    near = float(value)
    return int(near) if math.floor(near) == near else near


def _text(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Unanswerable(say("the text holds half of a surrogate pair, which is no character")) from None
    return value


_PLAIN: dict[type, Callable[..., object]] = {
    type(None): lambda value: value,
    bool: lambda value: value,
    str: _text,
    Decimal: _number,
    **dict.fromkeys(TEMPORAL, str),
}


def _free(_: int) -> None:
    """What an expression made is bounded already."""
