"""What the page of a task tells, out of what the query found: why it is hers, the form, whose turn it is next."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import url_for
from markupsafe import Markup

from service.domain.errors import Fault
from service.queries import calendars
from service.web import fields, formats, hearing_page, papers, related, roles, turnout, words
from service.web.due import due
from service.web.findings import message
from service.web.i18n import gettext
from service.web.markdown import markdown
from service.web.origins import sample
from service.web.refusals import Refusal
from service.web.said import deed
from service.web.said import words as said_words

Desk = Mapping[str, Any]
_IDS = re.compile(r"^((?:[A-Z]{1,2}\d{1,3}(?:, )?)+)\.\s*")
_SOURCE = re.compile(r"[PL]\d{1,2}")
LONGEST_BUTTON = 28


def sheet(desk: Desk) -> fields.Sheet | None:
    """The task's form as it is drawn; None where there is nothing but to confirm."""
    form = desk["form"]
    if form is None:
        return None
    begin = {} if desk["ballot"] or desk["lies"] is None else desk["lies"]["begun"]
    return fields.Sheet(
        form.schema,
        form.ui,
        form.schema_file,
        form.ui_file,
        form.texts.said,
        form.texts.source,
        begin,
        desk["lists"],
    )


def drawn(
    desk: Desk,
    answers: Mapping[str, Any] | None = None,
    faults: Iterable[Fault] = (),
    focus: str | None = None,
    files: Mapping[str, str] | None = None,
) -> fields.Drawn:
    """The form with these answers, else with those of her draft, else with those that an incident keeps of her, else with
    what the case has already (`x-from`). A ballot begins empty, whatever its form proposes.

    `files` are the names of files that came with the answers, beside those that the case has.
    """
    of = sheet(desk)
    if of is None:
        return fields.Drawn(())
    if answers is None:
        answers = _begun(desk)
    names = {paper["id"]: paper["name"] for paper in desk["papers"]} | desk["files"] | dict(files or {})
    if desk["lies"]:
        of = replace(of, changes=papers.differing(desk["lies"], of))
    return fields.draw(of, answers, faults, data=desk["data"], focus=focus, files=names)


def _begun(desk: Desk) -> Mapping[str, Any] | None:
    if desk["draft"]:
        found: Mapping[str, Any] = desk["draft"]["answers"]
        return found
    kept = desk["trouble"]["answers"] if desk["trouble"] else None
    return {} if kept is None and desk["ballot"] else kept


def told(desk: Desk, workspace: str, now: datetime, refusal: Refusal | None = None) -> dict[str, Any]:
    """Everything that the templates under tasks/ say of a task."""
    taken = desk["assignee"] is not None and "release" not in desk["moves"]
    mine = desk["state"] == "claimed" and "complete" in desk["moves"]
    instructions = desk["instructions"]
    return {
        **desk,
        "title": deed(desk),
        "process": said_words(desk["process"]),
        "case": {
            **desk["case"],
            "title": said_words(desk["case"]["title"]),
            "status_said": words.status(desk["case"]["status"]),
            "sample": sample(desk["case"]["sample"]),
        },
        "ballot": desk["ballot"]
        and {
            **desk["ballot"],
            "majority_said": words.majority(desk["ballot"]["majority"]),
            "beside": turnout.beside(desk["ballot"]["turnout"]),
            "closes": due(desk["ballot"]["closes_at"], now, calendars.of(workspace))
            if desk["ballot"]["closes_at"]
            else None,
            "round_said": turnout.round_of(desk["ballot"]) if desk["ballot"]["rounds"] > 1 else "",
        },
        "hearing": desk["hearing"] and hearing_page.told(desk["hearing"]),
        "trouble": desk["trouble"] and stopped(desk["trouble"]),
        "other": desk["other"]
        and {
            "label": said_words(desk["other"]["label"]) if desk["other"]["label"] else gettext("The other case:"),
            "case": related.link(desk["other"]["case"], workspace),
        },
        "due": due(desk["due_at"], now, calendars.of(workspace)),
        "claim": _claim(desk, mine=mine),
        "taken": taken,
        "waits": desk["state"] in ("open", "claimed"),
        "why": _why(desk),
        "instructions": instructions and _spoken(markdown(instructions.text), instructions.language),
        "onward": [_next(step) for step in desk["onward"]],
        "submit": _submit(desk),
        "saved": _saved(desk["draft"]),
        "version": desk["draft"]["version"] if desk["draft"] else 0,
        "lies": papers.lies(desk["lies"], workspace),
        "refusal": refusal,
        "kept": desk["trouble"] and _kept(desk),
    }


def stopped(trouble: Mapping[str, Any]) -> dict[str, Any]:
    """An incident that keeps somebody's answers, with why where that is for her to know."""
    why = message(trouble["why"]).text if trouble["why"] else ""
    said = gettext("The case could not move on: %(why)s", why=why) if why else ""
    return {**trouble, "said": said or gettext("The case could not move on: a part of its process failed.")}


def _kept(desk: Desk) -> dict[str, str]:
    """What to say of an answer that is kept with an incident: what is safe, and what whoever reads this can do."""
    kept, moment = desk["trouble"], formats.moment(desk["trouble"]["answered_at"])
    anew = gettext("What is sent now takes the place of that answer.") if "complete" in desk["moves"] else ""
    if not kept["hers"]:
        who = kept["who"] or gettext("Somebody")
        safe = gettext("%(who)s answered %(moment)s, and the answer is kept.", who=who, moment=moment)
    elif not desk["form"]:
        safe = gettext("It is kept that you did this %(moment)s.", moment=moment)
    elif desk["draft"]:
        safe = gettext("Your answer of %(moment)s is kept. In the form stands what you wrote since.", moment=moment)
    else:
        safe = gettext("Your answer of %(moment)s is kept. It stands in the form.", moment=moment)
    nothing = gettext("Those who own the process see it and can put it right. You need not do anything.")
    return {"safe": safe, "todo": f"{nothing} {anew}".strip()}


def documents(desk: Desk, workspace: str) -> list[dict[str, Any]]:
    """The documents of the task's case, as links, each with what it is and whose, where it came with an answer."""
    lies = desk["lies"] or {}
    whose = papers.enclosed(it for part in papers.PARTS for it in lies.get(part, ()))
    return [
        {
            "label": paper["name"],
            "href": url_for("cases.document", workspace=workspace, document_id=paper["id"]),
            "note": ". ".join(
                filter(
                    None,
                    (whose.get(paper["id"]), gettext("Added %(date)s", date=formats.long_date(paper["added_at"]))),
                )
            ),
        }
        for paper in desk["papers"]
    ]


def action(workspace: str, task_id: str) -> Callable[[str], str]:
    """The address of each deed that can be done with a task: complete, draft, claim, release."""
    return lambda deed: url_for(f"tasks.{deed}", workspace=workspace, task_id=task_id)


def _claim(desk: Desk, *, mine: bool) -> str:
    """Whose a task is: hers, another's, nobody's yet, or nobody's any more for it is over."""
    if desk["state"] not in ("open", "claimed"):
        return "over"
    return "mine" if mine else "taken" if desk["state"] == "claimed" else "free"


def _why(desk: Desk) -> dict[str, Any]:
    """The sentences that say why the task is hers, and the sources that its diagram names for it."""
    role, organisation = roles.text(desk["role_label"] or ""), desk["organisation"]
    if not desk["hers"]:
        sentence = gettext("It belongs to the role %(role)s.", role=role or gettext("of another person"))
    elif organisation:
        sentence = gettext("You act for %(organisation)s as %(role)s.", organisation=organisation, role=role)
    elif role:
        sentence = gettext("You hold the role %(role)s.", role=role)
    else:
        sentence = gettext("It was given to you in person.")
    purpose = said_words(desk["purpose"])
    named = _IDS.match(purpose.text)
    rest = purpose.text[named.end() :] if named else purpose.text
    return {
        "sentence": sentence,
        "purpose": fields.Words(rest, purpose.lang),
        "sources": _SOURCE.findall(named[1]) if named else [],
    }


def _next(step: Mapping[str, Any]) -> dict[str, Any]:
    ways = [formats.listing(gettext("“%(answer)s”", answer=way.text) for way in when) for when in step["when"] if when]
    return {
        **step,
        "name": said_words(step["name"]),
        "lane": said_words(step["lane"]),
        "when": formats.listing(dict.fromkeys(ways), "or") if len(ways) == len(step["when"]) else "",
    }


def _submit(desk: Desk) -> str:
    """What the button says: as the form asks, the deed itself where it is short, else that the task is done."""
    form = desk["form"]
    said = form.ui.get("ui:submitButtonOptions", {}).get("submitText") if form else None
    if said:
        key = f"{form.ui_file}#/ui:submitButtonOptions/submitText"
        return str(form.texts.said.get(key, said))
    title = desk["title"]
    if desk["ballot"] and title.language is None and len(title.text) <= LONGEST_BUTTON:
        return str(title.text)
    return gettext("Complete the task") if form else gettext("Confirm that it is done")


def _saved(draft: Mapping[str, Any] | None) -> str:
    if draft is None:
        return ""
    return gettext("Draft saved %(time)s. Only you can see it.", time=formats.clock(draft["saved_at"]))


def _spoken(html: Markup, language: str | None) -> Markup:
    return html if language is None else Markup('<div lang="{}">{}</div>').format(language, html)
