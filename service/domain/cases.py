"""Who may read a case: the one place where that is decided."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from service.domain.actors import Actor
from service.domain.tasks import Task, is_candidate


@dataclass(frozen=True, slots=True)
class Sight:
    """The cases of her workspace that somebody may read: those `among` (None: all), `but` for some."""

    among: frozenset[str] | None
    but: frozenset[str] = frozenset()

    @property
    def whole(self) -> bool:
        """Whether it is every case of the workspace."""
        return self.among is None and not self.but


EVERYTHING = Sight(None)
"""Every case of the workspace."""


def may_read(actor: Actor, case_id: str) -> bool:
    """Whether the actor may read a case of her workspace: who holds a role there, or a role in that case.

    A case that is closed off is for who holds one of the roles named then, for who has a role in the case itself, and
    for administrators and auditors; each of them leaves an entry when she reads it (`is_closed`). Who acts for others
    than the partnership (a trade body that is heard, say) reads no case for that: she sees the tasks that are for her
    (`may_see`). Another workspace's cases are never asked about: every query is within the actor's own.
    """
    sight = readable(actor)
    return case_id not in sight.but and (sight.among is None or case_id in sight.among)


def readable(actor: Actor) -> Sight:
    """The cases that the actor may read."""
    whole = actor.administrator or (actor.roles and not actor.outside)
    return Sight(None if whole else frozenset(case_id for case_id, _ in actor.case_roles), actor.barred)


def is_closed(actor: Actor, case_id: str) -> bool:
    """Whether a case that the actor may read is closed to others: reading it leaves an entry."""
    return case_id in actor.closed


def reads_on(actor: Actor, case_id: str, readers: Collection[str]) -> bool:
    """Whether the actor would read a case after it was closed to all but the holders of these roles."""
    closed = [(case_id, f" {' '.join(readers)} ")]
    return case_id in knowing(actor, closed)[0]


def may_see(actor: Actor, task: Task) -> bool:
    """Whether the actor may open a task: one of a case that she may read, one that is hers, or that she may take."""
    hers = actor.person_id is not None and actor.person_id == task.assignee_id
    return may_read(actor, task.case_id) or hers or is_candidate(task, actor)


def knowing(actor: Actor, closed: Iterable[tuple[str, str]]) -> tuple[frozenset[str], frozenset[str]]:
    """Of the cases that are closed off, each with the keys of the roles that read it, blanks around and between them: those
    that the actor may read all the same, and those that she may not."""
    own = {case_id for case_id, _ in actor.case_roles}
    roles = frozenset() if actor.outside else actor.roles
    found = {case_id: frozenset(readers.split()) for case_id, readers in closed}
    hers = {key for key, readers in found.items() if actor.audits or key in own or roles & readers}
    return frozenset(hers), frozenset(found.keys() - hers)
