"""What the pages of stopped cases tell, out of what the queries found."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict

from service.domain.errors import Fault
from service.web import findings, papers, stopped_words
from service.web.fields import Words, numbers
from service.web.i18n import gettext, ngettext
from service.web.kinds import kinds

Told = Mapping[str, Any]
MOST_NAMES, MORE = 60, 1
"""Values that one form may put right, and empty lines for names that the text does not read."""


@dataclass(frozen=True, slots=True)
class Line:
    """One value in the form: its name, what it is now (as JSON), what was typed, and what is wrong with that."""

    number: int
    name: str
    known: bool
    now: str = ""
    typed: str = ""
    error: str = ""


def one(found: Told, workspace: str) -> dict[str, Any]:
    """An incident as its page shows it."""
    waits = found["waits"]
    told = papers.pages([waits["papers"]], waits["names"], workspace) if waits.get("papers") else ()
    return {
        **found,
        "title": stopped_words.title(found["kind"]),
        "mended_said": stopped_words.mended(found["mended"], found["resolved_at"]),
        "advice": stopped_words.advice(found["kind"]),
        "place_said": stopped_words.place(found["place"]),
        "message_said": findings.message(found["said"]),
        "kind_said": kinds().get(found["element_kind"] or "", ""),
        "text_said": marked(found["text"] or found["expression"], found["expression"]),
        "waits_said": stopped_words.waiting(waits["kind"]),
        "paper": next(iter(told), None),
        "known_said": [(it["name"], value(it), it["shown"]) for it in found["known"]],
        "props": props(workspace, found["diagram"]),
    }


def marked(text: str | None, part: str | None) -> Markup | None:
    """A text with the part at fault marked, where it is clear which part that is."""
    if not text or not part or text.count(part) != 1 or text == part:
        return None if text is None else escape(text)
    before, _, behind = text.partition(part)
    return Markup("{}<strong>{}</strong>{}").format(before, part, behind)


def value(it: Told) -> Words:
    """What a name stood for, or why that is not shown."""
    if not it["there"]:
        return Words(gettext("has no value"))
    if it["sealed"]:
        return Words(gettext("sealed: the process sees only that there is an answer"))
    if it["large"]:
        return Words(gettext("too large to be shown"))
    return Words(spelled(it["value"])) if it["shown"] else Words(gettext("not shown while votes are open or secret"))


def spelled(given: Any) -> str:
    """A value as one types it: JSON, a number by itself with the reader's own decimal sign."""
    return numbers.shown(given) if type(given) is float else json.dumps(given, ensure_ascii=False)


def props(workspace: str, diagram: Told | None) -> dict[str, Any]:
    """What the island draws, with a mark where the step failed; empty where there is no drawing."""
    if diagram is None or diagram["file"] is None:
        return {}
    here = [diagram["at"]] if diagram["at"] else []
    return {
        "diagram": url_for("processes.file", workspace=workspace, digest=diagram["digest"], name=diagram["file"]),
        "failed": gettext("The diagram cannot be drawn. It stands below as text."),
        "labels": diagram["labels"],
        "selected": here,
        "now": here,
    }


def lines(found: Told, form: Mapping[str, str] | None = None, wrong: Mapping[str, str] | None = None) -> list[Line]:
    """The values of the form: those that the text reads, and empty lines; filled with what was typed, where it was."""
    known = [(it["name"], True, spelled(it["value"]) if it["shown"] else "") for it in found["known"]]
    rows = [*known, *[("", False, "")] * MORE]
    drawn = []
    for number, (name, fixed, now) in enumerate(rows):
        given = name if fixed or form is None else form.get(f"name-{number}", "")
        typed = now if form is None else form.get(f"value-{number}", "")
        drawn.append(Line(number, given, fixed, now, typed, (wrong or {}).get(str(number), "")))
    return drawn


def values(form: MultiDict[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values that were typed and differ from what was there, and what is wrong, by the number of the line."""
    found: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for number in range(MOST_NAMES):
        name, typed = form.get(f"name-{number}", "").strip(), form.get(f"value-{number}", "").strip()
        if typed == form.get(f"was-{number}", "").strip():
            continue
        if not name:
            wrong[str(number)] = gettext("Name the value.")
            continue
        try:
            found[name] = _read(typed)
        except (ValueError, RecursionError):
            wrong[str(number)] = gettext(
                "Write a number such as %(number)s, true, false or null, or a text in quotation marks.",
                number=numbers.shown(12.5),
            )
    return found, wrong


def _read(typed: str) -> Any:
    """What was typed: a number as the reader writes one, else JSON. Raises `ValueError`, `RecursionError`."""
    number = numbers.typed(typed)
    return json.loads(typed) if isinstance(number, str) else number


def misfits(form: MultiDict[str, str], faults: tuple[Fault, ...]) -> dict[str, str]:
    """What the service found wrong, by the number of the line."""
    at = {form.get(f"name-{number}", "").strip(): str(number) for number in range(MOST_NAMES)}
    return {
        at.get(fault.pointer.split("/")[1] if "/" in fault.pointer else "", "0"): gettext("This value cannot be kept.")
        for fault in faults
    }


def outcome(went_on: int, stands: int, suspended: int, gone: int) -> str:
    """What became of several that were tried again."""
    said = [
        ngettext("%(num)s case goes on.", "%(num)s cases go on.", went_on) if went_on else "",
        ngettext("%(num)s still stands still.", "%(num)s still stand still.", stands) if stands else "",
        ngettext(
            "%(num)s is suspended, and was not tried: let it go on first.",
            "%(num)s are suspended, and were not tried: let them go on first.",
            suspended,
        )
        if suspended
        else "",
        ngettext("%(num)s was mended by somebody else.", "%(num)s were mended by somebody else.", gone) if gone else "",
    ]
    return " ".join(filter(None, said)) or gettext("Nothing was chosen.")
