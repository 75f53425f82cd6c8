"""Stopped cases: the list of those that wait for help, and one with what can be done about it."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.commands import incidents as commands
from service.domain.errors import CorrectionRefused, ReasonRefused, SkipRefused
from service.identity import call, ports
from service.identity.mending import retry_many
from service.queries import stopped, versions
from service.queries.stopped import View
from service.web import stopped_page, stopped_words
from service.web.fields import Problem
from service.web.i18n import gettext, language
from service.web.said import spoken
from service.web.visits import visitor

blueprint = Blueprint("incidents", __name__)
PARAMETERS = {"process": "process", "kind": "kind", "age": "age", "after": "cursor"}


@blueprint.get("/<workspace>/incidents")
def listed(workspace: str) -> str:
    """The cases that stand still, the longest first; `?went=`, `?stands=`, `?held=` and `?gone=` count what a try of many came
    to, `?mended=` is a case that goes on."""
    actor, view = visitor(workspace), _view(request.args)
    found = spoken(stopped.listed(actor, language(), view, ports().now()))
    for it in found["incidents"]:
        it["title"], it["waits_said"] = stopped_words.title(it["kind"]), stopped_words.waiting(it["waits"])
    query: dict[str, Any] = _parameters(replace(view, cursor=found["next"]))
    counts = [request.args.get(name, -1, type=int) for name in ("went", "stands", "held", "gone")]
    return render_template(
        "incidents/list.html",
        workspace=workspace,
        found=found,
        view=view,
        selects=_selects(view, found),
        narrowed=_narrowed(view, found),
        keep=_parameters(replace(view, cursor=None)),
        next=url_for(".listed", workspace=workspace, **query) if found["next"] else "",
        receipt=stopped_page.outcome(*counts) if min(counts) >= 0 else "",
        any_went=counts[0] > 0,
        mended=request.args.get("mended", "")[:36],
    )


@blueprint.post("/<workspace>/incidents/retry")
def retry_some(workspace: str) -> ResponseReturnValue:
    """Try those that were chosen again, or all that the list shows and its further pages hold."""
    actor, view = visitor(workspace), _view(request.form)
    chosen = request.form.getlist("incident")
    every = "all" in request.form
    done = retry_many(stopped.matching(actor, replace(view, cursor=None), ports().now()) if every else chosen)
    counts: dict[str, Any] = {
        "went": len(done["went_on"]),
        "stands": len(done["stands"]),
        "held": len(done["suspended"]),
        "gone": len(done["gone"]),
    }
    return redirect(url_for(".listed", workspace=workspace, **counts, **_parameters(replace(view, cursor=None))), 303)


@blueprint.get("/<workspace>/incidents/<incident_id>")
def one(workspace: str, incident_id: str) -> str:
    """One stopped case; `?tried` says that a try was in vain."""
    return _page(workspace, incident_id)


@blueprint.post("/<workspace>/incidents/<incident_id>/retry")
def retry(workspace: str, incident_id: str) -> ResponseReturnValue:
    """Try the step again."""
    visitor(workspace)
    return _went(workspace, incident_id, commands.retry(call(), incident_id))


@blueprint.post("/<workspace>/incidents/<incident_id>/correct")
def correct(workspace: str, incident_id: str) -> ResponseReturnValue:
    """Try the step again with other values. What is wrong with them comes back."""
    visitor(workspace)
    values, wrong = stopped_page.values(request.form)
    if not wrong:
        try:
            return _went(workspace, incident_id, commands.correct(call(), incident_id, values, _reason()))
        except CorrectionRefused as refused:
            none = not values
            wrong = {"0": gettext("Change at least one value.")} if none else {}
            wrong = wrong or stopped_page.misfits(request.form, refused.faults)
        except ReasonRefused:
            wrong = {"reason": _why()}
    return _page(workspace, incident_id, "correct", request.form, wrong), 422


@blueprint.post("/<workspace>/incidents/<incident_id>/skip")
def skip(workspace: str, incident_id: str) -> ResponseReturnValue:
    """Try the step again, past what failed."""
    visitor(workspace)
    try:
        return _went(workspace, incident_id, commands.skip(call(), incident_id, _reason(), request.form.get("flow")))
    except ReasonRefused:
        wrong = {"reason": _why()}
    except SkipRefused:
        wrong = {"flow": gettext("Choose a way.")}
    return _page(workspace, incident_id, "skip", request.form, wrong), 422


# --- parts -----------------------------------------------------------------------------------------------------------


def _page(
    workspace: str,
    incident_id: str,
    open_: str = "",
    form: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
) -> str:
    actor, wrong = visitor(workspace), wrong or {}
    found = stopped.one(actor, incident_id, language())
    lines = stopped_page.lines(found, form if open_ == "correct" else None, wrong)
    labels = {"reason": gettext("Reason"), "flow": gettext("Way")}
    labels |= {str(line.number): line.name or gettext("Value") for line in lines}
    problems = [Problem(f"{labels[key]}: {said}", _at(open_, key)) for key, said in wrong.items()]
    return render_template(
        "incidents/one.html",
        workspace=workspace,
        found=spoken(stopped_page.one(found, workspace)),
        lines=lines,
        open=open_,
        form=form or {},
        wrong=wrong,
        problems=problems,
        problems_title=_not_done(open_),
        tried="tried" in request.args,
        ways=spoken(versions.ways(actor, found["case_id"], language())),
    )


def _not_done(open_: str) -> str:
    return gettext("The part was not passed over") if open_ == "skip" else gettext("The values were not put right")


def _at(open_: str, key: str) -> str:
    return f"{open_}-{key}" if key in ("reason", "flow") else f"value-{key}"


def _went(workspace: str, incident_id: str, answer: Mapping[str, Any]) -> ResponseReturnValue:
    if answer["incident"]["resolved_at"] is None:
        return redirect(url_for(".one", workspace=workspace, incident_id=incident_id, tried=1), 303)
    return redirect(url_for(".listed", workspace=workspace, mended=answer["incident"]["case_id"]), 303)


def _reason() -> str:
    return request.form.get("reason", "")


def _why() -> str:
    return gettext("Say why, in at most 2,000 characters.")


def _view(given: Mapping[str, str]) -> View:
    return View(**{part: given[name][:200] for name, part in PARAMETERS.items() if given.get(name)})


def _parameters(view: View) -> dict[str, Any]:
    parts = asdict(view)
    return {name: parts[part] for name, part in PARAMETERS.items() if parts[part]}


def _ages() -> dict[str, str]:
    return {
        "hour": gettext("For an hour or more"),
        "day": gettext("For a day or more"),
        "week": gettext("For a week or more"),
    }


def _selects(view: View, found: Mapping[str, Any]) -> list[dict[str, Any]]:
    kinds = {kind: f"{stopped_words.title(kind)} ({many})" for kind, many in found["kinds"].items()}
    processes = {key: f"{name.text} ({many})" for key, (name, many) in found["processes"].items()}
    return [
        {"name": "process", "label": gettext("Process"), "value": view.process or "",
         "options": [("", gettext("All processes")), *processes.items()]},
        {"name": "kind", "label": gettext("What went wrong"), "value": view.kind or "",
         "options": [("", gettext("Whatever went wrong")), *kinds.items()]},
        {"name": "age", "label": gettext("How long"), "value": view.age or "",
         "options": [("", gettext("However long")), *_ages().items()]},
    ]  # fmt: skip


def _narrowed(view: View, found: Mapping[str, Any]) -> list[str]:
    """The words of the filters that are set."""
    named = [
        found["processes"][view.process][0].text if view.process in found["processes"] else view.process,
        stopped_words.title(view.kind) if view.kind else None,
        _ages().get(view.age or ""),
    ]
    return [it for it in named if it]
