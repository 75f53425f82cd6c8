"""For the administrator: cases whose time of keeping is over, and what is to happen to them."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.commands import retention as commands
from service.domain.errors import CaseNotFound, ReasonRefused
from service.identity import call, ports
from service.queries import retention as queries
from service.web import setting_words
from service.web.fields import Problem
from service.web.i18n import gettext, language
from service.web.said import spoken
from service.web.visits import visitor

blueprint = Blueprint("kept", __name__)


@blueprint.get("/<workspace>/kept")
def page(workspace: str) -> str:
    """What is due."""
    return _page(workspace)


@blueprint.post("/<workspace>/kept/<case_id>")
def hand_over(workspace: str, case_id: str) -> ResponseReturnValue:
    """Keep that the archives have a case now."""
    if not visitor(workspace).administers:
        raise CaseNotFound
    try:
        commands.hand_over(call(), case_id, request.form.get("receipt", "").strip())
    except ReasonRefused:
        return _page(workspace, case_id, gettext("Receipt: write what the archives have answered.")), 422
    return redirect(url_for(".page", workspace=workspace, kept=1), 303)


def said(it: Mapping[str, Any]) -> dict[str, Any]:
    """A term with its class and its end in words."""
    return {**it, "class_said": setting_words.choice(it["class"]), "then_said": setting_words.choice(it["then"])}


def _page(workspace: str, wrong_at: str = "", wrong: str = "") -> str:
    found = queries.due(visitor(workspace), language(), ports().now())
    return render_template(
        "people/kept.html",
        workspace=workspace,
        cases=[said(spoken(it)) for it in found],
        wrong_at=wrong_at,
        wrong=wrong,
        problems=[Problem(wrong, f"receipt-{wrong_at}")] if wrong else [],
        kept="kept" in request.args,
    )
