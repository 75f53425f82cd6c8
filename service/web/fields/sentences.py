"""What is wrong with an answer, and what a field asks for, in the reader's language.

A fault's `rule` is the keyword of JSON Schema that was broken, or a word of `service.forms.answers`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from service.domain.calendars import EARLIEST, LATEST
from service.domain.documents import MEBIBYTE, MOST_BYTES
from service.web import formats
from service.web.fields.kinds import kept_open, type_of
from service.web.fields.model import Kind
from service.web.i18n import gettext, ngettext

Schema = Mapping[str, Any]
FIRST = ("required", "type", "format", "enum", "oneOf", "anyOf", "const")
"""Which of several faults of one answer is said."""


def sentence(rule: str, kind: Kind, schema: Schema, value: Any) -> str:
    """One fault of one answer, as what to do about it."""
    if rule == "x-choices" and schema.get(rule) == "targets.revisable":
        return gettext("A new version of this target is being made already, or it is not in force. Choose another.")
    if rule in ("required", "type", "enum", "oneOf", "anyOf", "const", "format", "x-choices"):
        return _wanted(rule, kind, schema)
    if kind == "checkboxes" and rule in ("minItems", "maxItems") and rule in schema:
        return _choices(rule, schema[rule])
    say = _LIMITS.get(rule)
    if say is not None and rule in schema:
        return say(schema[rule], value)
    return {
        "days": gettext(
            "Check the year: write a day from %(first)s to %(last)s.", first=EARLIEST.year, last=LATEST.year
        ),
        "x-only": gettext("This answer is not offered now. Choose another."),
        "x-again": gettext("A case about the same is under way. Say why there is to be another."),
        "text": gettext("Remove the characters that cannot be kept."),
        "number": gettext("Write a number with at most 15 digits."),
        "size": gettext("Make the answer shorter."),
        "file-again": gettext("Choose the file again: it is kept when the case begins."),
        "file-empty": gettext("The file is empty. Choose another."),
        "file-size": gettext(
            "The file is too large. Choose one of at most %(count)s MB.", count=formats.number(MOST_BYTES // MEBIBYTE)
        ),
        "file-kind": gettext(
            "This kind of file is not taken. Choose a PDF, a document, a sheet, a picture or plain text."
        ),
    }.get(rule) or gettext("Check this answer: it is not what the form asks for.")


def whole(rule: str) -> str:
    """A fault of the form as a whole."""
    if rule == "size":
        return gettext("The answers are too long altogether. Make some of them shorter.")
    if rule in ("unevaluatedProperties", "additionalProperties"):
        return gettext("There is an answer to a question that the form does not ask now.")
    return gettext("The answers do not fit together as the form asks.")


def limits(kind: Kind, schema: Schema) -> list[str]:
    """What a field asks for beyond its label, as short sentences."""
    said = []
    if kind in ("text", "textarea"):
        least, most = schema.get("minLength", 0), schema.get("maxLength")
        if least > 1:
            said.append(ngettext("At least %(count)s character.", "At least %(count)s characters.", least, **_n(least)))
        if most is not None and kind == "textarea":
            said.append(ngettext("At most %(count)s character.", "At most %(count)s characters.", most, **_n(most)))
    if kept_open(schema, kind):
        said.append(
            gettext("This stands in the permanent record: write no name of a person, and nothing personal in it.")
        )
    if kind == "file":
        said.append(
            gettext(
                "A PDF, a document, a sheet, a picture or plain text, at most %(count)s MB. It becomes one of the "
                "documents of the case when you have sent the form.",
                count=formats.number(MOST_BYTES // MEBIBYTE),
            )
        )
    if kind == "number":
        least, most = schema.get("minimum"), schema.get("maximum")
        if least is not None and most is not None:
            said.append(gettext("From %(least)s to %(most)s.", least=formats.number(least), most=formats.number(most)))
        elif least is not None and least != 0:
            said.append(gettext("%(least)s or more.", least=formats.number(least)))
        elif most is not None:
            said.append(gettext("%(most)s or less.", most=formats.number(most)))
    return said


def _wanted(rule: str, kind: Kind, schema: Schema) -> str:
    """What to do where an answer is missing, or is not of the kind that is asked for."""
    if kind == "number":
        if type_of(schema) == "integer":
            return gettext("Write a whole number, such as 12.")
        return gettext("Write a number, such as %(example)s.", example=formats.number(12.5))
    if kind == "date" and rule != "required":
        return gettext("Write the date as day, month and year.")
    if rule == "format" and schema.get("format") == "email":
        return gettext("Write an e-mail address, such as name@example.org.")
    if rule == "format" and schema.get("format") == "uri":
        return gettext("Write an address that begins with https://.")
    by_kind = {
        "radio": gettext("Choose one of the answers."),
        "select": gettext("Choose one of the answers."),
        "checkboxes": gettext("Choose among the answers."),
        "boolean": gettext("Tick the box to go on."),
        "date": gettext("Give a date."),
        "datetime": gettext("Give a date and a time."),
        "file": gettext("Choose a file."),
        "list": gettext("Add at least one."),
    }
    return by_kind.get(kind) or gettext("Fill in this field.")


def _choices(rule: str, asked: int) -> str:
    if rule == "minItems":
        return ngettext("Choose at least %(num)s.", "Choose at least %(num)s.", asked)
    return ngettext("Choose at most %(num)s.", "Choose at most %(num)s.", asked)


def _n(count: int) -> dict[str, str]:
    return {"count": formats.number(count)}


def _too_short(least: int, _value: Any) -> str:
    if least == 1:
        return gettext("Fill in this field.")
    return ngettext("Write at least %(count)s character.", "Write at least %(count)s characters.", least, **_n(least))


def _too_long(most: int, value: Any) -> str:
    length = len(value) if isinstance(value, str) else most + 1
    return ngettext(
        "The text has %(length)s characters. Delete at least %(count)s.",
        "The text has %(length)s characters. Delete at least %(count)s.",
        length - most,
        length=formats.number(length),
        **_n(length - most),
    )


_LIMITS: dict[str, Callable[[Any, Any], str]] = {
    "minLength": _too_short,
    "maxLength": _too_long,
    "minItems": lambda least, _: ngettext("Give at least %(num)s.", "Give at least %(num)s.", least),
    "maxItems": lambda most, _: ngettext("Give at most %(num)s.", "Give at most %(num)s.", most),
    "uniqueItems": lambda *_: gettext("The same answer stands here twice. Remove one."),
    "minimum": lambda least, _: gettext("Write %(limit)s or more.", limit=formats.number(least)),
    "maximum": lambda most, _: gettext("Write %(limit)s or less.", limit=formats.number(most)),
    "exclusiveMinimum": lambda least, _: gettext("Write more than %(limit)s.", limit=formats.number(least)),
    "exclusiveMaximum": lambda most, _: gettext("Write less than %(limit)s.", limit=formats.number(most)),
    "multipleOf": lambda step, _: gettext("Write a multiple of %(step)s.", step=formats.number(step)),
    "pattern": lambda *_: gettext("This is not written as the form asks. See the help above the field."),
}
