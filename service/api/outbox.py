"""The outbox: what waits for help, and another try."""

from typing import Any

from service.api import schemas, schemas_waiting
from service.api.parsing import StrictBlueprint
from service.commands import outbox as commands
from service.identity import call, current_actor, ports
from service.queries import outbox as queries

blueprint = StrictBlueprint("outbox", __name__, description="Mail and notices on their way out")


@blueprint.route("/outbox")
@blueprint.arguments(schemas.OutboxQuery, location="query")
@blueprint.response(200, schemas.Outbox)
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """What is in that state, the oldest first. For who administers the workspace."""
    return queries.listed(current_actor(), query["state"], after=query["cursor"], limit=query["limit"])


@blueprint.route("/outbox/waiting")
@blueprint.response(200, schemas_waiting.Waiting)
def waiting() -> dict[str, Any]:
    """What waits and why, told together for each receiver and each answer. For who administers the workspace."""
    return {"waiting": queries.waiting(current_actor(), ports().wall())}


@blueprint.route("/outbox/<string(maxlength=36):message_id>/send", methods=["POST"])
@blueprint.response(200, schemas.Message)
def send(message_id: str) -> dict[str, Any]:
    """Try a dead message again, from the beginning and under the same id."""
    found: dict[str, Any] = commands.send_again(call(), [message_id])["messages"][0]
    return found
