"""Judging answers by a closed schema, and saying what is wrong in words for the person who gave them.

Only the forms' own door imports this, when the first form is read: the schema library takes a tenth of a start.
"""

from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import date, datetime
from functools import partial
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError, ValidationError
from jsonschema.validators import extend
from referencing import Registry

from service.domain.errors import Fault
from service.forms.patterns import compiled
from service.forms.pointers import pointer

Judge = Callable[[Any], list[Fault]]
"""Says what is wrong with answers, by place; nothing: an empty list."""

MOST_REFERENCES = 20_000
"""References that one judgement follows: a schema that refers to itself twice at every depth stops here."""

_followed: ContextVar[int] = ContextVar("followed", default=0)


def check_schema(schema: Any) -> None:
    """Raise ValueError unless this is JSON Schema 2020-12; the sentence says where it is not."""
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise ValueError(f"{pointer(error.absolute_path) or 'it'}: {error.message[:200]}") from None


def judge(schema: Any) -> Judge:
    """The judge of answers by that schema."""
    return partial(_judged, _Judge(schema, registry=Registry(), format_checker=_FORMATS))


def _judged(judge: Any, answers: Any) -> list[Fault]:
    before = _followed.set(0)
    try:
        found = {fault for error in judge.iter_errors(answers) for fault in _faults(error, judge.schema)}
    finally:
        _followed.reset(before)
    return sorted(found, key=lambda fault: (fault.pointer, fault.rule))


def _pattern(_judge: Any, pattern: str, value: Any, _schema: Any) -> Iterator[ValidationError]:
    if isinstance(value, str) and not compiled(pattern).search(value):
        yield ValidationError("is not of the form that is asked for")


def _reference(judge: Any, reference: str, value: Any, schema: Any) -> Iterator[ValidationError]:
    _followed.set(_followed.get() + 1)
    if _followed.get() > MOST_REFERENCES:
        yield ValidationError("the form refers to itself too often")
        return
    yield from Draft202012Validator.VALIDATORS["$ref"](judge, reference, value, schema)


_Judge = extend(Draft202012Validator, {"pattern": _pattern, "$ref": _reference})


# --- formats -----------------------------------------------------------------------------------------------------------


def _date(value: Any) -> bool:
    return not isinstance(value, str) or (len(value) == 10 and bool(date.fromisoformat(value)))


def _date_time(value: Any) -> bool:
    return not isinstance(value, str) or (len(value) > 18 and datetime.fromisoformat(value).tzinfo is not None)


def _email(value: Any) -> bool:
    return not isinstance(value, str) or bool(compiled(r"^[^@\s]+@[^@\s]+\.[^@\s.]+$").search(value))


_FORMATS = FormatChecker(formats=())
for _name, _check in (("date", _date), ("date-time", _date_time), ("email", _email)):
    _FORMATS.checks(_name, raises=ValueError)(_check)


# --- sentences -----------------------------------------------------------------------------------------------------------

_SENTENCES = {
    "enum": "This is not one of the answers that the form offers.",
    "const": "This is not one of the answers that the form offers.",
    "oneOf": "This is not one of the answers that the form offers.",
    "anyOf": "This is not one of the answers that the form offers.",
    "minLength": "At least {asked} characters are needed.",
    "maxLength": "At most {asked} characters can be taken.",
    "minItems": "At least {asked} entries are needed.",
    "maxItems": "At most {asked} entries can be taken.",
    "minimum": "This must be {asked} or more.",
    "maximum": "This must be {asked} or less.",
    "pattern": "This is not written as the form asks.",
    "format": "This is not written as the form asks.",
    "unevaluatedProperties": "There is a field here that the form does not have.",
    "additionalProperties": "There is a field here that the form does not have.",
}
_CLOSING = ("unevaluatedProperties", "additionalProperties")
MOST_NAMED = 20
"""Unknown fields that are named, of those that stand in one place."""


def _faults(error: ValidationError, schema: Any) -> Iterator[Fault]:
    """The faults that one error of the judge tells of.

    A field that the form has nowhere is named. One that it has is told of as a whole: it may be out of place only
    because something else is wrong, and the judge cannot tell.
    """
    unknown: list[str] = []
    if str(error.validator) in _CLOSING:
        known = set(_names(schema))
        unknown = [name for name in error.instance if name not in known][:MOST_NAMED]
    for name in unknown:
        yield Fault(pointer([*error.absolute_path, name]), "The form has no such field.", str(error.validator))
    if not unknown:
        yield _fault(error)


def _names(schema: Any) -> Iterator[str]:
    """The names of the fields that a schema has anywhere."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield from schema["properties"]
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from _names(part)


def _fault(error: ValidationError) -> Fault:
    path, asked, rule = list(error.absolute_path), error.validator_value, str(error.validator)
    if rule == "required":
        missing = next(name for name in asked if f"{name!r} is a required" in error.message)
        return Fault(pointer([*path, missing]), "This field must be filled in.", rule)
    if rule == "type":
        kinds = asked if isinstance(asked, str) else " or ".join(asked)
        return Fault(pointer(path), f"This must be of the type {kinds}.", rule)
    return Fault(pointer(path), _SENTENCES.get(rule, "This is not what the form asks for.").format(asked=asked), rule)
