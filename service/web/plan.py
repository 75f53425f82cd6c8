"""The action plan of a municipality: its measures in the six columns of L3, and each measure with what was reported."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.commands import measures as commands
from service.domain.actors import Actor
from service.domain.errors import MandatError, NotFound
from service.domain.measures import CLOSED, FOLLOW_UP, KEEPER, MOVES
from service.identity import call, ports
from service.queries import measures as queries
from service.queries import people, starting
from service.web import roles, words
from service.web.due import NONE, Due, due
from service.web.fields import Problem
from service.web.i18n import gettext, language, speech
from service.web.visits import visitor

blueprint = Blueprint("measures", __name__)


@blueprint.get("/<workspace>/handlingsplan")
def listed(workspace: str) -> str:
    """The plan: Number, Subgoal, Description of the measure, Responsible, Deadline, Status."""
    actor = visitor(workspace)
    now = ports().now()
    found = queries.plan(actor, _today(now))
    known = _roles(actor)
    rows = [_row(it, workspace, known, now) for it in found["measures"]]
    goals = [goal for strategy in found["strategies"] for goal in strategy["goals"]]
    empty = [goal["number"] for goal in goals if not any(it["goal"] == goal["number"] for it in found["measures"])]
    return render_template(
        "measures/plan.html",
        workspace=workspace,
        strategies=found["strategies"],
        goals=_by_goal(rows),
        lights={state: sum(row["state"] == state for row in rows) for state in ("green", "amber", "red", "")},
        blank=bool(rows) and not any(row["responsible"] or row["due"].at or row["status"] for row in rows),
        empty=empty if rows else [],
        source=_sources(found["measures"]),
        sample=any(it["plan_origin"] == "sample" for it in found["measures"]),
    )


@blueprint.get("/<workspace>/handlingsplan/<measure_id>")
def one(workspace: str, measure_id: str) -> str:
    """One measure: what the plan says of it, and what was reported."""
    return _page(workspace, measure_id)


@blueprint.post("/<workspace>/handlingsplan/<measure_id>")
def plan(workspace: str, measure_id: str) -> ResponseReturnValue:
    """Say who is responsible, by when, and where it stands. Only the plan's keeper may (L18)."""
    keys = {label: key for key, label in _roles(visitor(workspace)).items()}
    form = {name: request.form.get(name, "").strip() for name in ("responsible", "due_on", "status")}
    form["responsible"] = keys.get(form["responsible"], form["responsible"])
    wrong = _wrong(form)
    if not wrong:
        try:
            due_on = date.fromisoformat(form["due_on"])
            commands.plan(call(), measure_id, form["responsible"], due_on, form["status"])
            return redirect(url_for(".one", workspace=workspace, measure_id=measure_id, kept=1), 303)
        except NotFound:
            raise
        except MandatError as error:
            wrong = [Problem(words.measure_refused(error), "status")]
    return _page(workspace, measure_id, form, wrong), 422


# --- parts -----------------------------------------------------------------------------------------------------------


def _page(
    workspace: str, measure_id: str, form: Mapping[str, str] | None = None, problems: list[Problem] | None = None
) -> str:
    actor = visitor(workspace)
    now = ports().now()
    reports = queries.reports(actor, measure_id)
    found = next(it for it in queries.plan(actor, _today(now))["measures"] if it["id"] == measure_id)
    known = _roles(actor)
    may_follow = any(it["key"] == FOLLOW_UP for it in starting.startable(actor, language()))
    current = {name: found[name] or "" for name in ("responsible", "due_on", "status")}
    statuses = [found["status"], *sorted(MOVES[found["status"]])] if found["status"] else sorted(MOVES[None])
    return render_template(
        "measures/one.html",
        workspace=workspace,
        measure=_row(found, workspace, known, now),
        reports=[
            it | {"said": words.measure(it["after"]), "state": "" if it["light"] == "grey" else it["light"]}
            for it in reports
        ],
        cases=queries.followed_in(actor, measure_id),
        keeps=actor.administers or KEEPER in actor.roles,
        form=form or current,
        statuses=[(status, words.measure(status)) for status in statuses],
        roles=known,
        problems=problems or [],
        wrong={problem.target: problem.sentence.partition(": ")[2] for problem in problems or []},
        follow=url_for("starting.ask", workspace=workspace, key=FOLLOW_UP, number=found["number"])
        if may_follow
        else "",
        kept=request.args.get("kept"),
    )


def _roles(actor: Actor) -> dict[str, str]:
    """What the reader calls each role, by its key."""
    return {key: roles.text(label) for key, label in people.role_labels(actor).items()}


def _row(it: Mapping[str, Any], workspace: str, known: Mapping[str, str], now: datetime) -> dict[str, Any]:
    return {
        "id": it["id"],
        "number": it["number"],
        "goal": it["goal_text"],
        "goal_number": it["goal"],
        "text": it["description"],
        "href": url_for("measures.one", workspace=workspace, measure_id=it["id"]),
        "strength": words.strength(it["strength"]),
        "source": it["origin_ref"] or "",
        "origin": it["origin"],
        "responsible": known.get(it["responsible"] or "", it["responsible"]),
        "due": _due(it["due_on"], now),
        "closed": it["status"] in CLOSED,
        "status": it["status"],
        "said": words.measure(it["status"]) if it["status"] else "",
        "state": "" if it["light"] == "grey" else it["light"],
        "sample": it["plan_origin"] == "sample",
    }


def _due(day: str | None, now: datetime) -> Due:
    """A day as a deadline: until its end, in the reader's zone."""
    if day is None:
        return NONE
    return due(datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), speech().zone), now)


def _by_goal(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    goals: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        goals.setdefault(f"{row['goal_number']}. {row['goal']}", []).append(row)
    return [{"goal": goal, "measures": measures} for goal, measures in goals.items()]


def _sources(found: list[dict[str, Any]]) -> str:
    """The seed's ids of the measures, as a range; empty where they come from elsewhere."""
    ids = [it["origin_ref"] for it in found if it["origin"] == "source" and it["origin_ref"]]
    return "" if not ids else ids[0] if len(ids) == 1 else f"{ids[0]}–{ids[-1]}"


def _wrong(form: Mapping[str, str]) -> list[Problem]:
    found = []
    if not form["responsible"]:
        found.append(Problem(gettext("Responsible: name a role or a unit."), "responsible"))
    try:
        date.fromisoformat(form["due_on"])
    except ValueError:
        found.append(Problem(gettext("Deadline: choose a date."), "due_on"))
    if not form["status"]:
        found.append(Problem(gettext("Status: choose where the measure stands."), "status"))
    return found


def _today(now: datetime) -> date:
    return now.astimezone(speech().zone).date()
