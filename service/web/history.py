"""The journal as an event log, for auditors and administrators: which part, in which format, downloaded."""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from service.domain.errors import Refused
from service.identity import call
from service.identity.history import export
from service.queries import history as queries
from service.queries import processes, workspaces
from service.queries.history import FORMATS, HistoryTooLong, Selection
from service.web import formats
from service.web.fields import Problem
from service.web.i18n import gettext, language
from service.web.said import spoken
from service.web.visits import visitor

blueprint = Blueprint("history", __name__)

MOST = 250_000
"""Entries that one download holds: what a server makes while a browser waits for it. The command knows no bound."""

KINDS = {
    "jsonl": "application/jsonl",
    "xes": "application/xml",
    "ocel2": "application/json",
    "ocel2-sqlite": "application/vnd.sqlite3",
}


@blueprint.get("/<workspace>/history")
def page(workspace: str) -> str:
    """What can be had."""
    return _page(workspace, {"format": "xes"})


@blueprint.post("/<workspace>/history")
def download(workspace: str) -> ResponseReturnValue:
    """The file. That it was given away is in the journal before its first byte is."""
    actor = visitor(workspace)
    queries.extent(actor)  # to whom it is not there, no form of it is wrong
    form = {name: request.form.get(name, "").strip() for name in ("format", "process", "since", "until")}
    days, problems = _days(form)
    if form["format"] not in FORMATS:
        problems.append(Problem(gettext("Format: choose one."), "format"))
    if problems:
        return _page(workspace, form, problems), 422
    chosen = Selection.of_days(form["process"], *days, workspaces.home(actor).zone)
    try:
        file = _written(form["format"], chosen)
    except Refused as error:
        return _page(workspace, form, [_refused(error)]), 422
    name = f"{workspace}-{form['format']}{FORMATS[form['format']]}"
    answer = send_file(file, KINDS[form["format"]], as_attachment=True, download_name=name)
    answer.content_length = os.fstat(file.fileno()).st_size
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _written(format: str, chosen: Selection) -> BinaryIO:
    """The file, whole. It has no name any more, and is gone when it is closed."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "log"
        export(call(), format, chosen, path, most=MOST)
        return path.open("rb")


def _page(workspace: str, form: Mapping[str, Any], problems: list[Problem] | None = None) -> str:
    actor = visitor(workspace)
    cases, entries = queries.extent(actor)
    return render_template(
        "people/history.html",
        workspace=workspace,
        administers=actor.administers,
        cases=cases,
        entries=entries,
        most=MOST,
        formats=_formats(),
        processes=[(it["key"], it["title"].text) for it in spoken(processes.listed(actor, language())) if it["drawn"]],
        form=form,
        problems=problems or [],
        wrong={it.target: it.sentence for it in problems or []},
    )


def _formats() -> list[tuple[str, str, str]]:
    """Each format with its name and what it is for."""
    return [
        ("xes", "XES", gettext("For process mining by cases: each case with what happened in it (IEEE 1849-2016).")),
        ("ocel2", "OCEL 2.0, JSON", gettext("For process mining by objects: tasks, targets, ballots, documents, too.")),
        (
            "ocel2-sqlite",
            "OCEL 2.0, SQLite",
            gettext("The same as tables, for large logs and for queries of your own."),
        ),
        ("jsonl", "JSON Lines", gettext("The entries themselves, byte for byte as the log proves them.")),
    ]


def _days(form: Mapping[str, str]) -> tuple[tuple[date | None, date | None], list[Problem]]:
    found: dict[str, date | None] = {}
    problems = []
    for name in ("since", "until"):
        try:
            found[name] = date.fromisoformat(form[name]) if form[name] else None
        except ValueError:
            found[name] = None
            problems.append(Problem(gettext("Write a date, such as 2026-04-21."), name))
    since, until = found["since"], found["until"]
    if since and until and until < since:
        problems.append(Problem(gettext("The last day is before the first."), "until"))
    if until == date.max:
        problems.append(Problem(gettext("Write a date, such as 2026-04-21."), "until"))
    return (since, until), problems


def _refused(error: Refused) -> Problem:
    if isinstance(error, HistoryTooLong):
        said = gettext(
            "There are more than %(count)s entries. Choose a shorter period or one process, or let the operator "
            "run “mandat history”.",
            count=formats.number(MOST),
        )
        return Problem(said, "since")
    return Problem(str(error), None)
