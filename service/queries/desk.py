"""A task as its page shows it: the form with the draft, the case at a glance, the papers, and what happens next."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from service.domain.actors import Actor
from service.domain.cases import may_read, may_see, readable
from service.domain.disclosures import bare
from service.domain.errors import TaskNotFound
from service.domain.tasks import MOVES, is_candidate
from service.engine import feel, looking
from service.forms import filling, offering, rereading, resting
from service.operations import readings
from service.queries import bundled, hearings, lists, papers, related
from service.queries.ballots import closes_at, counted, turnout, which
from service.queries.inbox import CLOSED, case_title
from service.queries.matters import title_of
from service.queries.onward import onward
from service.queries.revealing import Openings
from service.queries.texts import Text, Texts
from service.runtime import calendars, definitions, fitting, opening, views
from service.runtime.checking import decided
from service.runtime.incidents import given_at
from service.runtime.views import when
from service.store import ballots, cases, enclosures, incidents, matters, people, tasks, timers
from service.store import desk as store
from service.store import hearings as hearings_store
from service.store.db import reading
from service.store.desk import Desk
from service.store.tables import Instance, Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

OPTIONS = "optionsFrom"
WAITING = MOVES["complete"].sources


def desk(actor: Actor, task_id: str, language: str, now: datetime, *, whole: bool = True) -> dict[str, Any]:
    """One task in the reader's language. Raises `TaskNotFound` for what the actor may not see.

    By one statement, and more for what lies before her (`service.queries.papers`; without `whole` only where the form
    asks for it), and where the task has a vote, an incident, or a form that offers the case's own data.
    """
    with reading() as session:
        found = store.desk(session, actor.workspace_id, task_id, actor.person_id or "")
        if found is None or not may_see(actor, found.task):
            raise TaskNotFound
        task = found.task
        names = (task.form, task.ui_form)
        form = bundled.form(session, actor.workspace_id, task.bundle_digest, names, language)
        texts = bundled.texts(session, actor.workspace_id, task.bundle_digest, language)
        process = bundled.process(session, actor.workspace_id, task.bundle_digest, found.instance.process_key)
        element = process.element(task.activity_id)
        chooses = any(it.condition for it in process.flows)
        known = _variables(session, found, form, wanted=chooses or f"{task.activity_id}#instructions" in texts.said)
        seen = _anew(session, found, form, known)
        form = _offered(session, found, form, seen, now)
        root = found.root
        began = bundled.process_name(session, root.workspace_id, root.bundle_digest, root.process_key, language)
        target = found.target
        hidden = task.case_id in readable(actor).but
        asks = whole or (form is not None and (resting.asks(form.schema) or filling.asked(form.schema)))
        outputs = partial(decided, session, actor.workspace_id, task.bundle_digest)
        return views.task(task, actor, {task.assignee_id or "": found.assignee or ""}) | {
            "title": texts.of(task.activity_id, task.name),
            "hers": is_candidate(task, actor),
            "role_label": found.role,
            "organisation": found.organisation,
            "instructions": _instructions(session, found, known, texts, now),
            "purpose": texts.of(f"{task.activity_id}#documentation", element.documentation)
            if element and element.documentation
            else None,
            "form": form,
            "data": _open(session, task.workspace_id, known) if form is not None and OPTIONS in str(form.ui) else known,
            "lists": lists.of(session, actor.workspace_id, form, now, target.key if target else known.get("target")),
            "draft": found.draft
            and {
                "answers": found.draft.answers,
                "version": found.draft.version,
                "saved_at": when(found.draft.saved_at),
            },
            "files": _files(session, actor, found),
            "process": texts.of(process.id, process.name),
            "onward": onward(process, task.activity_id, texts, form.schema if form else {}, outputs, known)
            if element
            else [],
            "repeats": element.loop.kind if element and element.loop else None,
            "ends_early": bool(element and element.loop and element.loop.condition),
            "ballot": _ballot(session, found, element.properties.get("ballot") if element else None),
            "hearing": None if element is None or element.loop else _hearing(session, found),
            "trouble": _trouble(session, actor, found),
            "other": _other(session, actor, task, form, seen, language),
            "case": {
                "id": found.case.id,
                "title": CLOSED
                if hidden
                else case_title(
                    target.key if target else None,
                    target.title if target else None,
                    found.case.business_key,
                    began,
                    found.kind,
                ),
                "business_key": None if hidden else found.case.business_key,
                "status": found.case.status,
                "opened_at": when(found.case.opened_at),
                "sample": target is not None and target.origin == "sample",
            },
            "papers": [
                {"id": it.id, "name": it.name, "media_type": it.media_type, "added_at": when(it.added_at)}
                for it in (found.papers if may_read(actor, task.case_id) else ())
            ],
            "lies": papers.on(session, actor, task, language, found.draft.answers if found.draft else None)
            if asks
            else None,
        }


def _files(session: "Session", actor: Actor, found: Desk) -> dict[str, str]:
    """The names of the files that she has put to her answer so far, by id. Asks nothing where the form has no field."""
    if found.task.form is None or actor.person_id is None:
        return {}
    own = enclosures.of_task(session, actor.workspace_id, found.task.id, actor.person_id)
    return {it.id: it.name for it in own}


def finished(actor: Actor, task_id: str, language: str) -> dict[str, Any] | None:
    """A task that the actor has completed, for the receipt: its name, and whose turn it is now, or
    else `until` when the case waits, or `settled_in` in which other case this one was settled. None: it is no such."""
    with reading() as session:
        row = tasks.task(session, actor.workspace_id, task_id)
        if row is None or row.state != "completed" or row.assignee_id != actor.person_id or actor.person_id is None:
            return None
        texts = bundled.texts(session, actor.workspace_id, row.bundle_digest, language)
        waiting = tasks.of_case(session, actor.workspace_id, row.case_id)
        case = cases.case(session, actor.workspace_id, row.case_id)
        over = case is not None and case.closed_at is not None
        clocks = () if waiting else timers.of_case(session, actor.workspace_id, row.case_id)
        return {
            "case_id": row.case_id,
            "title": texts.of(row.activity_id, row.name),
            "next": list(dict.fromkeys(role for _, role in waiting if role)),
            "settled_in": related.settled_in(session, actor, row.case_id, language) if over else None,
            "until": when(min((it.due_at for it in clocks), default=None)),
        }


def _variables(session: "Session", found: Desk, form: bundled.FormFiles | None, *, wanted: bool) -> dict[str, Any]:
    """What the task sees of the case, read only where something on the page needs it: where it is `wanted`, or the form
    offers some of it."""
    task, instance = found.task, found.instance
    offers = form is not None and (
        OPTIONS in str(form.ui)
        or bool(offering.choices(form.schema) or rereading.reread(form.schema))
        or resting.other_case(form.schema) is not None
    )
    if not (wanted or offers) or instance.snapshot is None:
        return {}
    definition = definitions.by_digest(session, task.workspace_id, instance.bundle_digest, instance.process_key)
    return looking.variables(definition, instance.id, instance.snapshot, task.id)


def _anew(
    session: "Session", found: Desk, form: bundled.FormFiles | None, known: Mapping[str, Any]
) -> Mapping[str, Any]:
    """The variables as the form sees them, some of them read anew (`x-now`) while the task waits."""
    task = found.task
    if form is None or task.state not in WAITING:
        return known
    reading = partial(readings.now, session, task.workspace_id, task.case_id)
    return rereading.anew(form.schema, known, reading)


def _offered(
    session: "Session", found: Desk, form: bundled.FormFiles | None, known: Mapping[str, Any], now: datetime
) -> bundled.FormFiles | None:
    """The form without the answers that it does not offer here (`x-only`)."""
    if form is None or not known or not offering.choices(form.schema):
        return form
    calendar = calendars.of(session, found.task.workspace_id)
    context = feel.Context(now, ZoneInfo(calendar.zone), calendar, strict=False)
    return replace(form, schema=offering.without(form.schema, fitting.withheld(form.schema, known, context)))


def _other(
    session: "Session",
    actor: Actor,
    task: Task,
    form: bundled.FormFiles | None,
    known: Mapping[str, Any],
    language: str,
) -> dict[str, Any] | None:
    """What the form says of another case (`x-beside`): the label, and the case itself for who may read it; where there is
    none, what it says then."""
    beside = None if form is None else resting.other_case(form.schema)
    if form is None or beside is None or task.state not in WAITING:
        return None

    def said(part: str, text: str | None) -> Text | None:
        return form.texts.of(f"{form.schema_file}#{beside.place(part)}", text) if text else None

    case_id: Any = known
    for part in beside.name.split("."):
        case_id = case_id.get(part) if isinstance(case_id, Mapping) else None
    if not isinstance(case_id, str):
        return {"label": said("otherwise", beside.otherwise), "case": None} if beside.otherwise else None
    matter = matters.one(session, actor.workspace_id, case_id) if may_read(actor, case_id) else None
    case = {"id": case_id, "title": title_of(session, matter, actor.workspace_id, language)[0]} if matter else None
    return {"label": said("label", beside.label), "case": case} if case or beside.label else None


def _instructions(
    session: "Session", found: Desk, known: Mapping[str, Any], texts: Texts, now: datetime
) -> Text | None:
    """The instructions in the reader's language where the bundle has them, else as they were when the task opened."""
    task = found.task
    template = texts.said.get(f"{task.activity_id}#instructions")
    if template is not None and known:
        filled = looking.filled(template, known, now, calendars.of(session, task.workspace_id))
        if filled is not None:
            return Text(_shown(session, task, filled))
    return Text(_shown(session, task, task.instructions), texts.source) if task.instructions else None


def _shown(session: "Session", task: Task, instructions: str) -> str:
    (text,) = opening.texts(session, task.workspace_id, task.case_id, [instructions], markdown=True)
    return text or ""


def _open(session: "Session", workspace_id: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """The variables as answers are offered from them: with what was sealed, as far as it is there."""
    opened: dict[str, Any] = bare(Openings(session, workspace_id, [known]).of(known))
    return opened


def _ballot(session: "Session", found: Desk, kind: str | None) -> dict[str, Any] | None:
    """The ballot that the task's vote goes into: how many have voted, and by which rules it is counted."""
    row = kind and ballots.open_one(session, found.task.workspace_id, found.task.case_id, kind)
    if not row:
        return None
    votes = ballots.votes(session, row.workspace_id, row.id)
    count, quorum = counted(row, {it.organisation_id: it.choice for it in votes}), row.rules["sg.quorum"]
    return {
        **which(row, ballots.of_case(session, row.workspace_id, row.case_id)),
        "turnout": turnout(session, row, votes),
        "closes_at": closes_at(session, row),
        "entitled": count["entitled"],
        "quorum": count["needed"],
        "quorum_origin": quorum["origin"],
        "majority": row.rules["sg.majority"]["value"],
        "majority_origin": row.rules["sg.majority"]["origin"],
        "secret": row.secret,
        "meeting_on": None if row.meeting_on is None else row.meeting_on.isoformat(),
        "frozen_at": when(row.opened_at),
    }


def _hearing(session: "Session", found: Desk) -> dict[str, Any] | None:
    """The hearing that the task's process is held for, where it is called as one and has been opened."""
    task, instance = found.task, found.instance
    if instance.parent_id is None or instance.parent_activity_id is None:
        return None
    parent = session.get_one(Instance, (task.workspace_id, instance.parent_id))
    kind = definitions.properties(session, parent, "hearing").get(instance.parent_activity_id)
    row = kind and hearings_store.open_one(session, task.workspace_id, task.case_id, kind)
    return hearings.told(session, task.workspace_id, task.case_id, [row])[0] if row else None


def _trouble(session: "Session", actor: Actor, found: Desk) -> dict[str, Any] | None:
    """The incident that keeps what this task was answered, where its completion could not move the case: who gave it and
    when, and the `answers` themselves, opened, for herself and for those who act for the same organisation."""
    if not found.case.incidents:
        return None
    here, task = actor.workspace_id, found.task
    waiting = incidents.pending(session, here, found.case.id)
    row = next((row for row in waiting if row.target == task.id), None)
    if row is None:
        return None
    by = str(row.moved_by["actor"])
    hers = by == actor.person_id or task.candidate_organisation_id in actor.organisations
    answers = row.move["answers"]
    return views.incident(row) | {
        "why": views.why(row),
        "hers": by == actor.person_id,
        "who": people.names(session, here, {by}).get(by) or found.organisation,
        "answered_at": when(given_at(row) or row.tried_at),
        "answers": bare(Openings(session, here, [answers]).of(answers)) if hers else None,
    }
