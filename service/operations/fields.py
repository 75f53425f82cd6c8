"""Parameters that several operations take."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from service.domain.record_errors import SealedValueGone
from service.domain.targets import PLACEMENTS, REQUIREMENT_KINDS
from service.operations.registry import Place

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


def kept(value: Any) -> str | None:
    """`Words` as the column of a draft keeps them: `resting`, and None for what is blank."""
    return resting(value) if isinstance(value, dict) or (value and value.strip()) else None


def published(place: Place, column: str | None) -> str | None:
    """What a column that holds `Words` says, for everybody to read. What was erased before it was published is gone."""
    if column is None or not column.startswith("sealed:"):
        return column
    try:
        text = place.open({"sealed": column.removeprefix("sealed:")})
    except SealedValueGone:
        return None
    return text if text.strip() else None


class Requirement(Schema):
    """One requirement of a target, under its letter."""

    letter = fields.String(required=True, validate=validate.Regexp(r"^[a-zæøå]{1,2}$"))
    kind = fields.String(required=True, validate=validate.OneOf(REQUIREMENT_KINDS))
    text = Words(required=True, validate=validate.Length(min=1, max=3000))
    placement = fields.String(required=True, validate=validate.OneOf(PLACEMENTS))
    evidence = Words(required=True, validate=validate.Length(min=1, max=1000))
    exceptions = Words(allow_none=True, validate=validate.Length(max=1000))
    transition_until = fields.String(allow_none=True, validate=validate.Regexp(r"^\d{4}-\d{2}-\d{2}$"))


def requirements(**options: Any) -> fields.List[Any]:
    """The requirements of a target, in their order."""
    return fields.List(fields.Nested(Requirement), **options)


WORDED = ("text", "evidence", "exceptions")
"""The parts of a requirement that somebody wrote in her own words."""


def sealed_requirements(place: Place, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Published requirements as an operation gives them: what was written is sealed in this case, as its drafts are."""
    return [
        row | {part: place.seal(f"/requirements/{at}/{part}", row[part]) for part in WORDED if row.get(part)}
        for at, row in enumerate(rows)
    ]
