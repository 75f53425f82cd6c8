"""Whom a task is for: what the diagram says, matched to the workspace's roles and people."""

from collections.abc import Iterable
from dataclasses import dataclass

from service.engine.shapes import OpenedTask
from service.runtime.command import Work
from service.store import organisations, people


@dataclass(frozen=True, slots=True)
class Candidates:
    """The roles, people and organisations that the tasks of one step may be for."""

    roles: dict[str, str]
    people: frozenset[str]
    organisations: frozenset[str]

    @classmethod
    def of(cls, work: Work, tasks: Iterable[OpenedTask]) -> "Candidates":
        """Look up everything that `tasks` name: a statement for each sort of name, none where nothing is named."""
        named = {task.candidate for task in tasks if task.candidate}
        drawn = named | {task.role for task in tasks if task.role}
        roles = people.matching_roles(work.session, work.workspace_id, drawn)
        persons = people.names(work.session, work.workspace_id, named - roles.keys())
        others = named - roles.keys() - persons.keys()
        known = organisations.known(work.session, work.workspace_id, others)
        return cls(roles, frozenset(persons), frozenset(known))

    def find(self, task: OpenedTask) -> tuple[str | None, str | None, str | None]:
        """The (role key, person id, organisation id) that a task is for.

        None of them: nobody can take it until an administrator assigns it. So it is where the diagram names somebody
        whom the workspace does not know: a whole role must not answer for one.
        """
        role = self.roles.get(task.role or "")
        if task.candidate is None:
            return role, None, None
        if task.candidate in self.people:
            return role, task.candidate, None
        if task.candidate in self.organisations:
            return role, None, task.candidate
        return self.roles.get(task.candidate), None, None
