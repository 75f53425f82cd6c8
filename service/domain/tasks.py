"""The moves of a task, as one table: it drives the check, the buttons and the picture in the docs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Literal, Protocol

from service.domain.actors import Actor
from service.domain.errors import (
    CaseSuspended,
    NotAssignee,
    NotCandidate,
    TaskAlreadyClaimed,
    TaskAlreadyCompleted,
    TaskCancelled,
)

State = Literal["open", "claimed", "completed", "cancelled"]
Verb = Literal["claim", "release", "assign", "complete"]


class Who(Enum):
    """Who may make a move."""

    CANDIDATE = "who holds the task's role, unless another person has it"
    ASSIGNEE = "who has it, or an administrator"
    EITHER = "who has it, who holds its role while nobody has it, or an administrator"


@dataclass(frozen=True, slots=True)
class TaskMove:
    """One move: from which states, to which, and whose it is."""

    sources: frozenset[State]
    target: State
    who: Who


MOVES: Mapping[Verb, TaskMove] = {
    "claim": TaskMove(frozenset({"open", "claimed"}), "claimed", Who.CANDIDATE),
    "release": TaskMove(frozenset({"claimed"}), "open", Who.ASSIGNEE),
    "assign": TaskMove(frozenset({"open", "claimed"}), "claimed", Who.EITHER),
    "complete": TaskMove(frozenset({"open", "claimed"}), "completed", Who.CANDIDATE),
}


class Addressed(Protocol):
    """For whom something in a case is."""

    @property
    def case_id(self) -> str:
        """The case."""

    @property
    def role_key(self) -> str | None:
        """The role that it is for."""

    @property
    def candidate_person_id(self) -> str | None:
        """The one person that it is for, if it is for one."""

    @property
    def candidate_organisation_id(self) -> str | None:
        """The organisation for which one acts who may take it, if it is for one."""


class Task(Addressed, Protocol):
    """What the rules need to know of a task."""

    case_id: str
    state: State
    role_key: str | None
    role_label: str | None
    candidate_person_id: str | None
    candidate_organisation_id: str | None
    assignee_id: str | None
    claimed_at: datetime | None
    closed_at: datetime | None
    suspended_at: datetime | None


def is_candidate(task: Addressed, actor: Actor) -> bool:
    """Whether the task is hers to take: it names her, or her role and nobody else, or her role and whom she acts for."""
    if task.candidate_person_id is not None:
        return task.candidate_person_id == actor.person_id
    if task.candidate_organisation_id not in (None, *actor.organisations):
        return False
    return actor.person_id is not None and actor.holds(task.role_key, task.case_id)


def may_keep(task: Task, actor: Actor) -> bool:
    """Whether she who has the task may go on with it: she still holds its role and acts for whom it is for.

    A task that names a person may be another's: who administers the workspace gave it to her.
    """
    if task.candidate_organisation_id not in (None, *actor.organisations):
        return False
    return task.role_key is None or actor.holds(task.role_key, task.case_id)


def check(verb: Verb, task: Task, actor: Actor, name_of: Callable[[str | None], str]) -> None:
    """Raise the error that says why she may not make that move now; return when she may.

    `name_of` gives the name of a person id, and is asked only when a refusal has to say who was faster.
    """
    move = MOVES[verb]
    if task.state not in move.sources:
        _refuse_state(task, name_of)
    if task.suspended_at is not None and verb != "release":
        raise CaseSuspended(at=task.suspended_at)
    hers = task.assignee_id is not None and task.assignee_id == actor.person_id
    if move.who is Who.CANDIDATE:
        if hers and may_keep(task, actor):
            return
        if not is_candidate(task, actor):
            raise NotCandidate(role=task.role_label or task.role_key or "of another person")
        if task.assignee_id is not None:
            raise TaskAlreadyClaimed(by=name_of(task.assignee_id), at=task.claimed_at)
        return
    free = move.who is Who.EITHER and task.assignee_id is None and is_candidate(task, actor)
    if not (hers or free or actor.administers):
        raise NotAssignee


def allowed(task: Task, actor: Actor) -> tuple[Verb, ...]:
    """The moves that she may make now, for the buttons of a page and the links of an answer."""

    def may(verb: Verb) -> bool:
        try:
            check(verb, task, actor, lambda _: "")
        except (NotAssignee, NotCandidate, TaskAlreadyClaimed, TaskAlreadyCompleted, TaskCancelled, CaseSuspended):
            return False
        return True

    return tuple(verb for verb in MOVES if may(verb))


def _refuse_state(task: Task, name_of: Callable[[str | None], str]) -> None:
    if task.state == "completed":
        raise TaskAlreadyCompleted(by=name_of(task.assignee_id), at=task.closed_at)
    if task.state == "cancelled":
        raise TaskCancelled(at=task.closed_at)
    raise NotAssignee
