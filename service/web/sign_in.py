"""Signing in and out."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from service.domain.errors import SignInRefused, TooManyTries
from service.identity import local, ports, sign_in, signed_in
from service.web import components, demo, reader
from service.web.fields import Problem
from service.web.i18n import gettext
from service.web.shell import Shell

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
def ask() -> ResponseReturnValue:
    """Who are you? Whoever has said so already is led on; in a demonstration she may still become somebody else."""
    if signed_in() is not None and not ports().demo:
        return redirect(_onward(request.args.get("next", "")), 303)
    return _page(request.args.get("next", ""))


@blueprint.post("/sign-in")
def enter() -> ResponseReturnValue:
    """Sign in, and go to where she wanted to go. What is wrong with the name or the password is not said."""
    name, onward = request.form.get("name", "").strip(), request.form.get("next", "")
    reader.towards(onward)
    try:
        sign_in.with_password(name, request.form.get("password", ""))
    except SignInRefused:
        sentence = gettext("The name or the password is wrong.")
        return _page(onward, name, [Problem(sentence, "name")]), SignInRefused.status
    except TooManyTries:
        sentence = gettext("There were too many tries. Wait a quarter of an hour, and try again.")
        return _page(onward, name, [Problem(sentence, None)]), TooManyTries.status, {"Retry-After": "900"}
    return redirect(_onward(onward), 303)


@blueprint.post("/sign-out")
def leave() -> ResponseReturnValue:
    """Sign out in this browser, or in every one."""
    if request.form.get("everywhere"):
        sign_in.out_everywhere()
    else:
        sign_in.out()
    answer = redirect("/", 303)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _onward(path: str) -> str:
    return local(path) or "/"


def _page(onward: str, name: str = "", problems: list[Problem] | None = None) -> str:
    reader.towards(onward)
    components.frame(Shell(demo=demo.notice()))
    return render_template(
        "sign-in.html", onward=local(onward) or "", name=name, problems=problems or [], personas=demo.offered()
    )
