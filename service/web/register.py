"""For the administrator: the organisations with all that they hold for a time, and the page on which such a thing ends."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.commands import bodies, organisations, roles
from service.domain.actors import Actor
from service.domain.endings import REASONS
from service.domain.errors import Refused
from service.domain.record_errors import EndingNotFound
from service.identity import call, ports
from service.queries import organisations as queries
from service.queries import people
from service.web import words
from service.web.fields import Problem
from service.web.i18n import gettext, speech
from service.web.roles import text as role_text
from service.web.visits import visitor

blueprint = Blueprint("register", __name__)
VERBS: dict[str, Callable[..., Any]] = {
    "memberships": organisations.end_membership,
    "seats": bodies.unseat,
    "representations": organisations.end_representation,
    "roles": roles.end,
}
WHAT = "<any(memberships, seats, representations, roles):what>"


@blueprint.get("/<workspace>/organisations")
def page(workspace: str) -> str:
    """Every organisation: whether it is a member, where it sits, who acts for it."""
    found = queries.held(visitor(workspace), ports().now())
    for row in found:
        row["kind_said"] = words.organisation(row["kind"])
        for it in (*row["memberships"], *row["seats"], *row["representations"]):
            it["end_said"] = words.ending(it["end_reason"])
    return render_template(
        "people/organisations.html", workspace=workspace, organisations=found, kept="kept" in request.args
    )


@blueprint.get(f"/<workspace>/people/{WHAT}/<row_id>/end")
def ask(workspace: str, what: str, row_id: str) -> str:
    """What is about to end, when it shall, and why."""
    return _form(workspace, what, _found(visitor(workspace), what, row_id), {})


@blueprint.post(f"/<workspace>/people/{WHAT}/<row_id>/end")
def end(workspace: str, what: str, row_id: str) -> ResponseReturnValue:
    """End it: at once, or after its last day."""
    found = _found(visitor(workspace), what, row_id)
    form = {name: request.form.get(name, "").strip() for name in ("last", "reason")}
    problems, moment = [], None
    if form["last"]:
        moment = _after(form["last"])
        if moment is None:
            problems.append(Problem(gettext("Last day: choose a date."), "last"))
    if form["reason"] not in REASONS:
        problems.append(Problem(gettext("Reason: choose one."), "reason"))
    try:
        if not problems:
            VERBS[what](call(), row_id, form["reason"], moment)
            return redirect(url_for(_home(what), workspace=workspace, kept=1), 303)
    except Refused:
        problems.append(Problem(gettext("Last day: choose a date that is not before it began."), "last"))
    return _form(workspace, what, found, form, problems), 422


# --- parts -----------------------------------------------------------------------------------------------------------


def _found(actor: Actor, what: str, row_id: str) -> Mapping[str, Any]:
    """What is to end, with what it is called. Raises `EndingNotFound` for what there is none of, or what is over."""
    now = ports().now()
    if what == "roles":
        rows = [
            role | {"said": gettext("%(role)s, %(person)s", role=role_text(role["label"]), person=person["name"])}
            for person in people.listed(actor, now)["people"]
            for role in person["roles"]
        ]
    else:
        rows = [
            it | {"said": f"{row['name']}: {_said(what, it)}"} for row in queries.held(actor, now) for it in row[what]
        ]
    found: Mapping[str, Any] | None = next((it for it in rows if it["id"] == row_id and it["state"] != "over"), None)
    if found is None:
        raise EndingNotFound
    return found


def _said(what: str, it: dict[str, Any]) -> str:
    if what == "memberships":
        return gettext("member of the partnership")
    if what == "seats":
        return gettext("seat in %(body)s", body=it["body"])
    return gettext("%(person)s acts for it", person=it["person"])


def _form(
    workspace: str, what: str, found: Mapping[str, Any], form: dict[str, str], problems: list[Problem] | None = None
) -> str:
    return render_template(
        "people/end.html",
        workspace=workspace,
        what=what,
        found=found,
        form=form,
        reasons=[(reason, words.ending(reason)) for reason in REASONS],
        back=url_for(_home(what), workspace=workspace),
        problems=problems or [],
    )


def _home(what: str) -> str:
    return "people.page" if what == "roles" else ".page"


def _after(text: str) -> datetime | None:
    """The end of a day in the workspace's zone. None for what is no day."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime.combine(day + timedelta(days=1), time(), speech().zone)
