"""The auditor's page: a case step by step, with the drawing as it stood and everything that was decided."""

from functools import partial
from typing import Any

from flask import Blueprint, render_template, request, url_for

from service.domain.errors import NotFound
from service.identity import ports
from service.queries import replay
from service.queries.timeline import compared
from service.queries.timeline import moment as query
from service.web import answers, fields, formats, telling, values, words
from service.web.findings import message
from service.web.i18n import gettext, language
from service.web.kinds import kinds
from service.web.looked_words import at_case
from service.web.said import spoken
from service.web.visits import visitor

blueprint = Blueprint("timeline", __name__)

LONGEST = 10**9
"""More than the steps of any case: a number of an address is no longer than that."""

MOST = 20
"""Rows that a page tells one by one."""


@blueprint.get("/<workspace>/cases/<case_id>/timeline")
def timeline(workspace: str, case_id: str) -> str:
    """The case after step `?step=` (the last one unless it says; `?at=` is what older links call it). `?instance=` shows
    the drawing of that part of it; `?check` goes through the whole record again and says what holds."""
    actor, wanted = visitor(workspace), request.args.get("instance")
    at = _number("step") or _number("at")
    found = spoken(query(actor, case_id, language(), at=at, instance=wanted))
    step, diagram = found["step"], found["diagram"]
    form = step["form"]

    def address(**to: Any) -> str:
        return url_for(".timeline", workspace=workspace, case_id=case_id, **to)

    return render_template(
        "timeline/page.html",
        workspace=workspace,
        found=found,
        step=_told(step),
        steps=[_told(it) for it in found["steps"]],
        phases=[_phase(it, found) for it in found["phases"]],
        marks=_marks(found),
        looks=[at_case(it) for it in found["looks"]["shown"]],
        diagram=diagram,
        props=_props(workspace, diagram, step),
        answers=given_answers(workspace, form) if form else [],
        address=address,
        verdict=replay.case(actor, case_id, ports().verify) if "check" in request.args else None,
        kinds=kinds(),
        MOST=MOST,
        message=message,
        way=telling.way,
        several=partial(values.several, names=found["values"]["names"]),
        narrowed=values.narrowed,
        written=partial(values.written, names=found["values"]["names"]),
        words=words,
    )


@blueprint.get("/<workspace>/cases/<case_id>/timeline/compare")
def compare(workspace: str, case_id: str) -> str:
    """What is different in a case between its steps `?step=` and `?with=`, whichever came first."""
    steps = {name: _number(name) for name in ("step", "with")}
    found = compared(visitor(workspace), case_id, language(), before=steps["step"], after=steps["with"])
    told = spoken(found)

    def address(**to: Any) -> str:
        return url_for(".timeline", workspace=workspace, case_id=case_id, **to)

    return render_template(
        "timeline/compare.html",
        workspace=workspace,
        found=told,
        moments=[_told(it) for it in told["moments"]],
        address=address,
        message=message,
        several=partial(values.several, names=told["names"]),
        narrowed=values.narrowed,
        words=words,
    )


def _number(name: str) -> int | None:
    """The number of a step in the address; none where it says nothing. What is no number that a step may have is 404."""
    said = request.args.get(name, "").strip()
    if said and not (said.isdecimal() and 0 < int(said) < LONGEST):
        raise NotFound
    return int(said) if said else None


def given_answers(workspace: str, form: dict[str, Any]) -> list[answers.Answer]:
    """What was answered, on the form of that day."""
    sheet = None
    if form["schema"] is not None:
        sheet = fields.Sheet(
            form["schema"], form["ui"], form["schema_file"], form["ui_file"], form["texts"], form["source"]
        )

    def document(key: str) -> str:
        return url_for("cases.document", workspace=workspace, document_id=key)

    return answers.Teller(sheet, form["names"], document, blank=True).told(form["answers"])


def _told(step: dict[str, Any]) -> dict[str, Any]:
    return step | {"who": telling.who(step), "what": telling.what(step), "results": telling.results(step)}


def _phase(phase: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """A stage of the case, folded unless the step at hand is in it. `shown` are those of its steps that the page has."""
    shown = range(
        max(phase["first"], found["steps"][0]["number"]), min(phase["last"], found["steps"][-1]["number"]) + 1
    )
    began, last = formats.long_date(phase["began_at"]), formats.long_date(phase["last_at"])
    return phase | {
        "said": words.status(phase["status"]),
        "count": phase["last"] - phase["first"] + 1,
        "dates": began if began == last else gettext("%(first)s to %(last)s", first=began, last=last),
        "here": phase["first"] <= found["at"] <= phase["last"],
        "shown": shown,
    }


def _marks(found: dict[str, Any]) -> dict[str, list[int]]:
    """Where the decisions stand over the slider, in its 736 units: those up to the step at hand, and those ahead. Those that
    would lie on one another are one mark."""
    span = max(1, found["count"] - 1)
    places: dict[str, dict[int, None]] = {"past": {}, "ahead": {}}
    for number in found["decisions"]:
        side = "past" if number <= found["at"] else "ahead"
        places[side][12 + 4 * round(184 * (number - 1) / span)] = None
    return {side: list(found) for side, found in places.items()}


def _props(workspace: str, diagram: dict[str, Any] | None, step: dict[str, Any]) -> dict[str, Any]:
    """What the island draws and marks."""
    if diagram is None or diagram["file"] is None:
        return {}
    place = {"workspace": workspace, "digest": diagram["digest"], "name": diagram["file"]}
    here = step["instance"] == diagram["instance"] and step["activity"]
    return {
        "diagram": url_for("processes.file", **place),
        "failed": gettext("The diagram cannot be drawn. It stands below as text."),
        "selected": [step["activity"]] if here else [],
        **{name: diagram[name] for name in ("labels", "done", "now", "cancelled", "tokens")},
    }
