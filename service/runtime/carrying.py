"""What waits in a case while its instance goes over to another version: the rows are called and addressed as that has it.

A task keeps its id, its times, its draft, and whoever has taken it with the role in which she did; a timer keeps the
moment at which it is due.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.domain.facts import Fact
from service.domain.mending_facts import TaskReaddressed
from service.engine.migrating import Carried, Migrate
from service.runtime.command import Work
from service.runtime.roles import Candidates
from service.store import cases, incidents, messages, tasks, timers
from service.store.tables import Case, Instance, Task


@dataclass(frozen=True, slots=True)
class Address:
    """For whom a task was."""

    case_id: str
    role_key: str | None
    drawn_role: str | None
    candidate_person_id: str | None
    candidate_organisation_id: str | None

    @classmethod
    def of(cls, row: Task) -> "Address":
        """For whom it is by its row."""
        drawn = None if row.role_key else row.role_label
        return cls(row.case_id, row.role_key, drawn, row.candidate_person_id, row.candidate_organisation_id)


@dataclass(frozen=True, slots=True)
class Over:
    """What came over: what is to be told of it, and the tasks that are for others now, with whom each was for before."""

    told: list[Fact] = field(default_factory=list)
    readdressed: list[tuple[Task, Address]] = field(default_factory=list)


def carry(work: Work, case: Case, rows: Mapping[str, Instance], move: Migrate, carried: Carried) -> Over:
    """Bring the rows of an instance over, whose own row is over already."""
    session, here, instance = work.session, work.workspace_id, rows[move.instance_id]
    tasks.rename(session, here, instance.id, move.renamed)
    timers.rename(session, here, instance.id, move.renamed)
    cases.rename_callers(session, here, instance.id, move.renamed)
    _events(work, instance, carried)
    _incidents(work, case, move)
    return _tasks(work, instance, carried)


def _tasks(work: Work, instance: Instance, carried: Carried) -> Over:
    over = Over()
    known = {row.id: row for row in tasks.some(work.session, work.workspace_id, [it.id for it in carried.tasks])}
    candidates = Candidates.of(work, carried.tasks)
    for task in carried.tasks:
        row, before = known[task.id], Address.of(known[task.id])
        row.activity_id, row.name, row.bundle_digest = task.activity_id, task.name, instance.bundle_digest
        row.form, row.ui_form, row.instructions = task.form, task.ui_form, task.instructions
        row.excludes, row.priority = list(task.excludes) or None, task.priority
        if row.assignee_id is not None:
            continue
        row.role_label = task.role
        row.role_key, row.candidate_person_id, row.candidate_organisation_id = candidates.find(task)
        now = Address.of(row)
        if now != before:
            over.readdressed.append((row, before))
            over.told.append(
                TaskReaddressed(
                    task=row.id,
                    instance=instance.id,
                    activity=row.activity_id,
                    role=row.role_key,
                    drawn_role=now.drawn_role,
                    candidate=task.candidate,
                )
            )
    return over


def _events(work: Work, instance: Instance, carried: Carried) -> None:
    if not carried.events:
        return
    waiting = {row.id: row for row in messages.of_instance(work.session, work.workspace_id, instance.id)}
    for event in carried.events:
        row = waiting[event.id]
        row.activity_id, row.bundle_digest = event.activity_id, instance.bundle_digest
        row.role, row.form = event.role, event.form
        row.address = messages.address(event.kind, event.name, event.keys)


def _incidents(work: Work, case: Case, move: Migrate) -> None:
    """Help that was given stays at the place that it was given for."""
    pending = incidents.pending(work.session, work.workspace_id, case.id) if case.incidents and move.renamed else ()
    for row in pending:
        if row.instance_id == move.instance_id:
            row.activity_id = move.renamed.get(row.activity_id or "", row.activity_id)
        row.helps = [
            it | {"activity": move.renamed.get(it["activity"] or "", it["activity"])}
            if it["instance"] == move.instance_id
            else it
            for it in row.helps or ()
        ] or None
