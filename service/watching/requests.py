"""Every request gets an id, a line in the log and a place in the counts. None of them holds more than its route."""

import logging
import re
import time
from http import HTTPStatus

from flask import Flask, Response, current_app, request

from service import meters
from service.domain import traces
from service.domain.errors import DatabaseBusy
from service.identity.callers import ACTOR
from service.queries import health

BEGUN, BELIEVED = "mandat.begun", "mandat.trace-believed"
_CONVERTER = re.compile(r"<[^<>]*:")
log = logging.getLogger("mandat.requests")


def install(app: Flask, *, believe: bool) -> None:
    """Watch every request of `app`. `believe`: an id that a proxy of ours sends along is taken over."""
    app.extensions[BELIEVED] = believe
    app.before_request(_begin)
    app.after_request(_tell)
    app.teardown_request(_end)


def _begin() -> None:
    given = request.headers.get("Traceparent", "") if current_app.extensions[BELIEVED] else ""
    traces.begin(traces.of_header(given) or traces.new())
    request.environ[BEGUN] = time.perf_counter()


def _tell(response: Response) -> Response:
    trace = traces.current()
    if trace is None:
        return response
    response.headers["Traceparent"] = traces.header(trace)
    response.headers["X-Request-Id"] = trace
    if request.endpoint == "static":
        return response
    seconds = time.perf_counter() - request.environ.get(BEGUN, time.perf_counter())
    route = "none" if request.url_rule is None else _CONVERTER.sub("<", request.url_rule.rule)
    method = request.method if request.url_rule is not None else "any"  # else anybody could invent methods to count
    actor = request.environ.get(ACTOR)
    told = {"method": method, "route": route, "status": response.status_code, "ms": round(seconds * 1000, 1)}
    if actor is not None:
        told["workspace"] = actor.workspace_id
    outage = health.outage()
    if outage is not None and response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        level = logging.WARNING if isinstance(outage, DatabaseBusy) else logging.ERROR
        log.log(level, str(outage), extra=told | {"why": type(outage).__name__})
    log.info("request", extra=told)
    meters.request(method, route, response.status_code, seconds)
    return response


def _end(_error: BaseException | None) -> None:
    traces.begin(None)
