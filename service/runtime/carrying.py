"""What waits in a case while its instance goes over to another version: the rows are called and addressed as that has it.

A task keeps its id, its times, its draft, and whoever has taken it with the role in which she did; a timer keeps the
moment at which it is due.
"""

from collections.abc import Iterator, Mapping

from service.domain.facts import Fact
from service.domain.mending_facts import TaskReaddressed
from service.engine.migrating import Carried, Migrate
from service.runtime.command import Work
from service.runtime.roles import Candidates
from service.store import cases, incidents, messages, tasks, timers
from service.store.tables import Case, Instance, Task


def carry(work: Work, case: Case, rows: Mapping[str, Instance], move: Migrate, carried: Carried) -> Iterator[Fact]:
    """Bring the rows of an instance over, whose own row is over already; gives what is to be told of it."""
    session, here, instance = work.session, work.workspace_id, rows[move.instance_id]
    tasks.rename(session, here, instance.id, move.renamed)
    timers.rename(session, here, instance.id, move.renamed)
    cases.rename_callers(session, here, instance.id, move.renamed)
    _events(work, instance, carried)
    _incidents(work, case, move)
    return _tasks(work, instance, carried)


def _tasks(work: Work, instance: Instance, carried: Carried) -> Iterator[Fact]:
    known = {row.id: row for row in tasks.some(work.session, work.workspace_id, [it.id for it in carried.tasks])}
    candidates = Candidates.of(work, carried.tasks)
    for task in carried.tasks:
        row, before = known[task.id], _addressed(known[task.id])
        row.activity_id, row.name, row.bundle_digest = task.activity_id, task.name, instance.bundle_digest
        row.form, row.ui_form, row.instructions = task.form, task.ui_form, task.instructions
        row.excludes, row.priority = list(task.excludes) or None, task.priority
        if row.assignee_id is not None:
            continue
        row.role_label = task.role
        row.role_key, row.candidate_person_id, row.candidate_organisation_id = candidates.find(task)
        if _addressed(row) != before:
            yield TaskReaddressed(
                task=row.id,
                instance=instance.id,
                activity=row.activity_id,
                role=row.role_key,
                drawn_role=None if row.role_key else row.role_label,
                candidate=task.candidate,
            )


def _addressed(row: Task) -> tuple[str | None, ...]:
    label = None if row.role_key else row.role_label
    return row.role_key, label, row.candidate_person_id, row.candidate_organisation_id


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
