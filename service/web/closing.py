"""Closing a case to all but some, and opening it again: on which ground, why, and who has read it meanwhile."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.commands import access as commands
from service.domain.access import AccessGroundUnknown, CaseNotClosedOff, ReadersMissing
from service.domain.cases import reads_on
from service.domain.errors import CaseNotFound, MandatError, ProcessOwnerNeeded, ReasonRefused
from service.identity import call
from service.queries import access as queries
from service.web import roles
from service.web.fields import Problem
from service.web.i18n import gettext, language
from service.web.looked_words import page as page_said
from service.web.said import spoken
from service.web.visits import visitor

blueprint = Blueprint("closing", __name__)


@blueprint.get("/<workspace>/cases/<case_id>/access")
def page(workspace: str, case_id: str) -> str:
    """Who may read the case. For those who own its process, and for auditors."""
    return _page(workspace, case_id, {})


@blueprint.post("/<workspace>/cases/<case_id>/access")
def change(workspace: str, case_id: str) -> ResponseReturnValue:
    """Close the case to all but some roles, or open it again."""
    actor = visitor(workspace)
    form = {"basis": request.form.get("basis", ""), "reason": request.form.get("reason", "").strip()}
    readers = request.form.getlist("readers")
    opens = request.form.get("do") == "open"
    stays = opens or reads_on(actor, case_id, readers)
    if readers and not stays and "leave" not in request.form:
        shut = Problem(
            gettext("You would no longer read the case yourself: tick a role of yours, or confirm it."), "leave"
        )
        return _page(workspace, case_id, form | {"readers": readers, "leaves": True}, [shut]), 422
    try:
        if opens:
            commands.open_up(call(), case_id, form["reason"])
        else:
            commands.close_off(call(), case_id, form["basis"], readers, form["reason"])
    except (AccessGroundUnknown, ReadersMissing, ReasonRefused, CaseNotClosedOff) as error:
        return _page(workspace, case_id, form | {"readers": readers, "leaves": not stays}, _wrong(error)), error.status
    except ProcessOwnerNeeded:
        raise CaseNotFound from None  # to her the page is not there
    if not stays:
        return redirect(url_for("cases.page", workspace=workspace), 303)  # she has closed it to herself as well
    return redirect(url_for(".page", workspace=workspace, case_id=case_id, did="opened" if opens else "closed"), 303)


# --- parts -----------------------------------------------------------------------------------------------------------


def _page(workspace: str, case_id: str, form: Mapping[str, Any], problems: list[Problem] | None = None) -> str:
    actor = visitor(workspace)
    try:
        found = spoken(queries.of_case(actor, case_id, language()))
    except ProcessOwnerNeeded:
        raise CaseNotFound from None
    closed = found["closed"]
    chosen = form.get("readers") or ([it["key"] for it in closed["readers"]] if closed else found["drawn"])
    return render_template(
        "cases/access.html",
        workspace=workspace,
        case=found,
        reads=[it | {"said": page_said(it["what"])} for it in found["reads"]],
        roles=[(key, roles.text(label), key in chosen) for key, label in found["roles"].items()],
        form={"basis": closed["basis"] if closed else "", **form},
        problems=problems or [],
        wrong={it.target: it.sentence for it in problems or []},
        may_change=actor.owns_processes,
        did=request.args.get("did", ""),
    )


def _wrong(error: MandatError) -> list[Problem]:
    if isinstance(error, AccessGroundUnknown):
        return [Problem(gettext("Legal ground: choose one."), "basis")]
    if isinstance(error, ReadersMissing):
        return [Problem(gettext("Who still reads it: choose one role at least."), "readers")]
    if isinstance(error, CaseNotClosedOff):
        return [Problem(gettext("Somebody else has opened the case meanwhile."), "reason")]
    return [Problem(gettext("Reason: write why, in at most 2,000 characters."), "reason")]
