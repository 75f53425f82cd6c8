"""Incidents: another try."""

from typing import Any

from service.api import schemas
from service.api.parsing import StrictBlueprint
from service.commands import incidents as commands
from service.identity import call

blueprint = StrictBlueprint("incidents", __name__, description="Steps that could not be made")


@blueprint.route("/incidents/<string(maxlength=36):incident_id>/retry", methods=["POST"])
@blueprint.response(200, schemas.Retried)
def retry(incident_id: str) -> dict[str, Any]:
    """Make the step again. An incident that is still there is given back with the reason of this try."""
    return commands.retry(call(), incident_id)
