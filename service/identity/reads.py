"""Reads of cases that are closed to others: each leaves an entry, before anything of it is shown. What is not given leaves
none: the answer is ready by then, and is not sent before the entry is written.

It is done for every page and every answer whose address names a case or something in one, whoever wrote it: a page that is
new need not remember to.
"""

from http import HTTPStatus

from flask import Flask, Response, current_app, request

from service.commands import access as commands
from service.domain.errors import MandatError
from service.identity.callers import call, current_actor
from service.queries import access

NAMES = ("case_id", "task_id", "instance_id", "document_id", "incident_id")
"""What addresses call a case and what is in one."""


def install(app: Flask) -> None:
    """Look at every request of `app` that reads."""
    app.after_request(_noted)


def _noted(answer: Response) -> Response:
    if answer.status_code >= HTTPStatus.BAD_REQUEST:
        return answer
    try:
        note()
    except MandatError as error:
        refused = current_app.make_response(current_app.handle_user_exception(error))
        for name, value in answer.headers.items():  # what every answer carries is on this one by now, and not on that
            if not name.startswith("Content-") or name == "Content-Security-Policy":
                refused.headers.setdefault(name, value)
        return refused
    return answer


def note() -> None:
    """Where the address of a page leads into a case that is closed to others, and she who asks may read it, keep that she
    does. Asks nothing of the database where no case is closed, or she may read none of those that are."""
    named = [(name, str(value)) for name, value in (request.view_args or {}).items() if name in NAMES]
    if request.method not in ("GET", "HEAD") or not named:
        return
    try:
        actor = current_actor()
    except MandatError:
        return  # the page says so itself, or is for everybody
    for name, value in named if actor.closed else ():
        case_id = access.case_of(actor, name, value)
        if case_id in actor.closed:
            commands.note(call(), case_id, request.endpoint or "")
