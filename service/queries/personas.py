"""Whom one may be in a demonstration."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.tasks import is_candidate
from service.queries import bundled
from service.queries.texts import Text
from service.store import people, tasks
from service.store.db import reading
from service.store.tables import Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Persona:
    """An account without a password, and what its person stands for: her role, and her organisation if she has one.

    `actor` is she in the workspace, with all that she holds; `others` are what the roles are called that she holds besides.
    """

    account_id: str
    name: str
    full_name: str
    role: str
    organisation: str | None
    actor: Actor
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Next:
    """The next task of a case that is somebody else's, and the persona whose it is."""

    task_id: str
    title: Text
    persona: Persona


def of(workspace_id: str, now: datetime) -> list[Persona]:
    """The personas of a workspace, by role, then by organisation.

    An account is named by a role key, and by more behind a dot where several hold it; that role is what she is shown in.
    """
    with reading() as session:
        return _all(session, workspace_id, now)


def awaited(workspace_id: str, now: datetime) -> str | None:
    """The name of the persona for whom the first task of the workspace's queue waits, if there is one."""
    with reading() as session:
        first = tasks.first(session, workspace_id)
        whose = None if first is None else _whose(session, first, _all(session, workspace_id, now))
        return None if whose is None else whose.name


def next_in_case(
    actor: Actor, language: str, now: datetime, *, task_id: str | None = None, case_id: str | None = None
) -> Next | None:
    """What waits next in a case, or in the case of that task, for another persona than the one that the actor is.

    None where nothing waits but for her, for the clock, or for nobody whom one may be.
    """
    with reading() as session:
        here = actor.workspace_id
        task = None if task_id is None else tasks.task(session, here, task_id)
        at = case_id if task is None else task.case_id
        if at is None or not may_read(actor, at):
            return None
        there = [it for it in _all(session, here, now) if it.account_id != actor.account_id]
        for row, _ in tasks.of_case(session, here, at):
            whose = _whose(session, row, there)
            if whose is not None and not is_candidate(row, actor):
                said = bundled.texts(session, here, row.bundle_digest, language)
                return Next(row.id, said.of(row.activity_id, row.name), whose)
        return None


def _all(session: "Session", workspace_id: str, now: datetime) -> list[Persona]:
    found: dict[str, Persona] = {}
    held_by: dict[str, dict[str, None]] = {}
    for row in people.personas(session, workspace_id, now):
        account_id, name, full_name, key, label, organisation, person_id, case_id, organisation_id = row
        held_by.setdefault(name, {}).update({label: None} if label else {})
        before = found.get(name)
        held = before.actor if before else Actor(workspace_id, "", account_id, person_id, full_name)
        actor = replace(
            held,
            roles=held.roles | ({key} if key is not None and case_id is None else frozenset()),
            case_roles=held.case_roles | ({(case_id, key)} if key is not None and case_id is not None else frozenset()),
            organisations=held.organisations | ({organisation_id} if organisation_id is not None else frozenset()),
        )
        if before is None or _named(name, key):
            found[name] = Persona(account_id, name, full_name, label or "", organisation, actor)
        else:
            found[name] = replace(before, actor=actor)
    every = [
        replace(it, others=tuple(label for label in held_by[it.name] if label != it.role)) for it in found.values()
    ]
    return sorted(every, key=lambda it: (it.role, it.organisation or "", it.full_name))


def _whose(session: "Session", task: Task, there: Sequence[Persona]) -> Persona | None:
    """Who has the task, or who may take it: whoever is named by its role before the others."""
    if task.assignee_id is not None:
        return next((it for it in there if it.actor.person_id == task.assignee_id), None)
    may = [it for it in there if is_candidate(task, it.actor) and not _excluded(session, task, it.actor)]
    return min(may, key=lambda it: not _named(it.name, task.role_key), default=None)


def _excluded(session: "Session", task: Task, actor: Actor) -> bool:
    """Whether she may not do it for what she has done in the case before."""
    if not task.excludes or actor.person_id is None:
        return False
    done = tasks.completed_by(session, task.workspace_id, task.case_id, actor.person_id)
    return any(activity in done for activity in task.excludes)


def _named(name: str, key: Any) -> bool:
    return key is not None and f"{name}.".startswith(f"{key}.")
