"""The register of decisions, the record of each, and experiments: what another version of a rule would have said."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.domain.actors import Actor
from service.domain.ballots import OUTCOMES
from service.domain.decisions import KINDS
from service.queries import decided as queries
from service.queries import workspaces
from service.queries.decided import View
from service.queries.decided.otherwise import MOST, otherwise
from service.queries.decided.record import record
from service.queries.history import Selection
from service.web import answers, case_page, decided_words, formats, roles, rule_values, telling, words
from service.web.findings import message
from service.web.i18n import gettext, language
from service.web.said import spoken
from service.web.timeline import given_answers
from service.web.visits import visitor

blueprint = Blueprint("decided", __name__)

GIVEN = ("q", "kind", "body", "outcome", "rule", "table", "since", "until", "mine")
"""What an address may narrow the register to. `body` is a body's kind, or `role:` and a role's key."""


@blueprint.get("/<workspace>/decisions")
def page(workspace: str) -> str:
    """The decisions in the cases that she may read, the newest first."""
    actor = visitor(workspace)
    given = {name: request.args[name][:200] for name in GIVEN if request.args.get(name)}
    found = spoken(queries.register(actor, language(), _view(actor, given, request.args.get("after"))))
    query = given | {"after": found["next"]}
    return render_template(
        "decided/list.html",
        workspace=workspace,
        found=found,
        rows=[_row(it, workspace) for it in found["decisions"]],
        given=given,
        selects=_selects(found, given),
        next=url_for(".page", workspace=workspace, **query) if found["next"] else "",
        person=actor.person_id is not None,
        narrowed=_narrowed(found, given),
    )


@blueprint.get("/<workspace>/decisions/otherwise")
def compare(workspace: str) -> ResponseReturnValue:
    """The decisions by the rule `?rule=` that would have turned out otherwise by its version `?table=`, the newest unless it
    says. Which rule is chosen in the register."""
    actor, given = visitor(workspace), request.args
    if not given.get("rule"):
        return redirect(url_for(".page", workspace=workspace, kind="rule"), 303)
    period = _period(actor, given)
    asked = {name: given.get(name, "") for name in ("rule", "table")}
    found = otherwise(
        actor,
        language(),
        *asked.values(),
        since=period.since,
        until=period.until,
        cursor=given.get("after") or None,
    )
    days = {name: given.get(name, "") for name in ("since", "until")}
    query = asked | {name: day for name, day in days.items() if day} | {"after": found["next"]}
    told, asked = spoken(found), asked | {"table": found["version"].table}
    return render_template(
        "decided/otherwise.html",
        workspace=workspace,
        found=told,
        rows=[_row(it, workspace) | {"would": _would(it["tried"], told["columns"])} for it in told["others"]],
        versions=[(it.table, decided_words.version(it)) for it in found["versions"]],
        version=decided_words.version(found["version"]),
        days=days,
        asked=asked,
        most=MOST,
        next=url_for(".compare", workspace=workspace, **query) if found["next"] else "",
    )


@blueprint.get("/<workspace>/decisions/<case_id>/<int:number>")
def one(workspace: str, case_id: str, number: int) -> str:
    """The record of the decision that entry `number` of a case's journal tells of; `?table=` tries another version of its
    rule."""
    actor = visitor(workspace)
    found = spoken(record(actor, case_id, number, language(), against=request.args.get("table") or None))
    step, tried = found["step"], found["experiment"]
    form = step["form"]
    shown: list[answers.Answer] = given_answers(workspace, form) if form else []
    return render_template(
        "decided/one.html",
        workspace=workspace,
        found=found,
        line=_row(found["line"], workspace),
        step=step | {"who": telling.who(step), "what": telling.what(step), "results": telling.results(step)},
        answers=shown,
        ballot=case_page.ballot(found["ballot"]) if found["ballot"] else None,
        rules=decided_words.rules(found["ballot"]) if found["ballot"] else [],
        number=number,
        versions=[(it.table, decided_words.version(it)) for it in tried["versions"]] if tried else [],
        would=_would(tried["tried"], tried["columns"]) if tried and tried["version"] else None,
        version=decided_words.version(tried["version"]) if tried and tried["version"] else "",
        address=partial(url_for, "timeline.timeline", workspace=workspace, case_id=case_id),
        way=telling.way,
        words=words,
    )


# --- parts -----------------------------------------------------------------------------------------------------------


def _view(actor: Actor, given: Mapping[str, str], cursor: str | None) -> View:
    """What an address asks for; what is none of the words that it may say narrows nothing."""
    period, body = _period(actor, given), given.get("body", "")
    return View(
        kind=given.get("kind") if given.get("kind") in KINDS else None,
        body=body if body and not body.startswith("role:") else None,
        role=body.removeprefix("role:") if body.startswith("role:") else None,
        outcome=given.get("outcome") if given.get("outcome") in OUTCOMES else None,
        mine="mine" in given,
        rule=given.get("rule"),
        table=given.get("table"),
        q=given.get("q", ""),
        since=period.since,
        until=period.until,
        cursor=cursor or None,
    )


def _period(actor: Actor, given: Mapping[str, str]) -> Selection:
    first, last = (_day(given.get(name, "")) for name in ("since", "until"))
    return Selection.of_days(None, first, last, workspaces.home(actor).zone)


def _day(text: str) -> date | None:
    """A day of the address; what is none says nothing."""
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return None if day in (date.min, date.max) else day


def _row(it: Mapping[str, Any], workspace: str) -> dict[str, Any]:
    """A line of the register in words."""
    return {
        **it,
        "what": decided_words.what(it),
        "came": decided_words.came(it),
        "by": decided_words.by(it),
        "sort": decided_words.kinds()[it["kind"]],
        "href": url_for(".one", workspace=workspace, case_id=it["case_id"], number=it["seq"]),
    }


def _would(tried: Any, columns: list[Mapping[str, Any]]) -> dict[str, Any]:
    """What an experiment came to: the value, in the words of those columns, or why there is none."""
    if tried.record is None:
        return {"fault": message(tried.fault), "said": None, "same": False, "fired": []}
    fired = [rule["index"] for it in tried.record["decisions"][-1]["fired"] for rule in it["rules"]]
    return {
        "fault": None,
        "said": rule_values.outcome(columns, tried.record["outputs"]),
        "same": tried.same,
        "fired": fired,
    }


def _selects(found: Mapping[str, Any], given: Mapping[str, str]) -> list[dict[str, Any]]:
    """What the register can be narrowed to by choosing."""
    bodies = list(found["bodies"].items())
    bodies += sorted((f"role:{key}", roles.text(label)) for key, label in found["roles"].items())
    selects: list[tuple[str, str, list[tuple[str, str]]]] = [
        ("kind", gettext("Kind"), list(decided_words.kinds().items())),
        ("body", gettext("Body or role"), bodies),
        ("outcome", gettext("Outcome of a vote"), [(key, words.outcome(key)) for key in OUTCOMES]),
        ("rule", gettext("Rule"), list(found["rules"].items())),
    ]
    if found["versions"]:
        versions = [(it.table, decided_words.version(it)) for it in found["versions"]]
        selects.append(("table", gettext("Version of the rule"), versions))
    return [
        {"name": name, "label": label, "value": given.get(name, ""), "options": [("", gettext("All")), *options]}
        for name, label, options in selects
    ]


def _narrowed(found: Mapping[str, Any], given: Mapping[str, str]) -> list[str]:
    """The filters that are set, as a reader would call them."""
    told = [f"“{given['q']}”"] if "q" in given else []
    for select in _selects(found, given):
        if select["value"]:
            label = next((text for value, text in select["options"] if value == select["value"]), select["value"])
            told.append(f"{select['label']}: {label}")
    if "table" in given and not found["versions"]:
        told.append(f"{gettext('Version of the rule')}: {given['table'][:12]}")
    for name, label in (("since", gettext("First day")), ("until", gettext("Last day"))):
        day = _day(given.get(name, ""))
        told += [f"{label}: {formats.long_date(day)}"] if day else []
    return told + ([gettext("My own")] if "mine" in given else [])
