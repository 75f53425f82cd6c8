"""The language of a page: which it is, and how the interface's texts are said in it.

Texts are English in code and templates and are their own keys. `translations/<language>/mandat.po` holds the others; it
is read when the language is first spoken, so nothing compiled is kept. A `%` in a text is always written `%%`.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, replace
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = {"da": "Dansk", "nb": "Norsk bokmål", "en": "English"}
"""Every language of the interface, by its tag, named in itself."""

SOURCE = "en"
FOLDER = Path(__file__).parent / "translations"


@dataclass(frozen=True, slots=True)
class Speech:
    """How a reader is spoken to: the language, and the time zone in which moments are told."""

    language: str
    zone: ZoneInfo


DEFAULT = Speech(SOURCE, ZoneInfo("Europe/Copenhagen"))
_speech: ContextVar[Speech] = ContextVar("speech", default=DEFAULT)


def speech() -> Speech:
    """How the reader at hand is spoken to."""
    return _speech.get()


def language() -> str:
    """The tag of the language that is spoken."""
    return _speech.get().language


@contextmanager
def speaking(language: str, zone: str | None = None) -> Iterator[None]:
    """Speak that language, and tell moments in that zone (IANA name), for as long as the context lasts."""
    before = enter(language, zone)
    try:
        yield
    finally:
        leave(before)


def enter(language: str, zone: str | None = None) -> Token[Speech]:
    """Speak that language from here on; `leave` undoes it."""
    return _speech.set(_changed(language, zone))


def leave(before: Token[Speech]) -> None:
    """Speak again as before."""
    _speech.reset(before)


def speak(language: str, zone: str | None = None) -> None:
    """Go over to that language, until whoever entered leaves."""
    _speech.set(_changed(language, zone))


def _changed(language: str, zone: str | None) -> Speech:
    spoken = replace(_speech.get(), language=language)
    return spoken if zone is None else replace(spoken, zone=ZoneInfo(zone))


@functools.cache
def catalogue(language: str) -> NullTranslations:
    """The texts of a language. English has none: the keys are English."""
    if language == SOURCE:
        return NullTranslations()
    compiled = io.BytesIO()
    with (FOLDER / language / "mandat.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def gettext(message: str, **values: Any) -> str:
    """The text in the language that is spoken, with `values` put in for its `%(name)s`."""
    return catalogue(language()).gettext(message) % values


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """The text for that number of things; `%(num)s` stands for the number."""
    return catalogue(language()).ngettext(one, many, num) % {"num": num, **values}


def pgettext(context: str, message: str, **values: Any) -> str:
    """Like `gettext`, for a word whose translation depends on where it stands."""
    return catalogue(language()).pgettext(context, message) % values


def raw() -> dict[str, Any]:
    """The lookups as Jinja's i18n extension takes them: it puts the values in itself, escaped."""
    return {
        "gettext": lambda message: catalogue(language()).gettext(message),
        "ngettext": lambda one, many, num: catalogue(language()).ngettext(one, many, num),
        "pgettext": lambda context, message: catalogue(language()).pgettext(context, message),
        "npgettext": lambda context, one, many, num: catalogue(language()).npgettext(context, one, many, num),
    }
