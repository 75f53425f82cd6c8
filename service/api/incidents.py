"""Incidents: those that wait, another try, other values, and past what failed."""

from typing import Any

from service.api import schemas_mending as schemas
from service.api.parsing import StrictBlueprint
from service.commands import incidents as commands
from service.identity import call, current_actor, ports
from service.identity.mending import retry_many
from service.queries import stopped

blueprint = StrictBlueprint("incidents", __name__, description="Steps that could not be made")
ID = "<string(maxlength=36):incident_id>"


@blueprint.route("/incidents")
@blueprint.arguments(schemas.IncidentsQuery, location="query")
@blueprint.response(200, schemas.Incidents)
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """The incidents that wait, the oldest first."""
    found = stopped.listed(current_actor(), "en", stopped.View(**query), ports().now())
    return {"incidents": found["incidents"], "next": found["next"], "kinds": found["kinds"]}


@blueprint.route(f"/incidents/{ID}/retry", methods=["POST"])
@blueprint.response(200, schemas.Retried)
def retry(incident_id: str) -> dict[str, Any]:
    """Make the step again. An incident that is still there is given back with the reason of this try."""
    return commands.retry(call(), incident_id)


@blueprint.route("/incidents/retry", methods=["POST"])
@blueprint.arguments(schemas.RetryMany)
@blueprint.response(200, schemas.RetriedMany)
def retry_some(body: dict[str, Any]) -> dict[str, Any]:
    """Make many steps again, each for itself: those named, or the oldest of a process or a kind, 200 at most."""
    ids = body["incidents"]
    if ids is None:
        view = stopped.View(body["process"], body["kind"], body["age"])
        ids = stopped.matching(current_actor(), view, ports().now())
    return retry_many(ids)


@blueprint.route(f"/incidents/{ID}/correct", methods=["POST"])
@blueprint.arguments(schemas.Correction)
@blueprint.response(200, schemas.Retried)
def correct(body: dict[str, Any], incident_id: str) -> dict[str, Any]:
    """Make the step again with other values where it failed."""
    return commands.correct(call(), incident_id, body["values"], body["reason"])


@blueprint.route(f"/incidents/{ID}/skip", methods=["POST"])
@blueprint.arguments(schemas.Skipping)
@blueprint.response(200, schemas.Retried)
def skip(body: dict[str, Any], incident_id: str) -> dict[str, Any]:
    """Make the step again, past the activity that failed. A gateway that chooses takes `flow`."""
    return commands.skip(call(), incident_id, body["reason"], body["flow"])
