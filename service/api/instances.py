"""Instances: starting one, looking at one, letting one go over to another version, and the journal of its case."""

from typing import Any

from service.api import schemas, schemas_migrating
from service.api.parsing import StrictBlueprint
from service.commands import instances as commands
from service.identity import call, current_actor, ports
from service.queries import instances as queries
from service.queries import versions

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


@blueprint.route("/instances/<string(maxlength=36):instance_id>/migrate", methods=["POST"])
@blueprint.arguments(schemas_migrating.Migration)
@blueprint.response(200, schemas_migrating.Migrated)
def migrate(body: dict[str, Any], instance_id: str) -> dict[str, Any]:
    """Let a running instance go on under another version of its process, where it stands. For who owns processes.

    What does not fit is refused, element by element. With `dry_run` it is told, and nothing is done.
    """
    to = body["definition_digest"] or body["version"]
    if body["dry_run"]:
        found = versions.prospect(current_actor(), instance_id, versions.Over(to, body["mapping"]), ports().now())
        return found | {"instance": None}
    done = commands.migrate(call(), instance_id, to, body["mapping"], body["reason"])
    return done | {"fits": True, "misfits": []}
