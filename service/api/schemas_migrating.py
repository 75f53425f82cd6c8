"""The public words and shapes of letting running instances go over to another version of their process."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from service.api.schemas import KEY, Instance

DIGEST = validate.Regexp(r"^[0-9a-f]{64}$")
NUMBER = validate.Range(1, 2**31)
RENAMED = {
    "description": "elements and flows that are called otherwise there: the id that they had → the one that they have"
}


class Migration(Schema):
    """Where to, by the digest or the number of a version that was put into force; and why."""

    definition_digest = fields.String(load_default=None, validate=DIGEST)
    version = fields.Integer(load_default=None, strict=True, validate=NUMBER)
    mapping = fields.Dict(
        keys=fields.String(validate=KEY),
        values=fields.String(validate=KEY),
        load_default=dict,
        validate=validate.Length(max=1_000),
        metadata=RENAMED,
    )
    reason = fields.String(
        load_default="",
        metadata={"description": "why, in your own words; kept sealed, so that it can be erased; not for a dry run"},
    )
    dry_run = fields.Boolean(load_default=False, metadata={"description": "say whether it would fit, and do nothing"})

    @validates_schema
    def one_version(self, data: dict[str, Any], **_: Any) -> None:
        """Raise unless one version is named, and in one way."""
        if (data["definition_digest"] is None) == (data["version"] is None):
            raise ValidationError("Name the version: its digest, or its number.", "version")


class Misfit(Schema):
    """One thing that stands in the way."""

    element = fields.String(metadata={"description": "the element's id in the diagram"})
    name = fields.String()
    reason = fields.String()


class Migrated(Schema):
    """What became of it, or would."""

    fits = fields.Boolean()
    misfits = fields.List(fields.Nested(Misfit))
    instance = fields.Nested(Instance(exclude=["tasks"]), allow_none=True, metadata={"description": "as it is now"})


class PlanQuery(Schema):
    """From which version to which, by their numbers: of the oldest that any instance runs by, to the newest, unless
    others are named."""

    since = fields.Integer(load_default=None, validate=NUMBER)
    to = fields.Integer(load_default=None, validate=NUMBER)


class Run(Schema):
    """One running instance, and whether it would fit."""

    id = fields.String()
    case_id = fields.String()
    definition = fields.String(attribute="process_key")
    fits = fields.Boolean()
    misfits = fields.List(fields.Nested(Misfit))


class Plan(Schema):
    """The instances that run by a version, and what would become of each."""

    since = fields.Integer()
    to = fields.Integer()
    fit = fields.Integer(metadata={"description": "how many of these can go over"})
    more = fields.Boolean(metadata={"description": "there are more than these; let these go over first"})
    runs = fields.List(fields.Nested(Run))
