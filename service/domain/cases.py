"""Who may read a case: the one place where that is decided."""

from service.domain.actors import Actor
from service.domain.tasks import Task, is_candidate


def may_read(actor: Actor, case_id: str) -> bool:
    """Whether the actor may read a case of her workspace: who holds a role there, or a role in that case.

    Who acts for others than the partnership (a trade body that is heard, say) reads no case for that: she sees the
    tasks that are for her (`may_see`). Another workspace's cases are never asked about: every query is within the
    actor's own.
    """
    among = readable(actor)
    return among is None or case_id in among


def readable(actor: Actor) -> frozenset[str] | None:
    """The ids of the cases that the actor may read; None: all of her workspace."""
    if actor.administrator or (actor.roles and not actor.outside):
        return None
    return frozenset(case_id for case_id, _ in actor.case_roles)


def may_see(actor: Actor, task: Task) -> bool:
    """Whether the actor may open a task: one of a case that she may read, one that is hers, or that she may take."""
    hers = actor.person_id is not None and actor.person_id == task.assignee_id
    return may_read(actor, task.case_id) or hers or is_candidate(task, actor)
