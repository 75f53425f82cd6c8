"""Definitions: what is in force, and putting a bundle into force."""

from typing import Any

from flask import request

from service.api import schemas
from service.api.parsing import StrictBlueprint
from service.commands import deployments as commands
from service.domain.errors import BundleUnreadable
from service.identity import call, current_actor
from service.queries import bundles, imports
from service.queries import definitions as queries

blueprint = StrictBlueprint("definitions", __name__, description="Deployed processes")

FILES = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {"bundle": {"type": "array", "items": {"type": "string", "format": "binary"}}},
            }
        }
    },
    "description": "The files of the bundle, or one zip archive of them.",
}


@blueprint.route("/definitions")
@blueprint.response(200, schemas.Definitions)
def in_force() -> dict[str, Any]:
    """The processes that can be started now."""
    return {"definitions": queries.in_force(current_actor())}


@blueprint.route("/definitions", methods=["POST"])
@blueprint.arguments(schemas.DeployQuery, location="query")
@blueprint.doc(requestBody=FILES)
@blueprint.response(201, schemas.Deployed)
@blueprint.alt_response(200, schema=schemas.Deployed, description="This bundle was in force already")
def deploy(query: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Put a bundle into force. What runs stays on the version it began on.

    With `translate`, a bundle of a foreign engine is made into one of ours first, and `translation` says what was
    changed. Without, it is refused, and each finding says what to write instead.
    """
    asked = call()
    asked.actor.must_own_processes()
    files = {file.filename or "": file.stream.read() for _, file in request.files.items(multi=True)}
    if not files:
        raise BundleUnreadable(reason="no file was sent")
    bundle, report = bundles.sent(files), None
    if query["translate"]:
        bundle, report = imports.for_workspace(asked.actor, bundle)
    answer = commands.deploy(asked, bundle, query["note"], query["create_roles"])
    return answer | {"translation": report}, 200 if answer["unchanged"] else 201
