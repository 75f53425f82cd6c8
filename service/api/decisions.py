"""Decisions: asking a deployed table outside any case. Nothing is written, and nobody is bound by the answer."""

from typing import Any

from marshmallow import Schema, fields, validate

from service.api.parsing import StrictBlueprint
from service.identity import call
from service.queries import decisions as queries

blueprint = StrictBlueprint("decisions", __name__, description="Deployed decision tables")


class Question(Schema):
    """What to ask. Without `digest` and `version` the table that was put into force last is asked."""

    inputs = fields.Dict(
        keys=fields.String(),
        load_default=dict,
        metadata={
            "description": "by the name of the input, and no others; a date or duration is a text, as the table types it"
        },
    )
    digest = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Regexp(r"[0-9a-f]{64}\Z"),
        metadata={"description": "the bundle in which the table stands"},
    )
    version = fields.Integer(
        strict=True,
        load_default=None,
        allow_none=True,
        validate=validate.Range(1, 2**31),
        metadata={"description": "the version of that bundle"},
    )


class AskedColumn(Schema):
    """What an input column of a table looked at."""

    label = fields.String()
    value = fields.Raw(allow_none=True)


class FiredRule(Schema):
    """A rule that fired: its place in the table from 1, what its author notes, and what it says."""

    id = fields.String()
    index = fields.Integer()
    annotations = fields.List(fields.String())
    outputs = fields.Raw(allow_none=True)


class Firing(Schema):
    """One table that was asked on the way."""

    table = fields.String()
    hit_policy = fields.String()
    inputs = fields.List(fields.Nested(AskedColumn))
    rules = fields.List(fields.Nested(FiredRule))


class Made(Schema):
    """One decision that was made on the way; the one asked for is the last."""

    id = fields.String()
    name = fields.String()
    value = fields.Raw(allow_none=True)
    fired = fields.List(fields.Nested(Firing))


class Reason(Schema):
    """Why a null came out: a sentence, and the place in the expression (code points from 0)."""

    decision = fields.String(allow_none=True, metadata={"description": "null: an input would not do"})
    message = fields.String()
    expression = fields.String()
    start = fields.Integer()
    end = fields.Integer()


class Answer(Schema):
    """The answer, and how it came about."""

    decision = fields.String()
    bundle = fields.String(metadata={"description": "the digest of the bundle that was asked"})
    digest = fields.String(
        metadata={"description": "SHA-256 of the table's file; of all files where it imports others"}
    )
    inputs = fields.Dict(metadata={"description": "what was read of the inputs"})
    outputs = fields.Raw(allow_none=True)
    fired = fields.List(fields.Nested(Firing))
    decisions = fields.List(fields.Nested(Made))
    reasons = fields.List(fields.Nested(Reason))


@blueprint.route("/decisions/<key>/evaluate", methods=["POST"])
@blueprint.arguments(Question)
@blueprint.response(200, Answer)
def evaluate(question: dict[str, Any], key: str) -> dict[str, Any]:
    """Ask a decision by its id or name; what would be null for a reason is null, with the reason.

    It may be asked as often as you like: nothing is kept, and an `Idempotency-Key` changes nothing.
    """
    asked = call()
    wanted = {"digest": question["digest"], "version": question["version"]}
    return queries.evaluate(asked.actor, key, question["inputs"], asked.ports.now(), **wanted)
