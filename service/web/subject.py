"""All that is held on one person, as a page and as a file: for herself, and with a reason for who administers."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from service.commands import access as commands
from service.domain.errors import ReasonRefused
from service.identity import call
from service.queries import subject as queries
from service.queries.bundled import FormFiles
from service.web import answers, entry_words, formats, roles, words
from service.web.fields import Problem, Sheet
from service.web.i18n import gettext, language, pgettext
from service.web.looked_words import looked
from service.web.visits import visitor

blueprint = Blueprint("subject", __name__)
MOMENTS = frozenset({"at", "from", "to", "opened", "taken", "closed", "written"})


@blueprint.get("/<workspace>/people/<person_id>/held")
def page(workspace: str, person_id: str) -> str:
    """What she will be given, and for whoever is not she the question why."""
    return _page(workspace, person_id)


@blueprint.post("/<workspace>/people/<person_id>/held")
def give(workspace: str, person_id: str) -> ResponseReturnValue:
    """Put it together and give it: as a page, as HTML to keep, or as JSON. That it was given is in the journal first."""
    actor = visitor(workspace)
    found = queries.held_on(actor, person_id, language(), _field)
    found["looked"] = [it | {"said": looked(it["kind"], it["what"])} for it in found["looked"]]
    text = json.dumps(found, indent=2, ensure_ascii=False)
    reason = request.form.get("reason", "").strip()
    try:
        commands.export(call(), person_id, hashlib.sha256(text.encode()).hexdigest(), reason)
    except ReasonRefused:
        wrong = gettext("Reason: write why, in at most 2,000 characters.")
        return _page(workspace, person_id, reason, wrong), 422
    wish = request.form.get("do", "page")
    if wish == "json":
        return _file(text, "application/json", f"{person_id}.json")
    told = {"found": found, "sections": _sections(found), "workspace": workspace, "tongue": language()}
    if wish == "html":
        return _file(render_template("subject/file.html", **told), "text/html; charset=utf-8", f"{person_id}.html")
    return render_template("subject/shown.html", **told)


# --- parts -----------------------------------------------------------------------------------------------------------


def _field(form: FormFiles, pointer: str) -> str:
    sheet = Sheet(form.schema, form.ui, form.schema_file, form.ui_file, form.texts.said, form.texts.source)
    return answers.called(sheet, pointer).text


def _page(workspace: str, person_id: str, reason: str = "", wrong: str = "") -> str:
    actor = visitor(workspace)
    return render_template(
        "subject/page.html",
        workspace=workspace,
        name=queries.name_of(actor, person_id),
        hers=actor.person_id == person_id,
        reason=reason,
        wrong=wrong,
        problems=[Problem(wrong, "reason")] if wrong else [],
    )


def _file(text: str, kind: str, name: str) -> Response:
    answer = Response(text, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="held-{name}"'
    return answer


def _sections(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Each section that has anything, as a heading, its columns and its rows in words."""
    titles = {it["case"]: it["title"] for it in found["cases"]}
    looks = [
        {"at": it["at"], "who": it["who"], "case": it["stream"] if it["stream"] in titles else None, "what": it["said"]}
        for it in found["looked"]
    ]
    written = [
        {"case": it["case"], "where": _where(it), "value": it["value"], "at": it["at"]} for it in found["answers"]
    ]
    entries = [
        {
            "at": it["at"],
            "case": it["stream"] if it["stream"] in titles else None,
            "seq": it["seq"],
            "what": entry_words.entry(it["kind"]),
            "who": it["who"],
            "role": it["role_label"],
        }
        for it in found["journal"]
    ]
    found = found | {"looked": looks, "answers": written, "journal": entries}
    return [
        {
            "title": title,
            "columns": [_column(name) for name in found[key][0]],
            "rows": [[_cell(name, value, titles) for name, value in row.items()] for row in found[key]],
        }
        for key, title in _titles().items()
        if found[key]
    ]


def _titles() -> dict[str, str]:
    return {
        "roles": gettext("Roles"),
        "organisations": gettext("Organisations that she acts for"),
        "tasks": gettext("Tasks"),
        "answers": gettext("What she wrote"),
        "drafts": gettext("Drafts"),
        "documents": gettext("Documents"),
        "votes": gettext("Votes"),
        "hearings": gettext("Answers to hearings"),
        "mails": gettext("Mails to her"),
        "looked": gettext("Who looked"),
        "journal": gettext("In the journal"),
    }


def _where(answer: dict[str, Any]) -> str:
    """Where something was written: the task, and the field as its form calls it; else by the pointer to it."""
    named = [it for it in (answer["task"], answer["called"]) if it]
    return ", ".join(named) if answer["called"] else " ".join([*named, answer["field"]])


def _state(state: str) -> str:
    """How a task, or a mail, stands."""
    return {
        "open": pgettext("task", "Open"),
        "claimed": pgettext("task", "Taken"),
        "completed": pgettext("task", "Finished"),
        "cancelled": pgettext("task", "Taken back"),
        "waiting": pgettext("mail", "Waits to be sent"),
        "sent": pgettext("mail", "Sent"),
        "dead": pgettext("mail", "Could not be sent"),
    }.get(state, state)


def _letter(letter: str) -> str:
    """What a mail was about, by its kind."""
    return {
        "task": pgettext("mail", "A new task"),
        "assignment": pgettext("mail", "A task that she was given"),
        "daily": pgettext("mail", "What waits, once a day"),
        "checkpoint": pgettext("mail", "A checkpoint of the log"),
        "written": pgettext("mail", "Written by a process"),
    }.get(letter, letter)


WORDS: Mapping[str, Callable[[Any], str]] = {
    "state": _state,
    "question": words.question,
    "vote": words.vote,
    "position": words.position,
    "role": roles.text,
    "about": _letter,
}
"""The columns whose values are words of the product's own."""


def _column(name: str) -> str:
    return {
        "role": gettext("Role"),
        "case": gettext("Case"),
        "from": pgettext("date", "From"),
        "to": pgettext("date", "Until"),
        "organisation": gettext("Organisation"),
        "task": gettext("Task"),
        "state": gettext("Status"),
        "opened": gettext("Opened"),
        "taken": gettext("Taken"),
        "closed": gettext("Closed"),
        "where": gettext("Where"),
        "value": gettext("What was written"),
        "answers": gettext("What was written"),
        "at": gettext("When"),
        "name": gettext("Name"),
        "size": gettext("Size"),
        "question": gettext("Question"),
        "vote": gettext("Vote"),
        "position": gettext("Position"),
        "objection": gettext("Objection"),
        "about": gettext("About"),
        "written": gettext("Written"),
        "subject": gettext("Subject"),
        "text": gettext("Text"),
        "seq": gettext("Entry"),
        "who": gettext("Who"),
        "what": gettext("What"),
    }[name]


def _cell(name: str, value: Any, titles: dict[str, str]) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return pgettext("answer", "Yes") if value else pgettext("answer", "No")
    if name in MOMENTS:
        return formats.moment(value)
    known: dict[str, Callable[[Any], str]] = {
        "size": formats.size,
        "case": lambda case: titles.get(case, case),
        **WORDS,
    }
    if name in known:
        return known[name](value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
