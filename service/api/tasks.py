"""Tasks: inbox, one task, and the four moves."""

from typing import Any

from service.api import schemas
from service.api.parsing import StrictBlueprint
from service.commands import tasks as commands
from service.identity import call, current_actor
from service.queries import tasks as queries

blueprint = StrictBlueprint("tasks", __name__, description="Tasks for people")


@blueprint.route("/tasks")
@blueprint.arguments(schemas.InboxQuery, location="query")
@blueprint.response(200, schemas.Inbox)
def inbox(query: dict[str, Any]) -> dict[str, Any]:
    """The tasks that wait."""
    return queries.inbox(current_actor(), query["scope"], cursor=query["cursor"], limit=query["limit"])


@blueprint.route("/tasks/<string(maxlength=36):task_id>")
@blueprint.response(200, schemas.TaskPage)
def task(task_id: str) -> dict[str, Any]:
    """One task, with its form."""
    return queries.task(current_actor(), task_id)


@blueprint.route("/tasks/<string(maxlength=36):task_id>/claim", methods=["POST"])
@blueprint.response(200, schemas.Task)
def claim(task_id: str) -> dict[str, Any]:
    """Take a task."""
    return commands.claim(call(), task_id)


@blueprint.route("/tasks/<string(maxlength=36):task_id>/release", methods=["POST"])
@blueprint.response(200, schemas.Task)
def release(task_id: str) -> dict[str, Any]:
    """Hand a task back to its role."""
    return commands.release(call(), task_id)


@blueprint.route("/tasks/<string(maxlength=36):task_id>/assign", methods=["POST"])
@blueprint.arguments(schemas.Assignment)
@blueprint.response(200, schemas.Task)
def assign(body: dict[str, Any], task_id: str) -> dict[str, Any]:
    """Give a task to a person."""
    return commands.assign(call(), task_id, body["person"])


@blueprint.route("/tasks/<string(maxlength=36):task_id>/draft", methods=["POST"])
@blueprint.arguments(schemas.Draft)
@blueprint.response(200, schemas.Saved)
def save_draft(body: dict[str, Any], task_id: str) -> dict[str, Any]:
    """Keep what she has written so far, for herself. An older window does not write over a newer one."""
    return commands.save_draft(call(), task_id, body["answers"], body["version"])


@blueprint.route("/tasks/<string(maxlength=36):task_id>/complete", methods=["POST"])
@blueprint.arguments(schemas.Completion)
@blueprint.response(200, schemas.Completed)
@blueprint.alt_response(202, schema=schemas.Completed, description="The answers are kept; the case waits for help")
def complete(body: dict[str, Any], task_id: str) -> tuple[dict[str, Any], int]:
    """Complete a task with answers to its form."""
    answer = commands.complete(call(), task_id, body["answers"])
    return answer, 200 if answer["incident"] is None else 202
