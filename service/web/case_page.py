"""What the page of a case tells, out of what the queries found."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import url_for
from markupsafe import Markup, escape

from service.domain.ballots import CHOICES
from service.domain.calendars import Calendar
from service.web import formats, roles, telling, turnout, words
from service.web.due import Due, due
from service.web.findings import message
from service.web.i18n import gettext, ngettext
from service.web.said import words as said_words

Told = Mapping[str, Any]
SHOWN = 8
"""Entries of the timeline that a case's page shows; the rest stands on the page of the timeline itself."""


def stations(case: Told) -> list[dict[str, Any]]:
    """The status track."""
    return [{"label": words.status(it["status"]), "state": it["state"], "at": it["at"]} for it in case["track"]]


def debts(case: Told, workspace: str, now: datetime, days: Calendar, *, mends: bool = False) -> list[dict[str, Any]]:
    """Who owes what: one line for each deed, however many owe it. Who has answered owes nothing, though the case stands
    still there. `mends`: the reader can give people roles."""
    found, open_ = [], [task for task in case["tasks"] if not task["answered"]]
    for _, group in groupby(sorted(open_, key=_first_of(case)), key=lambda task: task["activity"]):
        tasks = list(group)
        first = tasks[0]
        found.append(
            {
                "role": first["role"] or gettext("Nobody yet"),
                "deed": said_words(first["title"]),
                "note": _note(tasks),
                "vacant": "; ".join(dict.fromkeys(vacant(task) for task in tasks if task["vacant"])),
                "mend": url_for("people.page", workspace=workspace) if mends else "",
                "due": due(first["due_at"], now, days) if first["due_at"] else None,
                "due_text": gettext("No deadline"),
                "href": url_for("tasks.page", workspace=workspace, task_id=(_hers(tasks) or first)["id"]),
            }
        )
    return found


def _first_of(case: Told) -> Any:
    order: dict[Any, int] = {}
    for task in case["tasks"]:
        order.setdefault(task["activity"], len(order))
    return lambda task: order[task["activity"]]


def _hers(tasks: Iterable[Told]) -> Told | None:
    return next((task for task in tasks if task["mine"] or task["hers"]), None)


def vacant(task: Told) -> str:
    """Why nobody can do a task."""
    if not task["role"]:
        return gettext("Nobody is named who could do this.")
    role, organisation = roles.text(task["role"]), task["organisation"]
    if organisation is None:
        return gettext("Nobody has the role %(role)s.", role=role)
    return gettext("Nobody has the role %(role)s for %(organisation)s.", role=role, organisation=organisation)


def _note(tasks: list[Told]) -> str:
    taken = [task for task in tasks if task["assignee"]]
    if len(tasks) > 1:
        many = ngettext("%(num)s answer is missing", "%(num)s answers are missing", len(tasks))
        said = many if not taken else gettext("%(many)s, %(taken)s taken", many=many, taken=formats.number(len(taken)))
        whose = sorted(
            (it for task in tasks if (it := task["organisation"] or task["about"])), key=formats.alphabetically
        )
        return f"{said}: {formats.listing(whose)}" if whose else said
    if taken:
        on = formats.day(taken[0]["claimed_at"])
        return gettext("Taken %(date)s by %(who)s", date=on, who=taken[0]["assignee"])
    whom = tasks[0]["organisation"] or tasks[0]["about"]
    return ", ".join([it for it in (whom,) if it] + [gettext("Free")])


def papers(case: Told, workspace: str, whose: Mapping[str, str]) -> list[dict[str, Any]]:
    """The documents of the case, as links: what each is, how large, and when it was put in. `whose`: as what each that
    came with an answer was asked for, and from whom, by its id."""
    return [
        {
            "label": it["name"],
            "href": url_for("cases.document", workspace=workspace, document_id=it["id"]),
            "note": " ".join(
                [
                    *([f"{whose[it['id']]}."] if it["id"] in whose else []),
                    gettext(
                        "%(kind)s, %(size)s. Added %(date)s",
                        kind=it["name"].rpartition(".")[2].upper(),
                        size=formats.size(it["size"]),
                        date=formats.long_date(it["added_at"]),
                    ),
                ]
            ),
        }
        for it in case["documents"]
    ]


def timers(case: Told, now: datetime, days: Calendar) -> list[dict[str, Any]]:
    """What the clock will do, in words."""
    return [clock(timer, now, days) for timer in case["timers"]]


def clock(timer: Told, now: datetime, days: Calendar) -> dict[str, Any]:
    """One thing that the clock will do, in words."""
    at = until(timer, now, days)
    on = said_words(timer["on"]) if timer["on"] else None
    return {"name": said_words(timer["name"]), "on": on, "due": at, "ends": timer["interrupts"]}


def troubles(case: Told) -> list[dict[str, Any]]:
    """The incidents that wait, each with why where that is for every reader to know."""
    return [
        it
        | {
            "said": gettext("The case waits for help: %(why)s", why=message(it["why"]))
            if it["why"]
            else gettext("The case waits for help: a part of its process failed.")
        }
        for it in case["troubles"]
    ]


def status(case: Mapping[str, Any]) -> tuple[str, str]:
    """What a case says of itself, and how that is tinted: which station it has reached, or that it is over, and how."""
    if not case["closed_at"]:
        return words.status(case["status"]), words.tone(case["status"])
    if case["called_off"]:
        return gettext("Over: called off"), "past"
    if case["ended"] is None:
        return gettext("Over"), "past"
    return gettext("Over: %(how)s", how=case["ended"].text), "past"


def until(timer: Told, now: datetime, days: Calendar) -> Due:
    """Until when a timer waits, in words: where it ends a work, to that work's last day."""
    return due(timer["due_at"], now, days, begins=not (timer["interrupts"] and timer["on"]))


def ballot(it: Told) -> dict[str, Any]:
    """One ballot: a heading, the votes by what they were, and what came of it."""
    day = it["meeting_on"] or it["closed_at"] or it["opened_at"]
    heading = gettext(
        "Vote on %(question)s, %(date)s", question=words.question(it["question"]), date=formats.long_date(day)
    )
    if it["rounds"] > 1:
        heading = gettext("%(heading)s: %(round)s", heading=heading, round=turnout.round_of(it))
    told = {
        "heading": heading,
        "outcome": words.outcome(it["outcome"]),
        "open": it["closed_at"] is None,
        "waits": turnout.said(it["turnout"]) if it["turnout"] else "",
        "about": _about(it["item"]),
        "said": "",
        "votes": None,
        "counts": None,
        "quorum": it["needed"],
    }
    if it["closed_at"] is None:
        return told
    tally = it["tally"] or {}
    if not it["voted"]:
        return told | {"said": _without_votes(it)}
    told["outcome"] = gettext(
        "%(outcome)s. %(present)s of %(total)s took part.",
        outcome=words.outcome_of(it["outcome"], it["taking_part"], it["needed"], it["because"]),
        present=formats.number(it["taking_part"]),
        total=formats.number(it["entitled"]),
    )
    counts = {"for": tally.get("in_favour", 0), "against": tally.get("against", 0)}
    counts |= {"neither": tally.get("abstained", 0), "recused": tally.get("recused", 0)}
    if it["votes"] is None:
        return told | {"counts": counts}
    votes = {vote["organisation"]: vote["vote"] for vote in it["votes"]}
    voters = sorted(it["voters"], key=lambda voter: formats.alphabetically(str(voter["name"])))
    named = {
        choice: [voter["name"] for voter in voters if votes.get(voter["organisation"]) == choice] for choice in CHOICES
    }
    named["neither"] = named.pop("abstain")
    return told | {"votes": named}


def _about(item: Told | None) -> str:
    """What was voted on, by its title; nothing where no target was."""
    if item is None:
        return ""
    if item["version"] is None:
        return f"{item['title']}, {item['target']}"
    return gettext("%(title)s, %(target)s, version %(version)s", **item)


def _without_votes(it: Told) -> str:
    """What came of a ballot in which nobody voted, and how many had met where that is known."""
    outcome = words.outcome_of(it["outcome"], 0, it["needed"], it["because"])
    if it["present"] is None:
        return gettext("%(outcome)s. Nobody voted.", outcome=outcome)
    return gettext(
        "%(outcome)s. %(present)s of %(total)s had met, and nobody voted.",
        outcome=outcome,
        present=formats.number(it["present"]),
        total=formats.number(it["entitled"]),
    )


def entries(steps: list[Told], workspace: str, case_id: str) -> list[dict[str, Any]]:
    """The last things that happened, newest first, each with its place in the timeline.

    What several did one after the other, such as voting, is told once.
    """
    found: list[dict[str, Any]] = []
    for same, group in groupby(reversed(steps), key=lambda step: (_who(step), str(_deed(step)))):
        together = list(group)
        last, times = together[0], len(together)
        text = Markup("<b>{}</b> {}").format(same[0], Markup(same[1]))
        if times > 1:
            text += escape(ngettext(" (%(num)s time)", " (%(num)s times)", times))
        found.append(
            {
                "at": last["at"],
                "text": text,
                "decision": any(step["decides"] for step in together),
                "href": url_for("timeline.timeline", workspace=workspace, case_id=case_id, step=last["number"]),
            }
        )
    return found[:SHOWN]


def _who(step: Told) -> Any:
    return roles.said(step["role"]) or telling.who(step)


def _deed(step: Told) -> Markup:
    told = {**step, "name": said_words(step["name"]), "process": said_words(step["process"])}
    said = telling.what(told)
    return Markup(said[:1].lower() + said[1:])


def props(workspace: str, diagram: Told | None) -> dict[str, Any]:
    """What the island draws and marks; empty where there is no drawing."""
    if diagram is None or diagram["file"] is None:
        return {}
    address = url_for("processes.file", workspace=workspace, digest=diagram["digest"], name=diagram["file"])
    return {
        "diagram": address,
        "failed": gettext("The diagram cannot be drawn. It stands below as text."),
        **{name: diagram[name] for name in ("labels", "done", "now", "cancelled", "tokens")},
    }
