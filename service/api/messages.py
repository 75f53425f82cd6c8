"""Messages to one case, and signals to all that wait."""

from datetime import UTC
from typing import Any

from marshmallow import Schema, fields, validate

from service.api import schemas_waiting
from service.api.parsing import StrictBlueprint
from service.api.schemas import KEY
from service.commands import messages as commands
from service.identity import call, current_actor
from service.identity.broadcasting import broadcast
from service.queries import messages as queries

blueprint = StrictBlueprint("messages", __name__, description="What programs outside tell cases")

NAME = {"description": "as the diagram has it"}
PAYLOAD = {
    "description": "what the event's form asks for, where it has one; else short values that hold nothing personal"
}


class Sending(Schema):
    """A message. The same under the same `id` is taken once and answered the same, however often and at whatever moments
    it is sent, until ninety days after it was taken or has expired."""

    name = fields.String(required=True, validate=KEY, metadata=NAME)
    keys = fields.Dict(
        keys=fields.String(),
        load_default=dict,
        metadata={"description": "correlation values: those with which the event waits, at most four"},
    )
    payload = fields.Dict(keys=fields.String(), load_default=None, allow_none=True, metadata=PAYLOAD)
    id = fields.String(load_default=None, validate=validate.Length(min=1, max=200))
    expires_at = fields.AwareDateTime(
        load_default=None,
        allow_none=True,
        default_timezone=UTC,
        metadata={"description": "until when it is kept; without it as the workspace's settings say"},
    )


class Sent(Schema):
    """What became of a message."""

    id = fields.String(metadata={"description": "ours, as journals have it"})
    state = fields.String(
        metadata={"description": "`delivered` to an event or as the beginning of a case, or `waiting` for one"}
    )
    case_id = fields.String(allow_none=True, metadata={"description": "the case that took it, where you may read that"})
    expires_at = fields.String(allow_none=True)


class Signalling(Schema):
    """A signal."""

    name = fields.String(required=True, validate=KEY, metadata=NAME)
    payload = fields.Dict(keys=fields.String(), load_default=None, allow_none=True, metadata=PAYLOAD)


class Heard(Schema):
    """In how many cases a signal was heard."""

    heard = fields.Integer()


@blueprint.route("/messages", methods=["POST"])
@blueprint.arguments(Sending)
@blueprint.response(200, Sent)
def send(body: dict[str, Any]) -> dict[str, Any]:
    """Send a message to the event that waits for it, or begin a case with it. Otherwise it is kept until one waits.

    Where several cases wait with the same correlation values it is refused: a message is for one. So it is where no event
    that takes it, of any process in force or under way, could be found by the values that it has. For who holds the role of the event, or owns processes.
    """
    return commands.send(call(), body["name"], body["keys"], body["payload"], body["id"], body["expires_at"])


@blueprint.route("/messages")
@blueprint.arguments(schemas_waiting.MessagesQuery, location="query")
@blueprint.response(200, schemas_waiting.MessagesFromOutside)
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """Messages that no event has taken: those that wait, have expired, or could not be taken by the event that came.

    For who administers the workspace or owns processes.
    """
    return queries.listed(current_actor(), query["state"], after=query["cursor"], limit=query["limit"])


@blueprint.route("/signals", methods=["POST"])
@blueprint.arguments(Signalling)
@blueprint.response(200, Heard)
def signal(body: dict[str, Any]) -> dict[str, Any]:
    """Give a signal in every case that waits for it now and whose event is yours, or in all if you own processes."""
    return broadcast(call(), body["name"], body["payload"])
