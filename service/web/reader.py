"""In which language a reader is spoken to: one rule for every page, for errors and for what anybody may read.

1. The one that she chose at the foot of a page.
2. Where she is signed in, the one that she has set for herself in that workspace (*Your page*), with mail or without.
3. The first of ours that her browser asks for.
4. The workspace's, where the page belongs to one or leads to one; else Danish.
"""

from __future__ import annotations

from contextvars import Token

from flask import Blueprint, Flask, Response, redirect, request
from flask.typing import ResponseReturnValue

from service.domain import unreadable
from service.domain.actors import Actor
from service.identity import local, signed_in
from service.queries import workspaces
from service.queries.workspaces import Home
from service.web import i18n

COOKIE = "mandat_language"
BEFORE, HOME = "mandat.speech", "mandat.at-home"
YEAR = 31_536_000
FIRST = "da"
_NAMES = {"no": "nb", "nn": "nb"}
"""What a browser may ask for and the language of ours that is nearest."""

blueprint = Blueprint("reader", __name__)


def install(app: Flask) -> None:
    """Choose the language before every request of `app`, and forget it behind."""
    app.before_request(_begin)
    app.after_request(_vary)
    app.teardown_request(_end)
    app.register_blueprint(blueprint)


def at_home(home: Home) -> None:
    """This page belongs to that workspace: its time zone counts, and its language where she asks for none of ours."""
    if BEFORE not in request.environ:  # what was refused at the door has no language yet, and gives it back at its end
        _begin()
    request.environ[HOME] = True
    i18n.speak(_chosen() or home.own or _asked() or home.language, home.zone)


def towards(path: str) -> None:
    """This page stands before a workspace, if the path leads to one: who has to sign in to it, or mistyped an address
    of it, is spoken to as there."""
    key = path.split("/")[1] if path.startswith("/") else ""
    if HOME not in request.environ and key in workspaces.names():
        who = signed_in()
        account = None if who is None else who.account_id
        at_home(workspaces.home(Actor(workspace_id=key, auth="visitor", account_id=account)))


@blueprint.post("/language")
def choose() -> ResponseReturnValue:
    """Keep the language that was chosen, and go back to the page."""
    answer = redirect(local(request.form.get("back", "")) or "/", 303)
    chosen = request.form.get("language", "")
    if chosen in i18n.LANGUAGES:
        answer.set_cookie(COOKIE, chosen, max_age=YEAR, secure=request.is_secure, httponly=True, samesite="Lax")
    return answer


def _begin() -> None:
    unreadable.begin()
    request.environ[BEFORE] = i18n.enter(_chosen() or _asked() or FIRST)


def _vary(response: Response) -> Response:
    """A page is another for who asks for another language, or has chosen one: whoever keeps it has to know."""
    if request.endpoint != "static" and not request.path.startswith("/api/"):
        response.vary.update(("Accept-Language", "Cookie"))
    return response


def _asked() -> str | None:
    """The first of our languages that her browser asks for; that it takes any is no wish."""
    asked = (tag.partition("-")[0].lower() for tag, weight in request.accept_languages if weight > 0)
    named = (_NAMES.get(tag, tag) for tag in asked)
    return next((tag for tag in named if tag in i18n.LANGUAGES), None)


def _end(_error: BaseException | None = None) -> None:
    before: Token[i18n.Speech] | None = request.environ.pop(BEFORE, None)
    if before is not None:
        i18n.leave(before)


def _chosen() -> str | None:
    chosen = request.cookies.get(COOKIE)
    return chosen if chosen in i18n.LANGUAGES else None
