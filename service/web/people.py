"""For the administrator: who holds which role from when to when, and the rules that are settings."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.commands import roles as commands
from service.commands import settings as changes
from service.domain.errors import MandatError, NotFound, PersonNotFound
from service.domain.settings import known
from service.identity import call, ports
from service.queries import people as queries
from service.queries import settings
from service.web import setting_words, words
from service.web.fields import Problem
from service.web.fields.numbers import typed
from service.web.i18n import gettext, speech
from service.web.visits import visitor

blueprint = Blueprint("people", __name__)


@blueprint.get("/<workspace>/people")
def page(workspace: str) -> str:
    """The people of the workspace, and their roles."""
    return _people(workspace)


@blueprint.post("/<workspace>/people/roles")
def grant(workspace: str) -> ResponseReturnValue:
    """Let a person hold a role, from a day and perhaps until one."""
    _administrator(workspace)
    form = {name: request.form.get(name, "").strip() for name in ("account", "role", "from", "to")}
    begins, ends = _day(form["from"]), _day(form["to"], last=True)
    wrong = _wrong(form, begins, ends)
    if wrong:
        return _people(workspace, form, wrong), 422
    try:
        commands.grant(call(), form["account"], form["role"], begins, ends)
    except NotFound:
        return _people(
            workspace, form, [Problem(gettext("Choose a person and a role of this workspace."), "account")]
        ), 422
    return redirect(url_for(".page", workspace=workspace, kept=1), 303)


@blueprint.get("/<workspace>/settings")
def rules(workspace: str) -> str:
    """Every setting: its value, and where that comes from."""
    return _settings(workspace)


@blueprint.post("/<workspace>/settings/<key>")
def change(workspace: str, key: str) -> ResponseReturnValue:
    """Change a setting, with the rule or decision that says so."""
    _administrator(workspace)
    value, reference = request.form.get("value", "").strip(), request.form.get("reference", "").strip()
    definition = known(workspace).get(key)
    problem = "" if reference else gettext("Name the rule or the decision that says so.")
    if definition is not None and not problem:
        try:
            changes.change(call(), key, _meant(definition.kind, value), reference)
            return redirect(url_for(".rules", workspace=workspace, kept=key, _anchor=key), 303)
        except NotFound:
            raise
        except MandatError:
            problem = setting_words.wrong(definition)
    return _settings(workspace, key, {"value": value, "reference": reference}, problem), 422


# --- parts -----------------------------------------------------------------------------------------------------------


def _administrator(workspace: str) -> None:
    """To whoever does not administer the workspace, these pages are not there."""
    if not visitor(workspace).administers:
        raise PersonNotFound


def _people(workspace: str, form: Mapping[str, str] | None = None, problems: list[Problem] | None = None) -> str:
    actor, now = visitor(workspace), ports().now()
    found = queries.listed(actor, now)
    for role in (role for person in found["people"] for role in person["roles"]):
        role["end_said"] = words.ending(role["end_reason"])
    return render_template(
        "people/list.html",
        workspace=workspace,
        found=found,
        form=form or {"from": now.astimezone(speech().zone).date().isoformat()},
        problems=problems or [],
        kept="kept" in request.args,
    )


def _settings(workspace: str, key: str = "", form: Mapping[str, str] | None = None, problem: str = "") -> str:
    _administrator(workspace)
    found = settings.listed(visitor(workspace), ports().now())
    told = [
        it | {"said": setting_words.name(it["key"]), "shown": setting_words.value(it), "unit": setting_words.unit(it)}
        for it in found
    ]
    for it in told:
        it["options"] = [(choice, setting_words.choice(choice)) for choice in it["choices"]]
        it["web"] = str(it["reference"]).startswith("https://")
    return render_template(
        "people/settings.html",
        workspace=workspace,
        groups=setting_words.groups(told),
        open=key,
        form=form or {},
        problem=problem,
        problems=[Problem(f"{setting_words.name(key)}: {problem}", f"value-{key}")] if problem else [],
        kept=request.args.get("kept"),
    )


def _day(text: str, *, last: bool = False) -> datetime | None:
    """The beginning of a day in the workspace's zone; of a last day its end. None for what is no day."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime.combine(day + timedelta(days=1) if last else day, time(), speech().zone)


def _wrong(form: Mapping[str, str], begins: datetime | None, ends: datetime | None) -> list[Problem]:
    found = []
    if not form["account"]:
        found.append(Problem(gettext("Person: choose who shall hold the role."), "account"))
    if not form["role"]:
        found.append(Problem(gettext("Role: choose one."), "role"))
    if begins is None:
        found.append(Problem(gettext("From: choose a date."), "from"))
    if form["to"] and (ends is None or (begins is not None and ends <= begins)):
        found.append(Problem(gettext("Until: choose a date that is not before the first."), "to"))
    return found


def _meant(kind: str, text: str) -> Any:
    """What was typed as the value of a setting of that kind; what cannot be read stays text, and is refused."""
    if kind in ("count", "share"):
        return typed(text)
    if kind == "flag":
        return {"true": True, "false": False}.get(text, text)
    return text or None
