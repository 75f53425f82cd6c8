"""Texts of bundles on pages: in the reader's language, or marked with their own."""

from collections.abc import Mapping
from typing import Any

from service.queries.texts import Text
from service.web import kinds
from service.web.fields import Words
from service.web.i18n import gettext


def words(text: Text | None) -> Words:
    """A text as a template draws it, with `lang` where it is not in the language of the page."""
    if text is None:
        return Words("")
    return Words(text.text, text.language) if text.kind is None else Words(kinds.kind(text.kind))


def deed(task: Mapping[str, Any]) -> Words:
    """The title of a task with what tells it from others of its activity: whom it is about, else which of them it is.

    An organisation that it is for stands beside it anyway, and tells enough.
    """
    title, about = words(task["title"]), task["about"]
    if task["organisation"] or (about is None and task["item"] is None):
        return title
    about = about or gettext("no. %(number)s", number=task["item"] + 1)
    return Words(gettext("%(task)s: %(about)s", task=title.text, about=about), title.lang)


def spoken(value: Any) -> Any:
    """The same value with every text of a bundle in it, however deep, as words."""
    if isinstance(value, Text):
        return words(value)
    if isinstance(value, Mapping):
        return {key: spoken(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [spoken(inner) for inner in value]
    return value
