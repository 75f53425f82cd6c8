"""Cases: a page of them, and one with what runs in it."""

from typing import Any

from marshmallow import Schema, fields, validate

from service.api import schemas, schemas_mending
from service.api.parsing import StrictBlueprint
from service.commands import cases as commands
from service.identity import call, current_actor
from service.queries import ballots, cases, hearings

blueprint = StrictBlueprint("cases", __name__, description="Cases")


class CasesQuery(Schema):
    """Which cases."""

    cursor = fields.String(load_default=None, validate=validate.Length(max=200))
    limit = fields.Integer(load_default=25, validate=validate.Range(1, 100))


class Case(Schema):
    """One matter."""

    id = fields.String()
    business_key = fields.String(allow_none=True)
    status = fields.String(allow_none=True, metadata={"description": "what the diagram calls the part it has reached"})
    opened_at = fields.String()
    closed_at = fields.String(allow_none=True)
    suspended_at = fields.String(allow_none=True, metadata={"description": "since when nothing moves in it"})
    access_basis = fields.String(
        allow_none=True, metadata={"description": "the ground on which it is closed to all but some; none: it is open"}
    )
    incidents = fields.Integer()
    entries = fields.Integer(metadata={"description": "how many entries its journal has"})


class Cases(Schema):
    """A page of cases, the newest first."""

    cases = fields.List(fields.Nested(Case))
    next = fields.String(allow_none=True)


class Document(Schema):
    """A file of a case."""

    id = fields.String()
    name = fields.String()
    digest = fields.String()
    media_type = fields.String()


class CasePage(Case):
    """A case with what runs in it and what is decided in it."""

    instances = fields.List(fields.Nested(schemas.Instance(exclude=["tasks"])))
    documents = fields.List(fields.Nested(Document))
    troubles = fields.List(fields.Nested(schemas.Incident))
    ballots = fields.List(fields.Dict())
    hearings = fields.List(fields.Dict())


@blueprint.route("/cases")
@blueprint.arguments(CasesQuery, location="query")
@blueprint.response(200, Cases)
def page(query: dict[str, Any]) -> dict[str, Any]:
    """The cases that she may read."""
    return cases.page(current_actor(), cursor=query["cursor"], limit=query["limit"])


@blueprint.route("/cases/<string(maxlength=36):case_id>")
@blueprint.response(200, CasePage)
def case(case_id: str) -> dict[str, Any]:
    """One case: its instances, documents, ballots and hearings."""
    actor = current_actor()
    return cases.one(actor, case_id) | {
        "ballots": ballots.of_case(actor, case_id),
        "hearings": hearings.of_case(actor, case_id),
    }


@blueprint.route("/cases/<string(maxlength=36):case_id>/suspend", methods=["POST"])
@blueprint.arguments(schemas_mending.Grounds)
@blueprint.response(200, schemas_mending.Held)
def suspend(body: dict[str, Any], case_id: str) -> dict[str, Any]:
    """Hold a case: its tasks wait, and its timers do not fire."""
    return commands.suspend(call(), case_id, body["reason"])


@blueprint.route("/cases/<string(maxlength=36):case_id>/resume", methods=["POST"])
@blueprint.arguments(schemas_mending.Grounds)
@blueprint.response(200, schemas_mending.Held)
def resume(body: dict[str, Any], case_id: str) -> dict[str, Any]:
    """Let a case go on. What came due meanwhile fires now, in order."""
    return commands.resume(call(), case_id, body["reason"])


@blueprint.route("/cases/<string(maxlength=36):case_id>/cancel", methods=["POST"])
@blueprint.arguments(schemas_mending.Grounds)
@blueprint.response(200, schemas_mending.Held)
def cancel(body: dict[str, Any], case_id: str) -> dict[str, Any]:
    """Call a case off: all that runs in it ends, and its tasks are taken back."""
    return commands.cancel(call(), case_id, body["reason"])
