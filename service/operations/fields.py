"""Parameters that several operations take."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from service.domain.targets import PLACEMENTS, REQUIREMENT_KINDS

ID = validate.Length(min=1, max=36)
KEY = validate.Length(min=1, max=200)


def text(**options: Any) -> fields.String:
    """A key or a short text, not empty."""
    options.setdefault("validate", KEY)
    return fields.String(**options)


class Words(fields.Field[Any]):
    """What a person wrote: its commitment, `{"sealed": …}`, or a text that its form declares not to be personal."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        if isinstance(value, str) or (isinstance(value, dict) and set(value) == {"sealed"}):
            return value
        raise ValidationError("A text, or the commitment of a sealed one.")


def resting(value: Any) -> str | None:
    """`Words` as a column keeps it: the commitment behind `sealed:`, or the text."""
    return f"sealed:{value['sealed']}" if isinstance(value, dict) else value


def open_text(value: Any) -> str | None:
    """`Words` that everybody may read: the text; None for one that is sealed, empty or not given."""
    return value if isinstance(value, str) and value.strip() else None


class Requirement(Schema):
    """One requirement of a target, under its letter."""

    letter = fields.String(required=True, validate=validate.Regexp(r"^[a-zæøå]{1,2}$"))
    kind = fields.String(required=True, validate=validate.OneOf(REQUIREMENT_KINDS))
    text = fields.String(required=True, validate=validate.Length(min=1, max=3000))
    placement = fields.String(required=True, validate=validate.OneOf(PLACEMENTS))
    evidence = fields.String(required=True, validate=validate.Length(min=1, max=1000))
    exceptions = fields.String(allow_none=True, validate=validate.Length(max=1000))
    transition_until = fields.String(allow_none=True, validate=validate.Regexp(r"^\d{4}-\d{2}-\d{2}$"))


def requirements(**options: Any) -> fields.List[Any]:
    """The requirements of a target, in their order."""
    return fields.List(fields.Nested(Requirement), **options)
