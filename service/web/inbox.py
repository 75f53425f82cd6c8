"""The inbox: what waits for her, and the task at hand beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.domain.actors import Actor
from service.domain.errors import TaskNotFound
from service.identity import ports
from service.queries import calendars, starting, stopped, unattended
from service.queries import desk as desks
from service.queries import inbox as queries
from service.queries.inbox import MOST, View
from service.web import case_page, fields, formats, roles, task_page
from service.web.due import due, groups
from service.web.i18n import gettext, language, ngettext
from service.web.origins import sample
from service.web.refusals import Refusal
from service.web.said import deed, spoken, words
from service.web.visits import visitor

blueprint = Blueprint("inbox", __name__)
PARAMETERS = {"scope": "scope", "role": "role", "process": "process", "case": "case_id", "q": "q", "after": "cursor"}
"""What an address calls each part of a view."""

AWAITED = 8
"""Deeds of others that are told at once; of more it is said how many."""


@blueprint.get("/<workspace>/inbox")
def page(workspace: str) -> ResponseReturnValue:
    """What waits; `?task=` names the one to show beside it, `?done=` the one that was completed, `?did=` what was done
    with the one that is shown, for a receipt."""
    actor = visitor(workspace)
    return shown(workspace, actor, view(request.query_string.decode("ascii", "replace")))


def shown(
    workspace: str,
    actor: Actor,
    seen: View,
    desk: Mapping[str, Any] | None = None,
    drawn: fields.Drawn | None = None,
    refusal: Refusal | None = None,
) -> Response:
    """The inbox in that view. `desk` and `drawn` are the task beside it and its form, where they are known already."""
    found = queries.inbox(actor, language(), seen)
    options = found["options"] | {"role": {key: roles.text(it) for key, it in found["options"]["role"].items()}}
    chosen = desk is not None or "task" in request.args
    if desk is None:
        desk = _chosen(actor, found["tasks"])
    now, days = ports().now(), calendars.of(workspace)
    if desk is not None and drawn is None:
        drawn = task_page.drawn(desk)
    lines = [_line(task, workspace, seen, desk, due(task["due_at"], now, days)) for task in found["tasks"]]
    tones: list[str] = [due(at, now).tone for at in found["dues"]]
    answer = make_response(
        render_template(
            "inbox/page.html",
            workspace=workspace,
            view=seen,
            keep={name: value for name, value in _parameters(seen).items() if name == "scope"},
            list=urlencode(_parameters(seen)),
            groups=[
                (tone, label, _count(tones.count(tone), found["dues"]), tasks)
                for tone, label, tasks in groups(lines, lambda line: line["due"].tone)
            ],
            summary=_summary(now, tones, found["dues"]),
            scopes=_scopes(workspace, seen, found["counts"]),
            selects=_selects(seen, options),
            narrowed=_narrowed(seen, options),
            next=address(workspace, replace(seen, cursor=found["next"])) if found["next"] else "",
            task=None if desk is None else task_page.told(desk, workspace, now, refusal),
            drawn=drawn,
            papers=() if desk is None else task_page.documents(desk, workspace),
            action=None if desk is None else task_page.action(workspace, desk["id"]),
            done=receipt(actor, workspace, desk),
            **_waits([] if lines or seen.narrowed else awaited(workspace, actor)),
            stopped=stopped.number(actor),
            unattended=[
                {
                    "deed": words(it["title"]),
                    "why": case_page.vacant(it),
                    "href": url_for("cases.one", workspace=workspace, case_id=it["case_id"]),
                }
                for it in unattended.listed(actor, language(), now)
            ],
            administers=actor.administers,
            may_start=not lines and bool(starting.startable(actor, language())),
        )
    )
    if "HX-Request" in request.headers:
        answer.headers["HX-Push-Url"] = address(workspace, seen, task=desk["id"] if desk and chosen else None)
    return answer


def view(query: str) -> View:
    """The view that the query of an address names; what it does not know is left out."""
    given = dict(parse_qsl(query[:2000]))
    known = {part: given[name][:200] for name, part in PARAMETERS.items() if given.get(name)}
    scope: queries.Scope = "mine" if known.pop("scope", "") == "mine" else "roles"
    return View(scope=scope, **known)


def address(workspace: str, seen: View, **more: str | None) -> str:
    """The address of the inbox in that view."""
    query: dict[str, Any] = {**_parameters(seen), **more}
    return url_for("inbox.page", workspace=workspace, **query)


def receipt(actor: Actor, workspace: str, desk: Mapping[str, Any] | None) -> dict[str, str] | None:
    """What to say of what she has just done, as the address tells it: completed a task, taken one or put it back.

    `desk` is the task at hand. What was taken can be put back at once; what is completed stays done, and the way leads
    to its case.
    """
    did = request.args.get("did")
    if desk is not None and did == "claim" and "release" in desk["moves"]:
        undo = url_for("tasks.release", workspace=workspace, task_id=desk["id"])
        return {"text": gettext("You have taken “%(task)s”.", task=desk["title"].text), "undo": undo}
    if desk is not None and did == "release" and desk["state"] == "open":
        return {"text": gettext("“%(task)s” is put back, and free for others.", task=desk["title"].text)}
    done = request.args.get("done")
    found = None if done is None else desks.finished(actor, done, language())
    if found is None:
        return None
    said = gettext("“%(task)s” is done.", task=found["title"].text)
    if found["next"]:
        said += " " + gettext(
            "The case now waits for %(roles)s.", roles=formats.listing(roles.text(it) for it in found["next"])
        )
    elif found["until"]:
        said += " " + gettext("The case now waits until %(date)s.", date=formats.long_date(found["until"]))
    if found["settled_in"]:
        other = found["settled_in"]
        said += " " + gettext("The case is over: it is settled in %(case)s.", case=other["title"].text)
        href = url_for("cases.one", workspace=workspace, case_id=other["id"])
        return {"text": said, "href": href, "label": gettext("See that case")}
    href = url_for("cases.one", workspace=workspace, case_id=found["case_id"])
    return {"text": said, "href": href, "label": gettext("See the case")}


def following(actor: Actor, case_id: str) -> str | None:
    """The task that she would do next, of that case before all others: the most urgent of hers, else of what her roles may
    take."""
    views = (View(scope, case_id=case) for case in (case_id, None) for scope in queries.SCOPES)
    found = (_first(queries.inbox(actor, language(), view)["tasks"]) for view in views)
    return next(filter(None, found), None)


def _first(tasks: Iterable[Mapping[str, Any]]) -> str | None:
    """The most urgent that is hers to do."""
    return next((str(task["id"]) for task in tasks if task["mine"] or not task["assignee"]), None)


def awaited(workspace: str, actor: Actor) -> list[dict[str, Any]]:
    """What others owe in the cases that she has had a part in: what she waits for. What several owe together is one."""
    now, days = ports().now(), calendars.of(workspace)
    together: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for it in queries.awaited(actor, language()):
        together.setdefault((it["case_id"], it["activity"]), []).append(it)
    return [
        {
            "role": first["role"],
            "deed": deed(first) if len(same) == 1 else words(first["title"]),
            "note": ", ".join(part for part in (_owed(same), first["case"].text) if part),
            "due": due(first["due_at"], now, days),
            "href": url_for("cases.one", workspace=workspace, case_id=first["case_id"]),
        }
        for same in together.values()
        for first in same[:1]
    ]


def _owed(same: list[dict[str, Any]]) -> str:
    """For whom a deed is owed, and how many answers are missing where it is several."""
    whose = formats.listing(dict.fromkeys(whom for it in same if (whom := it["organisation"] or it["about"])))
    if len(same) == 1:
        return str(same[0]["organisation"] or "")
    many = ngettext("%(num)s answer is missing", "%(num)s answers are missing", len(same))
    return f"{many}: {whose}" if whose else many


# --- parts -----------------------------------------------------------------------------------------------------------


def _waits(found: list[dict[str, Any]]) -> dict[str, Any]:
    """The first of what she waits for, and how many are left out."""
    return {"waits": found[:AWAITED], "waits_more": max(0, len(found) - AWAITED)}


def _chosen(actor: Actor, tasks: list[dict[str, Any]]) -> Mapping[str, Any] | None:
    """The task that the address names, if she may see it, else the first of the list."""
    now = ports().now()
    first = _first(tasks) or next((str(task["id"]) for task in tasks), None)
    for task_id in filter(None, (request.args.get("task"), first)):
        try:
            return desks.desk(actor, task_id, language(), now, whole=False)
        except TaskNotFound:
            continue
    return None


def _line(
    task: Mapping[str, Any], workspace: str, seen: View, desk: Mapping[str, Any] | None, at: Any
) -> dict[str, Any]:
    role = roles.text(task["role"] or "")
    return {
        "title": deed(task),
        "href": url_for("tasks.page", workspace=workspace, task_id=task["id"]),
        "beside": address(workspace, seen, task=task["id"]),
        "case": spoken(task["case"]),
        "role": f"{role}, {task['organisation']}" if task["organisation"] else role or gettext("You in person"),
        "claim": _claim(task),
        "who": task["assignee"] or "",
        "due": at,
        "sample": sample(task["sample"]),
        "current": desk is not None and desk["id"] == task["id"],
    }


def _claim(task: Mapping[str, Any]) -> str:
    """Whose a task is, or what holds it up."""
    if task["suspended"]:
        return "held"
    if task["stopped"]:
        return "answered" if task["mine"] else "stopped"
    return "mine" if task["mine"] else "taken" if task["assignee"] else "free"


def _parameters(seen: View) -> dict[str, str]:
    parts = asdict(seen)
    return {name: parts[part] for name, part in PARAMETERS.items() if parts[part] and parts[part] != "roles"}


def _count(number: int, dues: list[Any]) -> str:
    """A count in words; one that reaches to the end of what was counted is a least."""
    return f"{number}+" if len(dues) > MOST and number else formats.number(number)


def _summary(now: Any, tones: list[str], dues: list[Any]) -> str:
    told = formats.first_upper(formats.weekday_date(now))
    if not dues:
        return gettext("%(date)s. No tasks.", date=told)
    many = ngettext("%(count)s task", "%(count)s tasks", len(dues), count=_count(len(dues), dues))
    over = tones.count("over")
    if not over:
        return f"{told}. {many}."
    late = ngettext("%(count)s is overdue", "%(count)s are overdue", over, count=formats.number(over))
    return f"{told}. {many}, {late}."


def _scopes(workspace: str, seen: View, counts: Mapping[str, int]) -> list[tuple[str, str, bool]]:
    """The switch between hers and her roles', each with how many there are."""
    labels: dict[queries.Scope, str] = {"mine": gettext("Mine"), "roles": gettext("My roles")}
    return [
        (
            f"{label} {f'{MOST}+' if counts[scope] > MOST else counts[scope]}",
            address(workspace, replace(seen, scope=scope, cursor=None)),
            seen.scope == scope,
        )
        for scope, label in labels.items()
    ]


def _selects(seen: View, options: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    chosen = _parameters(seen)
    labels = {
        "role": (gettext("Role"), gettext("All roles")),
        "process": (gettext("Process"), gettext("All processes")),
        "case": (gettext("Case"), gettext("All cases")),
    }
    return [
        {"name": name, "label": label, "options": [("", every), *options[name].items()], "value": chosen.get(name, "")}
        for name, (label, every) in labels.items()
    ]


def _narrowed(seen: View, options: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The words of the filters that are set."""
    chosen = _parameters(seen)
    named = [options[name].get(chosen[name], chosen[name]) for name in ("role", "process", "case") if name in chosen]
    return [*named, *([gettext("“%(answer)s”", answer=seen.q)] if seen.q else [])]
