"""In which language a reader is spoken to: the one she chose, else the workspace's, else her browser's."""

from __future__ import annotations

from contextvars import Token

from flask import Blueprint, Flask, redirect, request
from flask.typing import ResponseReturnValue

from service.domain import unreadable
from service.identity import local
from service.web import i18n

COOKIE = "mandat_language"
BEFORE = "mandat.speech"
YEAR = 31_536_000
FIRST = "da"
_NAMES = {"no": "nb", "nn": "nb"}
"""What a browser may ask for and the language of ours that is nearest."""

blueprint = Blueprint("reader", __name__)


def install(app: Flask) -> None:
    """Choose the language before every request of `app`, and forget it behind."""
    app.before_request(_begin)
    app.teardown_request(_end)
    app.register_blueprint(blueprint)


def at_home(language: str, zone: str) -> None:
    """This page belongs to a workspace of that language and time zone: they count, but for a language she chose."""
    if BEFORE not in request.environ:  # what was refused at the door has no language yet, and gives it back at its end
        _begin()
    i18n.speak(_chosen() or language, zone)


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
    wanted = request.accept_languages.best_match([*i18n.LANGUAGES, *_NAMES], FIRST)
    request.environ[BEFORE] = i18n.enter(_chosen() or _NAMES.get(wanted, wanted))


def _end(_error: BaseException | None = None) -> None:
    before: Token[i18n.Speech] | None = request.environ.pop(BEFORE, None)
    if before is not None:
        i18n.leave(before)


def _chosen() -> str | None:
    chosen = request.cookies.get(COOKIE)
    return chosen if chosen in i18n.LANGUAGES else None
