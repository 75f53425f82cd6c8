"""What people do with tasks: claim, release, assign, complete."""

from collections.abc import Mapping
from typing import Any

from service.domain import facts
from service.domain.cases import may_see
from service.domain.errors import (
    AssigneeActsForOthers,
    AssigneeNotCandidate,
    DraftStale,
    ExcludedByEarlierTask,
    PersonNotFound,
    TaskNotFound,
)
from service.domain.journal import instant
from service.domain.tasks import Verb, check
from service.engine.shapes import Complete
from service.forms import admit
from service.forms.answers import ids_in
from service.runtime import documents, mail, views
from service.runtime.advance import advance
from service.runtime.command import Answer, Work, command
from service.runtime.forms import take
from service.store import cases, drafts, enclosures, organisations, people, tasks
from service.store.tables import Case, Draft, Instance, Task


@command
def claim(work: Work, task_id: str) -> Answer:
    """Take a task. Claiming what one has already changes nothing. Raises `TaskAlreadyClaimed` and its kin."""
    case, task, _ = _find(work, task_id)
    _may(work, "claim", task)
    if task.assignee_id is None:
        _refuse_excluded(work, task)
        _take(work, case, task)
    return views.task(task, work.actor)


@command
def release(work: Work, task_id: str) -> Answer:
    """Hand a task back to its role."""
    case, task, _ = _find(work, task_id)
    _may(work, "release", task)
    task.state, task.assignee_id, task.claimed_at = "open", None, None
    work.record(case, [facts.TaskReleased(task=task.id)], work.actor.by(task.role_key))
    return views.task(task, work.actor)


@command
def assign(work: Work, task_id: str, person_id: str) -> Answer:
    """Give a task to a person who holds its role. Raises `AssigneeNotCandidate` when she does not,
    `AssigneeActsForOthers` where it is for an organisation that she does not act for."""
    case, task, _ = _find(work, task_id)
    _may(work, "assign", task)
    person = people.person(work.session, work.workspace_id, person_id)
    if person is None:
        raise PersonNotFound
    if task.role_key is not None and not people.holds(
        work.session, work.workspace_id, person_id, task.role_key, task.case_id, work.now
    ):
        raise AssigneeNotCandidate(person=person.name, role=task.role_label or task.role_key)
    of_whom = task.candidate_organisation_id
    if of_whom is not None and not organisations.acts_for(
        work.session, work.workspace_id, person_id, of_whom, work.now
    ):
        raise AssigneeActsForOthers(person=person.name)
    task.state, task.assignee_id, task.claimed_at = "claimed", person_id, work.now
    told = [facts.TaskAssigned(task=task.id, person=person_id), *mail.assigned(work, case, task)]
    work.record(case, told, work.actor.by(task.role_key))
    return views.task(task, work.actor, {person_id: person.name})


@command
def complete(work: Work, task_id: str, answers: Mapping[str, Any]) -> Answer:
    """Complete a task with answers to its form, and let the case move on.

    Gives the task, the tasks that opened, and the incident when the case could not move: the answers are kept then, her
    draft is not, and the task is hers, so that nobody else's answers take their place. Raises `AnswersRefused`, `TaskAlreadyCompleted` and
    its kin.
    """
    case, task, instances = _find(work, task_id)
    _may(work, "complete", task)
    _refuse_excluded(work, task)
    sealed = take(
        work, answers, digest=task.bundle_digest, name=task.form, case_id=task.case_id, task=task, instances=instances
    )
    _give(work, case, task, answers)
    move = Complete(task.instance_id, task.id, sealed)
    outcome = advance(work, case, instances, move, by=work.actor.by(task.role_key))
    if outcome.incident is not None and work.actor.person_id is not None:
        drafts.forget(work.session, work.workspace_id, task.id, work.actor.person_id)
        if task.state == "open":
            _take(work, case, task)
    return {
        "task": views.task(task, work.actor),
        "opened": [views.task(row, work.actor) for row in outcome.opened],
        "instance_status": "incident" if outcome.incident else outcome.instances[task.instance_id].status,
        "incident": None if outcome.incident is None else views.incident(outcome.incident),
    }


@command
def save_draft(work: Work, task_id: str, answers: Mapping[str, Any], version: int) -> Answer:
    """Keep what a person has written into a task's form so far: not judged, and nobody's record.

    `version` is the number of the draft that she wrote on from, 0 where there was none. Raises `DraftStale` when
    another window of hers saved after that, `AnswersRefused` for what could not be kept at all.
    """
    _, task, _ = _find(work, task_id)
    if work.actor.person_id is None:
        raise TaskNotFound
    _may(work, "complete", task)
    admit(answers)
    row = drafts.draft(work.session, work.workspace_id, task_id, work.actor.person_id)
    if version != (0 if row is None else row.version):
        raise DraftStale
    if row is None:
        row = Draft(workspace_id=work.workspace_id, task_id=task_id, person_id=work.actor.person_id)
        work.session.add(row)
    row.answers, row.version, row.saved_at = dict(answers), version + 1, work.now
    return {"version": row.version, "saved_at": instant(row.saved_at)}


@command
def enclose(work: Work, task_id: str, name: str, content: bytes) -> Answer:
    """Keep a file that a person puts to her answer to a task: hers alone, until she gives the answer that names it.

    Gives the id that the answer names it by, which is the document's then, and the name under which it is kept. Raises
    `DocumentRefused`.
    """
    _, task, _ = _find(work, task_id)
    if work.actor.person_id is None:
        raise TaskNotFound
    _may(work, "complete", task)
    row = documents.enclose(work, task, work.actor.person_id, name, content)
    return {"id": row.id, "name": row.name}


def _give(work: Work, case: Case, task: Task, answers: Mapping[str, Any]) -> None:
    """Say which files the answers name. Where an earlier try became an incident, others may have been named then."""
    named = set(ids_in(answers))
    if work.actor.person_id is not None and (named or case.incidents):
        enclosures.give(work.session, work.workspace_id, task.id, work.actor.person_id, named)


def _find(work: Work, task_id: str) -> tuple[Case, Task, list[Instance]]:
    """The task, its case (locked first), and the case's active instances.

    Who only puts something to the task locks the case too: what is thrown away when it closes must all be there.
    """
    case = cases.lock_of_task(work.session, work.workspace_id, task_id)
    found = None if case is None else cases.task_and_active(work.session, work.workspace_id, task_id)
    if case is None or found is None or not may_see(work.actor, found[0]):
        raise TaskNotFound
    return case, *found


def _take(work: Work, case: Case, task: Task) -> None:
    task.state, task.assignee_id, task.claimed_at = "claimed", work.actor.person_id, work.now
    work.record(case, [facts.TaskClaimed(task=task.id)], work.actor.by(task.role_key))


def _may(work: Work, verb: Verb, task: Task) -> None:
    def name_of(person_id: str | None) -> str:
        person = None if person_id is None else people.person(work.session, work.workspace_id, person_id)
        return "Somebody" if person is None else person.name

    check(verb, task, work.actor, name_of)


def _refuse_excluded(work: Work, task: Task) -> None:
    if not task.excludes or work.actor.person_id is None:
        return
    done = tasks.completed_by(work.session, work.workspace_id, task.case_id, work.actor.person_id)
    both = next((activity for activity in task.excludes if activity in done), None)
    if both is not None:
        raise ExcludedByEarlierTask(activity=both)
