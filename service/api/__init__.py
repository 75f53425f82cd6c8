"""The JSON API under /api/v1, described by itself at /api/v1/openapi.json."""

from typing import Any

from flask import Flask, Response
from flask_smorest import Api
from werkzeug.exceptions import HTTPException

from service import problems
from service.api import (
    cases,
    decisions,
    definitions,
    health,
    incidents,
    instances,
    messages,
    metrics,
    outbox,
    register,
    targets,
    tasks,
)
from service.api.schemas import Problem

DESCRIPTION = """
Everything is said from the view of the person whose token you send (`Authorization: Bearer …`) in that token's
workspace; what she may not see is 404. Errors are RFC 9457 problems, and their `type` is a page of this service. Send
an `Idempotency-Key` with a POST and the same request again gets the same answer, for seven days.
"""


class Described(Api):
    """The API's description; errors are answered as everywhere else."""

    ERROR_SCHEMA = Problem

    def handle_http_exception(self, error: HTTPException) -> Response:
        """A problem, as for every other address."""
        return problems.of_http(error)


def install(app: Flask, version: str) -> None:
    """Give `app` the API and its description."""
    app.config |= {
        "API_TITLE": "Mandat",
        "API_VERSION": version,
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": "/api/v1",
        "OPENAPI_JSON_PATH": "openapi.json",
    }
    options: dict[str, Any] = {"info": {"description": " ".join(DESCRIPTION.split())}, "security": [{"token": []}]}
    api = Described(app, spec_kwargs=options)
    api.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    for part in (definitions, decisions, instances, tasks, incidents, cases, register, targets, outbox, messages):
        api.register_blueprint(part.blueprint, url_prefix="/api/v1", name=f"api-{part.blueprint.name}")
    app.register_blueprint(health.blueprint)
    app.register_blueprint(metrics.blueprint)
