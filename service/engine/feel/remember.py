"""Texts that were read are kept, as many as memory allows: a compiled text takes some 160 bytes per character."""

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

SHORT = 200
"""Characters of a text that counts as short: nearly all conditions and cells."""

MANY, FEW = 2048, 64
"""Short and long texts that are kept, of each kind of text."""

Read = TypeVar("Read")


def remembered(read: Callable[..., Read]) -> Callable[..., Read]:
    """A reader, whose first argument is a text, that reads the same text with the same words once."""
    short, long = lru_cache(MANY)(read), lru_cache(FEW)(read)

    def reading(text: str, *words: frozenset[str]) -> Read:
        return short(text, *words) if len(text) <= SHORT else long(text, *words)

    return reading
