"""Texts that were read are kept, as many as memory allows: a compiled text takes some 160 bytes per character."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

Read = TypeVar("Read")


def _kept(read: Callable[..., Any], text: str, *words: frozenset[str]) -> Any:
    return read(text, *words)


# Each row holds 100,000 characters at most, whatever the kind of text; nearly all conditions and cells are short.
_ROWS = tuple((length, lru_cache(100_000 // length)(_kept)) for length in (100, 1_000, 10_000))


def remembered(read: Callable[..., Read]) -> Callable[..., Read]:
    """A reader, whose first argument is a text, that reads the same text with the same words once."""

    def reading(text: str, *words: frozenset[str]) -> Read:
        for length, kept in _ROWS:
            if len(text) <= length:
                return kept(read, text, *words)  # type: ignore[no-any-return]  # what `read` gave
        return read(text, *words)

    return reading
