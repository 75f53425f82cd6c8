"""Erasing what is held: looked for, asked for with a ground and a reason, approved by another, and certified."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.commands import access
from service.commands import erasures as commands
from service.domain.disclosures import LEGAL_BASES, Broken
from service.domain.erasures import (
    ErasureDecided,
    ErasureEmpty,
    ErasureNotFound,
    PersonStillTakesPart,
    SecondPersonNeeded,
    Wanted,
)
from service.domain.errors import ReasonRefused, Refused
from service.identity import call, erasing, ports
from service.queries import erasures as queries
from service.queries import held
from service.queries.held import Search
from service.web import answers
from service.web.fields import Problem, Sheet
from service.web.i18n import gettext, language
from service.web.said import words as said_words
from service.web.visits import visitor

blueprint = Blueprint("erasures", __name__)


@blueprint.get("/<workspace>/erasures")
def page(workspace: str) -> str:
    """What was asked to be erased, and what became of it."""
    actor = visitor(workspace)
    return render_template(
        "erasures/list.html",
        workspace=workspace,
        erasures=[row | {"ground": answers.ground(row["basis"])} for row in queries.listed(actor)],
        administers=actor.administers,
    )


@blueprint.get("/<workspace>/erasures/new")
def look(workspace: str) -> str:
    """Look for what is to be erased. That somebody did, and how much she was shown, is in the journal."""
    return _look(workspace, {})


@blueprint.post("/<workspace>/erasures/new")
def ask(workspace: str) -> ResponseReturnValue:
    """Look for words, which are sent in the form so that no address, history or log of requests holds them; or ask that
    what was chosen be erased."""
    _administrator(workspace)
    if request.form.get("do") != "ask":
        return _look(workspace, {})
    chosen = {name: tuple(request.form.getlist(name)) for name in ("commitments", "documents", "people")}
    form = {name: request.form.get(name, "").strip() for name in ("basis", "reason")}
    try:
        asked = commands.request(call(), Wanted(**chosen), form["basis"], form["reason"])
    except Refused as error:
        return _look(workspace, form | chosen, _wrong(error)), 422
    return redirect(url_for(".one", workspace=workspace, erasure_id=asked["id"], did="asked"), 303)


@blueprint.get("/<workspace>/erasures/<erasure_id>")
def one(workspace: str, erasure_id: str) -> str:
    """One erasure: what waits for a second person, or the certificate."""
    return _one(workspace, erasure_id)


@blueprint.post("/<workspace>/erasures/<erasure_id>")
def decide(workspace: str, erasure_id: str) -> ResponseReturnValue:
    """Approve it, and so carry it out; or refuse it."""
    _administrator(workspace)
    approves = request.form.get("do") == "approve"
    try:
        (commands.approve if approves else commands.refuse)(call(), erasure_id)
    except SecondPersonNeeded:
        said = gettext(
            "You have asked for this erasure yourself. Somebody else who administers the workspace approves it."
        )
        return _one(workspace, erasure_id, said), 403
    except ErasureDecided:
        found = queries.one(visitor(workspace), erasure_id)
        if found["decided_by"] != call().actor.by().actor or (found["state"] == "done") != approves:
            return _one(workspace, erasure_id, late=True), 409
        return _decided(workspace, erasure_id, erased=approves)  # she has sent the same twice
    except (ErasureEmpty, PersonStillTakesPart) as error:
        return _one(workspace, erasure_id, _wrong(error)[0].sentence), 422
    if approves:
        erasing.keep()
    return _decided(workspace, erasure_id, erased=approves)


@blueprint.get("/<workspace>/erasures/<erasure_id>/certificate.<any(txt, json):form>")
def certificate(workspace: str, erasure_id: str, form: str) -> Response:
    """The certificate as a file."""
    found = queries.certificate(visitor(workspace), erasure_id)
    if form == "json":
        answer = Response(json.dumps(found, indent=2) + "\n", content_type="application/json")
    else:
        text = render_template("erasures/certificate.txt", it=found, ground=answers.ground(found["basis"]))
        answer = Response(text, content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="erasure-{erasure_id}.{form}"'
    return answer


# --- parts -----------------------------------------------------------------------------------------------------------


def _decided(workspace: str, erasure_id: str, *, erased: bool) -> ResponseReturnValue:
    did = "erased" if erased else "refused"
    return redirect(url_for(".one", workspace=workspace, erasure_id=erasure_id, did=did), 303)


def _administrator(workspace: str) -> None:
    """To whoever does not administer the workspace, these pages are not there."""
    if not visitor(workspace).administers:
        raise ErasureNotFound


def _look(workspace: str, form: Mapping[str, Any], problems: list[Problem] | None = None) -> str:
    _administrator(workspace)
    actor = visitor(workspace)
    search = _sought()
    found = held.find(actor, language(), search) if search.by else None
    if found is not None:
        counts = {name: len(found[name]) for name in ("values", "documents", "records")}
        counts["records"] += len(found["published"])
        access.searched(call(), search.by, search.person or None, search.case or None, found["people"], **counts)
    return render_template(
        "erasures/look.html",
        workspace=workspace,
        search=search,
        found=found,
        people=held.candidates(actor),
        grounds=[(key, answers.ground(key)) for key in LEGAL_BASES],
        form=form,
        problems=problems or [],
        said=_said,
        stood=_stood,
        demo=ports().demo,
    )


def _sought() -> Search:
    """What is looked for. Words are taken from a form alone."""
    given = request.form if request.method == "POST" else request.args
    return Search(request.form.get("text", "").strip(), given.get("person", ""), given.get("case", ""))


def _one(workspace: str, erasure_id: str, wrong: str = "", *, late: bool = False) -> str:
    actor = visitor(workspace)
    found = queries.one(actor, erasure_id)
    waits = found["state"] == "waiting"
    return render_template(
        "erasures/one.html",
        workspace=workspace,
        it=found | {"ground": answers.ground(found["basis"])},
        held=held.wanted(actor, language(), erasure_id) if waits and actor.administers else None,
        hers=found["requested_by"] == actor.by().actor and not ports().demo,
        administers=actor.administers,
        wrong=wrong,
        problems=[Problem(wrong, "decide")] if wrong else [],
        late=late,
        did=request.args.get("did", ""),
        said=_said,
        stood=_stood,
        alone=ports().demo and found["requested_by"] == actor.by().actor,
        listed=erasing.keeps(),
    )


def _said(value: Any) -> str:
    """A value as somebody who decides on it reads it: a text as it is, all else as JSON."""
    if isinstance(value, Broken):
        return answers.not_sealed()
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _stood(it: Mapping[str, Any]) -> dict[str, Any]:
    """Where a value stood: the task, the field by its title, and the pointer to it."""
    form = it["form"]
    sheet = form and Sheet(form.schema, form.ui, form.schema_file, form.ui_file, form.texts.said, form.texts.source)
    return {
        "task": it["task"] and said_words(it["task"]),
        "field": answers.called(sheet, it["field"]) if sheet else None,
        "pointer": it["field"],
    }


def _wrong(error: Refused) -> list[Problem]:
    if isinstance(error, ReasonRefused):
        return [Problem(gettext("Reason: write why, in at most 2,000 characters."), "reason")]
    if isinstance(error, PersonStillTakesPart):
        said = gettext("This person still holds a role, acts for an organisation or has a task. End that first.")
        return [Problem(said, "people")]
    if isinstance(error, ErasureEmpty):
        return [Problem(gettext("Choose what is to be erased. What is gone already cannot be chosen."), "found")]
    return [Problem(gettext("Legal ground: choose one."), "basis")]
