"""JSON in its one form (RFC 8785), which says a thing in one way only: no name twice, no number that another reader takes
for another one."""

import json
from typing import Any

import rfc8785

LARGEST = 2**53
"""Integers are smaller than that: beyond it readers of JSON do not agree."""


def value(text: bytes) -> Any:
    """What it says. Raises ValueError for JSON that is not in its one form."""
    fractions: list[str] = []

    def fraction(text: str) -> float:
        fractions.append(text)
        return float(text)

    try:
        found = json.loads(text, parse_float=fraction, parse_int=_whole, parse_constant=_whole)
        # What Python writes is the same, but for fractions and for the order of names beyond ASCII.
        form = _written(found) if text.isascii() and not fractions else rfc8785.dumps(found)
    except (RecursionError, rfc8785.CanonicalizationError) as error:
        raise ValueError(str(error)) from None
    if form != text:
        raise ValueError("JSON is not in its one form")
    return found


def entry(line: bytes) -> dict[str, Any]:
    """The record in a line; an empty one where there is none in its one form."""
    try:
        found = value(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _whole(text: str) -> int:
    found = int(text)
    if abs(found) >= LARGEST:
        raise ValueError("a number is too large")
    return found


def _written(value: object) -> bytes:
    """As Python writes JSON, which leaves as it is all that RFC 8785 does."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
