"""Texts that were read are kept, as many as memory allows: a compiled text takes some 200 bytes per character."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

Read = TypeVar("Read")


def _kept(read: Callable[..., Any], text: str, *words: frozenset[str]) -> Any:
    return read(text, *words)


# The longest text of a row, and how many it holds, of every kind together. Nearly all conditions and cells are short.
_SIZES = ((100, 2_000), (1_000, 64), (10_000, 8))
_ROWS = tuple((length, lru_cache(count)(_kept)) for length, count in _SIZES)


def remembered(read: Callable[..., Read]) -> Callable[..., Read]:
    """A reader, whose first argument is a text, that reads the same text with the same words once."""

    def reading(text: str, *words: frozenset[str]) -> Read:
        for length, kept in _ROWS:
            if len(text) <= length:
                return kept(read, text, *words)  # type: ignore[no-any-return]  # what `read` gave
        return read(text, *words)

    return reading
