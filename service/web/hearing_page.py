"""What pages tell of a hearing, out of what the queries found: until when, who has answered and what, and who has not."""

from collections.abc import Mapping
from typing import Any

from service.web import formats, words
from service.web.answers import not_sealed
from service.web.i18n import gettext, ngettext

Told = Mapping[str, Any]


def told(it: Told) -> dict[str, Any]:
    """One hearing: a heading, a sentence on where it stands, the responses, and who is waited for."""
    open_still = it["closed_at"] is None
    waiting = formats.listing(sorted(it["waiting"], key=formats.alphabetically))
    return {
        "heading": gettext("%(hearing)s, round %(round)s", hearing=words.hearing(it["kind"]), round=it["round"])
        if it["round"] > 1
        else words.hearing(it["kind"]),
        "sentence": _open(it) if open_still else _closed(it),
        "responses": [_response(answer) for answer in it["responses"]],
        "waiting": waiting and gettext("Not answered: %(names)s.", names=waiting),
    }


def _open(it: Told) -> str:
    return ngettext(
        "%(answers)s of %(num)s has answered. The deadline is %(date)s.",
        "%(answers)s of %(num)s have answered. The deadline is %(date)s.",
        len(it["invited"]),
        answers=formats.number(len(it["invited"]) - len(it["waiting"])),
        date=formats.long_date(it["due_on"]),
    )


def _closed(it: Told) -> str:
    outcome = {
        "closed": gettext("Closed"),
        "closed with objection": gettext("Closed with a formal objection"),
        "no response": gettext("Closed without any answer"),
        "heard again": gettext("Replaced by another hearing, for the draft had changed"),
    }.get(it["outcome"], it["outcome"])
    return ngettext(
        "%(outcome)s %(date)s. %(num)s answer.",
        "%(outcome)s %(date)s. %(num)s answers.",
        it["answers"],
        outcome=outcome,
        date=formats.long_date(it["closed_at"]),
    )


def _response(it: Told) -> dict[str, Any]:
    marks = [
        (it["objection"], gettext("Formal objection")),
        (it["late"], gettext("Late")),
        (it["itself"], gettext("Answered by link")),
    ]
    return {
        "name": it["name"] or gettext("Somebody"),
        "said": words.position(it["position"]),
        "marks": [mark for holds, mark in marks if holds],
        "points": [_point(point) for point in it["points"]],
        "when": _when(it, formats.long_date(it["received_at"])),
        "document": it["document"],
    }


def _when(it: Told, on: str) -> str:
    """When it came, and who wrote it: somebody of the respondent's own, or who wrote it down for her."""
    if not it["by"]:
        return on
    if it["own"]:
        return gettext("%(date)s, answered by %(who)s", date=on, who=it["by"])
    return gettext("%(date)s, written down by %(who)s", date=on, who=it["by"])


def _point(it: Told) -> str:
    point = it["point"]
    text = point if isinstance(point, str) else not_sealed() if "broken" in point else gettext("(erased)")
    if not it.get("requirement"):
        return text
    return gettext("Requirement %(letter)s: %(text)s", letter=it["requirement"], text=text)
