"""Instances: starting one, looking at one, and the journal of its case."""

from typing import Any

from service.api import schemas
from service.api.parsing import StrictBlueprint
from service.commands import instances as commands
from service.identity import call, current_actor
from service.queries import instances as queries

blueprint = StrictBlueprint("instances", __name__, description="Runs of processes")


@blueprint.route("/instances", methods=["POST"])
@blueprint.arguments(schemas.Start)
@blueprint.response(201, schemas.Started)
@blueprint.alt_response(202, schema=schemas.Started, description="The start is kept and waits for help")
def start(body: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Start an instance of a process, or of the process that a bundle begins with."""
    answer = commands.start(call(), body["definition"], body["variables"], body["business_key"])
    return answer, 201 if answer["incident"] is None else 202


@blueprint.route("/instances/<string(maxlength=36):instance_id>")
@blueprint.response(200, schemas.InstancePage)
def instance(instance_id: str) -> dict[str, Any]:
    """One instance and what waits in it."""
    return queries.instance(current_actor(), instance_id)


@blueprint.route("/instances/<string(maxlength=36):instance_id>/journal")
@blueprint.arguments(schemas.JournalQuery, location="query")
@blueprint.response(200, schemas.Journal)
def journal(query: dict[str, Any], instance_id: str) -> dict[str, Any]:
    """What happened in its case, entry by entry."""
    return queries.journal_of(current_actor(), instance_id, after=query["after"], limit=query["limit"])
