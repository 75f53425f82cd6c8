"""Definitions: what is in force, and putting a bundle into force."""

from typing import Any

from flask import request

from service.api import schemas, schemas_migrating
from service.api.parsing import StrictBlueprint
from service.commands import deployments as commands
from service.domain.errors import BundleUnreadable
from service.identity import call, current_actor, ports
from service.queries import bundles, imports, proposals, versions
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
@blueprint.alt_response(202, schema=schemas.Deployed, description="It waits for a second person's approval")
def deploy(query: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Put a bundle into force. What runs stays on the version it began on.

    Outside a demonstration it waits for a second person's approval, unless who sends it administers the installation.

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
    status = 202 if answer["approval"] else 200 if answer["unchanged"] else 201
    return answer | {"translation": report}, status


@blueprint.route("/definitions/approvals")
@blueprint.response(200, schemas.Approvals)
def approvals() -> dict[str, Any]:
    """The versions that wait for a second person's approval. For who owns processes."""
    return {"approvals": [it | {"title": it["title"].text} for it in proposals.waiting(current_actor(), "en")]}


@blueprint.route("/definitions/approvals/<string(maxlength=36):proposal_id>/approve", methods=["POST"])
@blueprint.response(200, schemas.Deployed)
def approve(proposal_id: str) -> dict[str, Any]:
    """Put into force what somebody else has proposed."""
    return commands.approve(call(), proposal_id)


@blueprint.route("/definitions/approvals/<string(maxlength=36):proposal_id>/withdraw", methods=["POST"])
@blueprint.response(200, schemas.Withdrawn)
def withdraw(proposal_id: str) -> dict[str, Any]:
    """Take back a version that waits for approval."""
    return commands.withdraw(call(), proposal_id)


@blueprint.route("/definitions/<string(maxlength=200):bundle>/migration")
@blueprint.arguments(schemas_migrating.PlanQuery, location="query")
@blueprint.response(200, schemas_migrating.Plan)
def plan(query: dict[str, Any], bundle: str) -> dict[str, Any]:
    """Which of the instances that run by one version of a bundle could go over to another, and what stands in the way.

    For who owns processes. Nothing is done.
    """
    over = versions.Over(query["to"])
    found = versions.plan(current_actor(), bundle, over, "en", ports().now(), query["since"])
    runs = [it | {"misfits": [fit | {"name": fit["name"].text} for fit in it["misfits"]]} for it in found["runs"]]
    return found | {"runs": runs, "fit": sum(it["fits"] for it in runs)}
