"""Errors → answers: RFC 9457 for programs, a page for people, from one table.

`type` is the address of a page of this service that says what the error means. What we do not know is a 500 with
nothing in it but an id that finds the log entry.
"""

import logging
import re
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, json, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from service.domain import errors, message_errors, misfits, outgoing_errors, record_errors, storage_errors, traces
from service.domain.errors import MandatError, NotSignedIn

CONTENT_TYPE = "application/problem+json"
RETRY_AFTER = {503: "5", 429: "900"}
log = logging.getLogger("mandat.problems")


def _known() -> dict[str, type[MandatError]]:
    modules = (errors, message_errors, misfits, outgoing_errors, record_errors, storage_errors)
    found = [shape for module in modules for shape in vars(module).values()]
    classes = [shape for shape in found if isinstance(shape, type) and issubclass(shape, MandatError)]
    return {slug(shape): shape for shape in classes}


def slug(shape: type[MandatError]) -> str:
    """An error's name in addresses: TaskAlreadyClaimed → task-already-claimed."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", shape.__name__).lower()


PROBLEMS = _known()
"""Every error that an answer can name, by its slug."""


def title(shape: type[MandatError]) -> str:
    """What an error is called: TaskAlreadyClaimed → Task already claimed."""
    return slug(shape).replace("-", " ").capitalize()


def install(app: Flask) -> None:
    """Answer every error of `app` from here."""
    app.register_error_handler(MandatError, of_domain)
    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(Exception, of_fault)


def of_domain(error: MandatError) -> Response:
    """The answer to an error of ours. A person who is not signed in is asked to, and led back to where she was."""
    if isinstance(error, NotSignedIn) and _for_people():
        return _to_sign_in()
    shape = type(error)
    known = shape if slug(shape) in PROBLEMS else shape.__mro__[1]
    faults = [{"pointer": fault.pointer, "detail": fault.message, "rule": fault.rule} for fault in error.faults]
    type_ = f"/problems/{slug(known)}"
    return answer(error.status, title(known), str(error), type_=type_, error=error, errors=faults)


def of_http(error: HTTPException) -> Response:
    """The answer to an error of HTTP itself, and to a body or a query that a schema refused."""
    if error.response is not None and isinstance(error.response, Response) and error.code is None:
        return error.response
    status = error.code or 500
    messages = getattr(error, "data", {}).get("messages", {})
    faults = [
        {"pointer": pointer, "detail": detail, "rule": place}
        for place, found in messages.items()
        for pointer, detail in _flat(found, "")
    ]
    detail = "What was sent is not what this address takes." if faults else (error.description or "")
    answered = answer(status, HTTPStatus(status).phrase, detail, errors=faults)
    for name, value in error.get_headers(request.environ):
        if name.lower() in ("allow", "retry-after", "location"):
            answered.headers[name] = value
    return answered


def of_fault(error: Exception) -> Response:
    """The answer to what should not have happened: nothing of it leaves the service."""
    log.error("request failed", exc_info=error, extra={"trace": traces.current()})
    return answer(500, "Internal error", "Something went wrong on our side. The id finds it in the log.")


def answer(
    status: int, what: str, detail: str, *, type_: str = "about:blank", error: MandatError | None = None, **more: Any
) -> Response:
    """A problem in the form that the request asks for. Empty extensions are left out; `error` is for the page's words."""
    problem = {"type": type_, "title": what, "status": status, "detail": detail}
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        more["trace"] = traces.current()
    problem |= {name: value for name, value in more.items() if value}
    if _for_people():
        body: str = render_template("problem.html", problem=problem, error=error)
        kind = "text/html; charset=utf-8"
    else:
        body, kind = json.dumps(problem), CONTENT_TYPE
    answered = current_app.response_class(body, status=status, content_type=kind)
    if status == HTTPStatus.UNAUTHORIZED:
        answered.headers["WWW-Authenticate"] = 'Bearer realm="mandat"'
    if status in RETRY_AFTER:
        answered.headers["Retry-After"] = RETRY_AFTER[status]
    return answered


def _to_sign_in() -> Response:
    """The way to sign in and back: to this page, or to the one whose form this request has sent."""
    back = request.full_path.rstrip("?")
    if request.method not in ("GET", "HEAD"):
        sender = urlsplit(request.referrer or "")
        back = sender._replace(scheme="", netloc="").geturl() if sender.netloc == request.host else "/"
    answered: Response = redirect(url_for("sign_in.ask", next=back), 303)  # type: ignore[assignment]  # Flask's own
    return answered


def _for_people() -> bool:
    if request.path.startswith("/api/"):
        return False
    return request.accept_mimetypes.best_match(["application/json", "text/html"], default="text/html") == "text/html"


def _flat(found: Any, pointer: str) -> list[tuple[str, str]]:
    if isinstance(found, dict):
        return [pair for name, inner in found.items() for pair in _flat(inner, f"{pointer}/{name}")]
    if isinstance(found, list):
        return [(pointer, str(item)) for item in found]
    return [(pointer, str(found))]
