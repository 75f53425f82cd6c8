"""Starting a case: what her roles may start, and the form with which it begins."""

import re
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.commands import instances
from service.domain.errors import AnswersRefused, Fault
from service.identity import call, ports
from service.queries import starting as queries
from service.web import fields
from service.web.fields import Problem
from service.web.i18n import gettext, language
from service.web.said import spoken, words
from service.web.uploads import Waiting
from service.web.visits import visitor

blueprint = Blueprint("starting", __name__)
NUMBER = re.compile(r"[A-Za-z0-9ÆØÅæøå][A-Za-z0-9ÆØÅæøå ./_-]{0,39}")
"""A case's number in the body's own register. It is no place for names, and it is not sealed."""


@blueprint.get("/<workspace>/start")
def page(workspace: str) -> str:
    """What she may start."""
    actor = visitor(workspace)
    found = spoken(queries.startable(actor, language()))
    return render_template("starting/page.html", workspace=workspace, processes=found)


@blueprint.get("/<workspace>/start/<key>")
def ask(workspace: str, key: str) -> str:
    """The form with which a process begins; `?number=` fills in the number of the case."""
    found = queries.one(visitor(workspace), key, language(), ports().now())
    sheet = _sheet(found)
    drawn = fields.draw(sheet) if sheet else fields.Drawn(())
    return _form(workspace, found, drawn, request.args.get("number", "")[:40])


@blueprint.post("/<workspace>/start/<key>")
def begin(workspace: str, key: str) -> ResponseReturnValue:
    """Start it, and go to the case."""
    actor = visitor(workspace)
    found = queries.one(actor, key, language(), ports().now())
    sheet, number = _sheet(found), " ".join(request.form.get("number", "").split())
    uploads = Waiting(request.files)
    posted = fields.read(sheet, request.form) if sheet else fields.Posted({})
    if sheet and posted.row_moved:
        return _form(workspace, found, fields.draw(sheet, posted.answers, focus=posted.focus), number)
    answers = fields.read(sheet, request.form, keep=uploads.keep).answers if sheet else {}
    wrong = [] if not number or NUMBER.fullmatch(number) else [_wrong_number()]
    try:
        if wrong:
            return _form(workspace, found, _drawn(sheet, posted.answers, uploads.again([])), number, wrong), 422
        started = instances.start(call(), key, answers, number or None, uploads.files)
    except AnswersRefused as refused:
        faults = uploads.again(refused.faults)
        again = any(fault.rule == "x-again" for fault in refused.faults)
        others = spoken(queries.beside(actor, found, answers, language())) if again else ()
        return _form(workspace, found, _drawn(sheet, posted.answers, faults), number, beside=others), refused.status
    return redirect(url_for("cases.one", workspace=workspace, case_id=started["case_id"]), 303)


def _sheet(found: dict[str, Any]) -> fields.Sheet | None:
    form = found["form"]
    if form is None:
        return None
    texts = form.texts
    return fields.Sheet(
        form.schema, form.ui, form.schema_file, form.ui_file, texts.said, texts.source, lists=found["lists"]
    )


def _drawn(sheet: fields.Sheet | None, answers: dict[str, Any], faults: Sequence[Fault]) -> fields.Drawn:
    return fields.Drawn(()) if sheet is None else fields.draw(sheet, answers, faults)


def _wrong_number() -> Problem:
    return Problem(gettext("Case number: use letters, digits, full stops, strokes and spaces, at most 40."), "number")


def _form(
    workspace: str,
    found: dict[str, Any],
    drawn: fields.Drawn,
    number: str,
    wrong: list[Problem] | None = None,
    beside: Sequence[dict[str, Any]] = (),
) -> str:
    return render_template(
        "starting/form.html",
        workspace=workspace,
        process={**found, "title": words(found["title"]), "begins": words(found["begins"])},
        drawn=drawn,
        number=number,
        beside=beside,
        wrong_number=wrong[0].sentence if wrong else "",
        problems=[*(wrong or []), *drawn.problems],
    )
