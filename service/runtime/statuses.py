"""Statuses: what a case, and the target that it makes, are called while a part of their process runs.

An activity with the property `status` gives its case that status when it begins.
"""

from collections.abc import Iterator, Mapping, Sequence

from service.domain import record_facts as facts
from service.domain.targets import STATUSES
from service.engine.shapes import Advance, Cancel, Move, Start
from service.operations.versions import called_off, follow
from service.runtime import definitions
from service.runtime.command import Work
from service.runtime.operating import Operating
from service.store.tables import Case, Instance

WAITS = frozenset({"userTask", "manualTask", "task", "callActivity", "subProcess", "receiveTask"})
"""What is passed when it ends; it began when its task was opened, its child bound, or its own start was passed."""


def change(
    work: Work, case: Case, instances: Sequence[Instance], move: Move, result: Advance, operating: Operating
) -> None:
    """Give the case the status of every part that began in this step, and its target where that is a move of its own.

    A case that is called off makes no version of a target any more.
    """
    if isinstance(move, Cancel):
        operating.begin()
        called_off(work.session, operating.place(case.id, move.instance_id, ""))
    where = {row.id: (row.bundle_digest, row.process_key) for row in instances}
    if isinstance(move, Start):
        where[move.instance_id] = (move.definition.bundle_digest, move.definition.process_key)
    where |= {bound.child_id: (bound.bundle_digest, bound.process_key) for bound in result.bound}
    named = {
        instance_id: definitions.properties_of(work.session, work.workspace_id, *at, "status")
        for instance_id, at in where.items()
    }
    if not any(named.values()):
        return
    kinds = {
        instance_id: definitions.kinds(work.session, work.workspace_id, *where[instance_id])
        for instance_id, statuses in named.items()
        if statuses
    }
    for instance_id, activity in _begun(result, kinds):
        status = named.get(instance_id, {}).get(activity)
        if status is None:
            continue
        if case.status != status:
            case.status = status
            operating.told.append(facts.CaseStatusChanged(status=status, activity=activity))
        if status in STATUSES:
            operating.begin()
            follow(work.session, operating.place(case.id, instance_id, activity), status)


def _begun(result: Advance, kinds: Mapping[str, Mapping[str, tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    """The (instance id, activity id) of everything that began in this step; what was called comes behind its call."""
    order = list(
        dict.fromkeys([*(step.instance_id for step in result.passed), *(it.instance_id for it in result.opened)])
    )
    children = {bound.child_id for bound in result.bound}

    def of(instance_id: str) -> Iterator[tuple[str, str]]:
        known = kinds.get(instance_id, {})
        for step in result.passed:
            if step.instance_id != instance_id or step.outcome == "cancelled":
                continue
            kind, scope = known.get(step.activity_id, ("", ""))
            if kind == "startEvent" and scope in known:
                yield instance_id, scope
            if kind not in WAITS:
                yield instance_id, step.activity_id
        for bound in result.bound:
            if bound.instance_id == instance_id:
                yield instance_id, bound.activity_id
                yield from of(bound.child_id)
        for task in result.opened:
            if task.instance_id == instance_id:
                yield instance_id, task.activity_id

    for instance_id in order:
        if instance_id not in children:
            yield from of(instance_id)
