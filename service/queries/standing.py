"""How a case stands: what it is called, which stations it has passed, who owes what, and what it waits for."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.errors import CaseNotFound, DefinitionNotFound
from service.domain.measures import FOLLOW_UP
from service.domain.tasks import is_candidate
from service.engine.model import Process
from service.queries import bundled, clocks, retention
from service.queries.access import closed
from service.queries.matters import called_off, ended, title_of
from service.queries.track import reached, track
from service.runtime import definitions, views
from service.runtime.views import when
from service.store import (
    candidates,
    cases,
    documents,
    incidents,
    journal,
    matters,
    measures,
    organisations,
    people,
    targets,
    tasks,
    timers,
)
from service.store.db import reading
from service.store.matters import Matter
from service.store.tables import Instance, Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def standing(actor: Actor, case_id: str, language: str, now: datetime) -> dict[str, Any]:
    """One case in the reader's language, with what nobody could do at `now`. Raises `CaseNotFound` for what the actor may not see."""
    with reading() as session:
        here = actor.workspace_id
        row = cases.case(session, here, case_id)
        if row is None or not may_read(actor, case_id):
            raise CaseNotFound
        instances = {it.id: it for it in cases.instances(session, here, case_id)}
        root = next((it for it in instances.values() if it.parent_id is None), None)
        matter = matters.one(session, here, case_id)
        assert matter is not None, "the case is there"
        title, named = title_of(session, matter, here, language)
        waiting = tasks.of_case(session, here, case_id)
        names = people.names(session, here, {task.assignee_id for task, _ in waiting if task.assignee_id})
        vacant = {it.id for it, _, _ in candidates.for_nobody(session, here, now, case_id=case_id)}
        asked = {it.candidate_organisation_id for it, _ in waiting if it.candidate_organisation_id}
        called = {key: it.name for key, it in organisations.known(session, here, asked).items()}
        told = journal.entries(session, *row.stream)
        troubles = incidents.pending(session, here, case_id) if row.incidents else []
        answered = {it.target for it in troubles}
        papers = documents.of_case(session, here, case_id)
        sizes = documents.sizes(session, here, {it.digest for it in papers})
        return {
            "id": row.id,
            "title": title,
            "process": named,
            "business_key": row.business_key,
            "status": row.status,
            "opened_at": when(row.opened_at),
            "closed_at": when(row.closed_at),
            "ended": ended(session, matter, here, language) if row.closed_at else None,
            "called_off": called_off(matter),
            "suspended_at": when(row.suspended_at),
            "closed": closed(session, row),
            "retention": retention.of_case(session, row, now),
            "target": matter.target,
            "measure": _measure(session, matter, told, here),
            "published": matter.target is not None and _published(session, here, matter.target),
            "sample": matter.origin == "sample",
            "track": [] if root is None else _track(session, root, told, row.status if row.closed_at is None else None),
            "tasks": [
                _task(session, actor, task, role, names, language)
                | {
                    "vacant": task.id in vacant,
                    "organisation": called.get(task.candidate_organisation_id or ""),
                    "answered": task.id in answered,
                }
                for task, role in waiting
            ],
            "timers": [
                clocks.told(session, instances[timer.instance_id], timer, language)
                for timer in timers.of_case(session, here, case_id)
            ],
            "documents": [
                {"id": it.id, "name": it.name, "size": sizes[it.digest], "added_at": when(it.added_at)} for it in papers
            ],
            "troubles": [views.incident(it) | {"why": views.why(it)} for it in troubles],
        }


def _measure(
    session: "Session", matter: Matter, told: list[dict[str, Any]], workspace_id: str
) -> dict[str, Any] | None:
    """The measure that a case follows up, which it began with; None where it is about something else."""
    if matter.process_key != FOLLOW_UP:
        return None
    begun: dict[str, Any] = next(
        (it["data"].get("variables", {}) for it in told if it["kind"] == "instance.started"), {}
    )
    number = str(begun.get("measure", ""))
    if not number.isdecimal():
        return None
    row = measures.numbered(session, workspace_id, int(number))
    return None if row is None else {"id": row.id, "number": row.number}


def _published(session: "Session", workspace_id: str, key: str) -> bool:
    """Whether anybody may read a version of that target."""
    target = targets.target(session, workspace_id, key)
    return target is not None and bool(targets.published(targets.versions(session, workspace_id, target.id)))


def _track(session: "Session", root: Instance, told: list[dict[str, Any]], status: str | None) -> list[dict[str, Any]]:
    process = bundled.process(session, root.workspace_id, root.bundle_digest, root.process_key)
    return track(process, partial(_called, session, root.workspace_id), reached(told), status)


def _called(session: "Session", workspace_id: str, key: str) -> Process | None:
    try:
        return definitions.drawn(definitions.in_force(session, workspace_id, key))
    except DefinitionNotFound:
        return None


def _task(
    session: "Session", actor: Actor, task: Task, role: str | None, names: dict[str, str], language: str
) -> dict[str, Any]:
    texts = bundled.texts(session, task.workspace_id, task.bundle_digest, language)
    return {
        "id": task.id,
        "title": texts.of(task.activity_id, task.name),
        "role": role,
        "due_at": when(task.due_at),
        "claimed_at": when(task.claimed_at),
        "assignee": names.get(task.assignee_id or ""),
        "mine": task.assignee_id is not None and task.assignee_id == actor.person_id,
        "hers": is_candidate(task, actor),
        "item": task.item_index,
        "about": task.about,
        "activity": (task.instance_id, task.activity_id),
    }
