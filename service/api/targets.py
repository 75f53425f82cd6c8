"""The public register of targets: without a token, and nothing but what is published (P11)."""

from typing import Any

from marshmallow import Schema, fields, validate

from service.api.parsing import StrictBlueprint
from service.queries import targets as queries

blueprint = StrictBlueprint("targets", __name__, description="The public register of procurement targets")

PUBLIC: dict[str, Any] = {"security": []}


class RegisterQuery(Schema):
    """Whose targets."""

    workspace = fields.String(
        load_default=None, validate=validate.Length(1, 36), metadata={"description": "of all bodies without it"}
    )


class Requirement(Schema):
    """One requirement or recommendation, under its letter."""

    letter = fields.String()
    kind = fields.String(metadata={"enum": ["requirement", "recommendation"]})
    text = fields.String()
    placement = fields.String(metadata={"enum": ["specification", "award", "selection", "contract"]})
    evidence = fields.String()
    exceptions = fields.String()
    transition_until = fields.String()


class Target(Schema):
    """A target as the public register shows it."""

    workspace = fields.String()
    key = fields.String()
    title = fields.String()
    category = fields.String()
    cpv = fields.String(allow_none=True)
    status = fields.String()
    merged_into = fields.String(allow_none=True)
    origin = fields.String(allow_none=True, metadata={"description": "source, public or sample; null: made here"})
    origin_ref = fields.String(allow_none=True)
    sample = fields.Boolean(metadata={"description": "invented for a demonstration"})


class Version(Schema):
    """One published version. Its text never changes, and neither does its address."""

    version = fields.Integer()
    kind = fields.String(allow_none=True, metadata={"enum": ["new", "revision", "editorial", "interim", None]})
    version_status = fields.String()
    digest = fields.String(allow_none=True, metadata={"description": "SHA-256 of the requirements (RFC 8785)"})
    adopted_at = fields.String(allow_none=True)
    published_at = fields.String(allow_none=True)
    valid_from = fields.String(allow_none=True)
    expires_on = fields.String(allow_none=True)
    review_on = fields.String(allow_none=True)
    supersedes = fields.Integer(allow_none=True)
    address = fields.String(allow_none=True)


class Notice(Schema):
    """What was announced about a target."""

    kind = fields.String()
    text = fields.String()
    version = fields.Integer(allow_none=True)
    given_at = fields.String()
    expires_on = fields.String(allow_none=True)


class TargetNow(Target, Version):
    """A target and its version in force."""


class Register(Schema):
    """Every published target."""

    targets = fields.List(fields.Nested(TargetNow))


class TargetPage(Target):
    """A target with all its published versions."""

    versions = fields.List(fields.Nested(Version))
    notices = fields.List(fields.Nested(Notice))


class RequirementChange(Schema):
    """What became of one requirement since the version before."""

    letter = fields.String()
    before = fields.Nested(Requirement, allow_none=True, metadata={"description": "null: it is new"})
    after = fields.Nested(Requirement, allow_none=True, metadata={"description": "null: it is gone"})
    parts = fields.List(fields.String(), metadata={"description": "which of its fields differ"})


class VersionPage(TargetNow):
    """One version with its requirements."""

    requirements = fields.List(fields.Nested(Requirement))
    environmental_effect = fields.String(allow_none=True)
    supply_effect = fields.String(allow_none=True)
    change_note = fields.String(allow_none=True)
    changes = fields.List(
        fields.Nested(RequirementChange),
        allow_none=True,
        metadata={"description": "since `supersedes`; null: there was none"},
    )
    superseded_by = fields.Integer(allow_none=True)


@blueprint.route("/targets")
@blueprint.arguments(RegisterQuery, location="query")
@blueprint.response(200, Register)
@blueprint.doc(**PUBLIC)
def register(query: dict[str, Any]) -> dict[str, Any]:
    """Every published target, each with its version in force."""
    return {"targets": queries.register(query["workspace"])}


@blueprint.route("/targets/<string(maxlength=36):workspace>/<string(maxlength=200):key>")
@blueprint.response(200, TargetPage)
@blueprint.doc(**PUBLIC)
def target(workspace: str, key: str) -> dict[str, Any]:
    """One target: its published versions and the notices on it."""
    return queries.target(workspace, key)


@blueprint.route(
    "/targets/<string(maxlength=36):workspace>/<string(maxlength=200):key>/versions/<int(max=10000):number>"
)
@blueprint.response(200, VersionPage)
@blueprint.doc(**PUBLIC)
def version(workspace: str, key: str, number: int) -> dict[str, Any]:
    """One version with its requirements."""
    return queries.version(workspace, key, number)
