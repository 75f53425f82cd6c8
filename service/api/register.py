"""Who is a member, who sits where, who acts for whom and who holds which role: to see, and to end."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from marshmallow import Schema, fields, validate

from service.api.parsing import StrictBlueprint
from service.commands import bodies, organisations, roles
from service.domain.endings import REASONS
from service.identity import call, current_actor, ports
from service.queries import organisations as queries
from service.queries import people

blueprint = StrictBlueprint("register", __name__, description="Organisations and people, and what they hold for a time")

VERBS: dict[str, Callable[..., dict[str, Any]]] = {
    "memberships": organisations.end_membership,
    "seats": bodies.unseat,
    "representations": organisations.end_representation,
    "roles": roles.end,
}


class Ending(Schema):
    """Why something ends, and from when on."""

    reason = fields.String(required=True, validate=validate.OneOf(REASONS))
    valid_to = fields.AwareDateTime(
        load_default=None, allow_none=True, default_timezone=UTC, metadata={"description": "now where it is left out"}
    )


class Ended(Schema):
    """What ended, and from when on."""

    id = fields.String()
    valid_to = fields.String()
    seats = fields.List(fields.String(), metadata={"description": "the seats that ended with a membership"})


class Holdings(Schema):
    """Every organisation, and every person, with what each holds, held or will hold."""

    organisations = fields.List(fields.Dict())
    people = fields.List(fields.Dict())


@blueprint.route("/register")
@blueprint.response(200, Holdings)
def register() -> dict[str, Any]:
    """Organisations and people with all that they hold. For who administers the workspace."""
    actor, now = current_actor(), ports().now()
    return {"organisations": queries.held(actor, now), "people": people.listed(actor, now)["people"]}


@blueprint.route(
    "/register/<any(memberships, seats, representations, roles):what>/<string(maxlength=36):id>/end", methods=["POST"]
)
@blueprint.arguments(Ending)
@blueprint.response(200, Ended)
def end(body: dict[str, Any], what: str, id: str) -> dict[str, Any]:
    """End a membership, a seat, a representation or a role. What was decided while it held stays as it was."""
    moment: datetime | None = body["valid_to"]
    return VERBS[what](call(), id, body["reason"], moment)
