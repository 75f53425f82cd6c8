"""Texts of bundles on pages: in the reader's language, or marked with their own."""

from collections.abc import Mapping
from typing import Any

from service.queries.texts import Text
from service.web.fields import Words


def words(text: Text | None) -> Words:
    """A text as a template draws it, with `lang` where it is not in the language of the page."""
    return Words("") if text is None else Words(text.text, text.language)


def spoken(value: Any) -> Any:
    """The same value with every text of a bundle in it, however deep, as words."""
    if isinstance(value, Text):
        return words(value)
    if isinstance(value, Mapping):
        return {key: spoken(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [spoken(inner) for inner in value]
    return value
