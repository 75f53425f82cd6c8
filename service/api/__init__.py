"""The JSON API under /api/v1, described by itself at /api/v1/openapi.json."""

from threading import Lock
from typing import Any, cast

from flask import Flask, Response
from flask_smorest import Api, Blueprint
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
    """The API's description; errors are answered as everywhere else.

    It is written when somebody asks for it first: it takes longer than all the rest of making an application.
    """

    ERROR_SCHEMA = Problem

    def __init__(self, app: Flask, **options: Any) -> None:
        self._parts: list[tuple[Blueprint, str]] = []
        self._writing = Lock()
        super().__init__(app, **options)

    def register_blueprint(self, blp: Blueprint, **options: Any) -> None:
        """Give the application a part, to be described later."""
        name = options["name"]
        self._app.extensions["flask-smorest"]["blp_name_to_api"][name] = self
        self._app.register_blueprint(blp, **options)
        self._parts.append((blp, name))

    def _register_responses(self) -> None:
        """Nothing yet: sixty-three schemas, one for each status of HTTP."""

    def _openapi_json(self) -> Response:
        with self._writing:
            if self._parts:
                super()._register_responses()
            while self._parts:
                part, name = self._parts.pop(0)
                part.register_views_in_doc(self, self._app, self.spec, name=name, parameters=None)
                self.spec.tag({"name": name, "description": part.description})
        return cast("Response", super()._openapi_json())

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
