"""Cases: the list, one case with where it stands, and its papers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, replace
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from service.commands import documents as commands
from service.domain.actors import Actor
from service.domain.documents import MEBIBYTE, MOST_BYTES
from service.domain.record_errors import DocumentRefused
from service.identity import call, ports
from service.queries import (
    ballots,
    calendars,
    decided,
    documents,
    hearings,
    matters,
    related,
    standing,
    starting,
    timeline,
    versions,
)
from service.queries import papers as queries
from service.queries.matters import View
from service.web import case_page, hearing_page, kept, papers, words
from service.web import related as beside
from service.web.answers import Answer
from service.web.due import due
from service.web.fields import Problem, sentences
from service.web.i18n import gettext, language, ngettext
from service.web.origins import sample
from service.web.said import spoken
from service.web.uploads import content
from service.web.visits import visitor

blueprint = Blueprint("cases", __name__)
AMENDMENT, CHANGES, DISSENT = "amendment_text", "changes", "dissent"
"""The answers in which a meeting words its amendment, an editor says what changed since a draft was heard, and a voter
why she voted against."""

PARAMETERS = {"status": "status", "process": "process", "state": "state", "q": "q", "after": "cursor"}


@blueprint.get("/<workspace>/cases")
def page(workspace: str) -> str:
    """The cases that she may read, the newest first."""
    actor = visitor(workspace)
    given = {part: request.args[name][:200] for name, part in PARAMETERS.items() if request.args.get(name)}
    view = View(**given)
    told = matters.matters(actor, language(), view)
    found = spoken(told)
    now, days = ports().now(), calendars.of(workspace)
    for case, one in zip(found["cases"], told["cases"], strict=True):
        case["href"] = url_for(".one", workspace=workspace, case_id=case["id"])
        case["status_said"], case["tone"] = case_page.status(one)
        case["sample"] = sample(case["sample"])
        case["until"] = case_page.until(case["timer"], now, days) if case["timer"] else None
        case["waits"] = [{**wait, "due": due(wait["due_at"], now, days)} for wait in case["waits"]]
    behind = asdict(replace(view, cursor=found["next"]))
    query = {name: behind[part] for name, part in PARAMETERS.items() if behind[part]}
    return render_template(
        "cases/list.html",
        workspace=workspace,
        may_start=bool(starting.startable(actor, language())),
        may_look=decided.may_see(actor),
        found=found,
        view=view,
        selects=_selects(view, found),
        narrowed=_narrowed(view, found),
        next=url_for(".page", workspace=workspace, **query) if found["next"] else "",
    )


@blueprint.get("/<workspace>/cases/<case_id>")
def one(workspace: str, case_id: str) -> str:
    """One case; `?part=` names the instance whose diagram is shown, `?added=` a document that was just put in."""
    return shown(workspace, visitor(workspace), case_id)


def shown(workspace: str, actor: Actor, case_id: str, wrong: str = "", kept_wrong: str = "", typed: str = "") -> str:
    """The page of a case. What is wrong with a file that was to be put into it stands there (`wrong`), or with a checkpoint
    that was to be in its dossier (`kept_wrong`, and what was `typed`)."""
    case = standing.standing(actor, case_id, language(), ports().now())
    part = request.args.get("part") or _busiest(case)
    course = timeline.timeline(actor, case_id, language(), instance=part)
    now, days = ports().now(), calendars.of(workspace)
    found = queries.of_case(actor, case_id, language())
    clocks = case_page.timers(case, now, days)
    return render_template(
        "cases/one.html",
        workspace=workspace,
        case=spoken(case)
        | {
            **dict(zip(("status_said", "tone"), case_page.status(case), strict=True)),
            "sample": sample(case["sample"]),
            "troubles": case_page.troubles(case),
            "retention": kept.said(case["retention"]),
        },
        track=case_page.stations(case),
        debts=case_page.debts(case, workspace, now, days, mends=actor.administers),
        timers=clocks,
        next=min(clocks, key=lambda timer: timer["due"].at, default=None),
        ballots=[
            case_page.ballot(it)
            | {
                "amended": _amended(found, it, workspace),
                "dissents": _dissents(found, it, workspace),
                "closes": due(it["closes_at"], now, days) if it["closes_at"] else None,
            }
            for it in ballots.of_case(actor, case_id)
        ],
        hearings=_hearings(found, hearings.of_case(actor, case_id), workspace),
        entries=case_page.entries(course["steps"], workspace, case_id),
        count=course["count"],
        course=spoken(course),
        props=case_page.props(workspace, course["diagram"]),
        parts=_parts(workspace, case_id, course),
        open_to=_hers(case, workspace),
        papers=case_page.papers(case, workspace, papers.enclosed(found["rounds"])),
        written=papers.written(found, workspace),
        added=next((it["name"] for it in case["documents"] if it["id"] == request.args.get("added")), None),
        problems_title=gettext("You got no dossier") if kept_wrong else gettext("The document is not in the case"),
        problems=[Problem(gettext("File: %(wrong)s", wrong=wrong), "file")] * bool(wrong)
        + [Problem(gettext("Checkpoint: %(wrong)s", wrong=kept_wrong), "checkpoint")] * bool(kept_wrong),
        kept_wrong=kept_wrong,
        typed=typed,
        wrong=wrong,
        limit=MOST_BYTES // MEBIBYTE,
        may_attach=documents.may_attach(actor, case_id),
        may_mend=actor.owns_processes,
        audits=actor.audits,
        administers=actor.administers,
        ways=spoken(versions.ways(actor, case_id, language())),
        did=_did(),
        related=beside.others(related.related(actor, case_id, language()), workspace),
    )


def _hearings(found: Mapping[str, Any], held: list[dict[str, Any]], workspace: str) -> list[dict[str, Any]]:
    """The hearings of a case; of one that is held again, what was changed since those were asked last."""
    told: list[dict[str, Any]] = []
    last: dict[str, int] = {}
    for it in held:
        opened, before = found["begun"].get(it["id"], 0), last.get(it["kind"])
        changed = None if before is None else papers.said(found, CHANGES, workspace, before, opened)
        told.append(hearing_page.told(it) | {"changed": changed})
        last[it["kind"]] = opened
    return told


def _amended(found: Mapping[str, Any], ballot: Mapping[str, Any], workspace: str) -> Answer | None:
    """The wording of the amendment with which a ballot was closed; None where there was none."""
    if ballot["amendment"] in (None, "none"):
        return None
    return papers.said(found, AMENDMENT, workspace, *_lasted(found, ballot))


def _dissents(found: Mapping[str, Any], ballot: Mapping[str, Any], workspace: str) -> list[Answer]:
    """The statements of those who were in the minority in a ballot that is closed."""
    if ballot["closed_at"] is None:
        return []
    return papers.each(found, DISSENT, workspace, *_lasted(found, ballot))


def _lasted(found: Mapping[str, Any], ballot: Mapping[str, Any]) -> tuple[int, int]:
    """The steps between which a ballot was open. What happened at one moment is told apart by them."""
    return found["begun"].get(ballot["id"], 0), found["ended"].get(ballot["id"], 0)


@blueprint.post("/<workspace>/cases/<case_id>/documents")
def attach(workspace: str, case_id: str) -> ResponseReturnValue:
    """Put a file into the case. What is wrong with it comes back with the page."""
    actor = visitor(workspace)
    file = request.files.get("file")
    if file is None or not file.filename:
        return shown(workspace, actor, case_id, wrong=sentences.sentence("required", "file", {}, None)), 422
    try:
        made = commands.attach(call(), case_id, file.filename, content(file))
    except DocumentRefused as refused:
        return shown(
            workspace, actor, case_id, wrong=sentences.sentence(f"file-{refused.facts['why']}", "file", {}, None)
        ), 422
    return redirect(url_for(".one", workspace=workspace, case_id=case_id, added=made["id"], _anchor="documents"), 303)


@blueprint.get("/<workspace>/documents/<document_id>")
def document(workspace: str, document_id: str) -> Response:
    """A paper, to be kept: nothing of it is shown within our pages."""
    file = documents.one(visitor(workspace), document_id)
    answer = send_file(BytesIO(file.content), file.media_type, as_attachment=True, download_name=file.name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


# --- parts -----------------------------------------------------------------------------------------------------------


def _did() -> str:
    """What was just done with the whole case, for a receipt."""
    back = request.args.get("back", 0, type=int)
    taken_back = ngettext("%(num)s task was taken back.", "%(num)s tasks were taken back.", back) if back else ""
    said = {
        "suspended": gettext("The case is suspended."),
        "resumed": gettext("The case goes on."),
        "cancelled": gettext("The case is called off."),
    }
    return f"{said.get(request.args.get('did', ''), '')} {taken_back}".strip()


def _busiest(case: Mapping[str, Any]) -> str | None:
    """The instance in which the most urgent task waits."""
    return next((str(task["activity"][0]) for task in case["tasks"]), None)


def _hers(case: Mapping[str, Any], workspace: str) -> str | None:
    """The address of a task of the case that is hers, or that she may take."""
    open_ = [task for task in case["tasks"] if not task["answered"]]
    mine = next((task for task in open_ if task["mine"]), None)
    free = next((task for task in open_ if task["hers"] and task["assignee"] is None), None)
    found = mine or free
    return None if found is None else url_for("tasks.page", workspace=workspace, task_id=found["id"])


def _parts(workspace: str, case_id: str, course: Mapping[str, Any]) -> list[tuple[str, str, bool]]:
    """The parts of the case that have a diagram: those at work, and the one that is shown."""
    shown = course["diagram"]["instance"] if course["diagram"] else None
    return [
        (
            it["name"].text,
            url_for("cases.one", workspace=workspace, case_id=case_id, part=it["id"], _anchor="course"),
            it["id"] == shown,
        )
        for it in course["instances"]
        if it["outcome"] is None or it["id"] == shown or it["depth"] == 0
    ]


def _selects(view: View, found: Mapping[str, Any]) -> list[dict[str, Any]]:
    statuses = sorted(((key, words.status(key)) for key in found["statuses"]), key=lambda it: it[1])
    alike = Counter(found["processes"].values())
    named = {key: f"{name} ({key})" if alike[name] > 1 else name for key, name in found["processes"].items()}
    processes = sorted(named.items(), key=lambda it: it[1].casefold())
    states = [("open", gettext("Under way")), ("over", gettext("Over"))]
    return [
        {
            "name": "status",
            "label": gettext("Status"),
            "options": [("", gettext("All statuses")), *statuses],
            "value": view.status or "",
        },
        {
            "name": "process",
            "label": gettext("Process"),
            "options": [("", gettext("All processes")), *processes],
            "value": view.process or "",
        },
        {
            "name": "state",
            "label": gettext("Under way or over"),
            "options": [("", gettext("Under way and over")), *states],
            "value": view.state or "",
        },
    ]


def _narrowed(view: View, found: Mapping[str, Any]) -> list[str]:
    named = [words.status(view.status) if view.status else "", found["processes"].get(view.process or "", "")]
    named.append({"open": gettext("Under way"), "over": gettext("Over")}.get(view.state or "", ""))
    named.append(gettext("“%(answer)s”", answer=view.q) if view.q else "")
    return [word for word in named if word]
