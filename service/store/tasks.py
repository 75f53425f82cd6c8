"""Tasks: finding one, and the two lists that a person has."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, true, tuple_, union_all
from sqlalchemy.orm import Session, aliased

from service.domain.actors import Actor
from service.store.tables import Role, Task
from service.store.tables.base import AwareUTC

END_OF_TIME = datetime(9999, 12, 31, tzinfo=UTC)
"""Where a task without a deadline stands in an inbox: behind all that have one."""

Place = tuple[datetime, str]
"""Where a page of an inbox ended: `queue_at` and id of its last task."""


def task(session: Session, workspace_id: str, task_id: str) -> Task | None:
    """One task, or None."""
    return session.scalar(select(Task).where(Task.workspace_id == workspace_id, Task.id == task_id))


def of_instance(session: Session, workspace_id: str, instance_id: str) -> Sequence[Task]:
    """The tasks of an instance that still wait, in the order of their deadlines."""
    statement = (
        select(Task)
        .where(Task.workspace_id == workspace_id, Task.instance_id == instance_id, Task.state.in_(("open", "claimed")))
        .order_by(Task.queue_at, Task.id)
    )
    return session.scalars(statement).all()


def of_case(session: Session, workspace_id: str, case_id: str) -> Sequence[tuple[Task, str | None]]:
    """The tasks of a case that still wait, each with what its role is called, in the order of their deadlines."""
    statement = (
        select(Task, func.coalesce(Role.label, Task.role_label))
        .outerjoin(Role, (Role.workspace_id == Task.workspace_id) & (Role.key == Task.role_key))
        .where(Task.workspace_id == workspace_id, Task.case_id == case_id, Task.state.in_(("open", "claimed")))
        .order_by(Task.queue_at, Task.id)
    )
    return [(row, label) for row, label in session.execute(statement)]


def some(session: Session, workspace_id: str, task_ids: Collection[str]) -> Sequence[Task]:
    """The tasks with those ids. Asks nothing when there are none."""
    if not task_ids:
        return ()
    return session.scalars(select(Task).where(Task.workspace_id == workspace_id, Task.id.in_(task_ids))).all()


def completed_by(session: Session, workspace_id: str, case_id: str, person_id: str) -> Collection[str]:
    """The activities of a case that a person completed a task of."""
    statement = select(Task.activity_id).where(
        Task.workspace_id == workspace_id,
        Task.case_id == case_id,
        Task.assignee_id == person_id,
        Task.state == "completed",
    )
    return set(session.scalars(statement))


def mine(session: Session, workspace_id: str, person_id: str, *, after: Place | None, limit: int) -> Sequence[Task]:
    """The tasks that a person has, the most urgent first, behind `after`."""
    return session.scalars(_mine(workspace_id, person_id, after, limit)).all()


def of_roles(session: Session, actor: Actor, *, after: Place | None, limit: int) -> Sequence[Task]:
    """The tasks that nobody has yet and that her roles may take, the most urgent first, behind `after`.

    One index range per role and organisation that she acts for, each read no further than the page: neither the number
    of tasks nor that of the role's other holders matters.
    """
    return _merged(session, _of_roles(actor, after, limit), limit)


def every(session: Session, actor: Actor, *, after: Place | None, limit: int) -> Sequence[Task]:
    """Hers and her roles' in one list."""
    hers = _mine(actor.workspace_id, actor.person_id or "", after, limit)
    return _merged(session, [hers, *_of_roles(actor, after, limit)], limit)


def _mine(workspace_id: str, person_id: str, after: Place | None, limit: int) -> Select[Task]:
    holds = (Task.assignee_id == person_id) & (Task.state == "claimed")
    return _page(workspace_id, holds, after, limit)


def _of_roles(actor: Actor, after: Place | None, limit: int) -> list[Select[Task]]:
    return [_page(actor.workspace_id, condition, after, limit) for condition in free_for(actor)]


def free_for(actor: Actor, role: str | None = None) -> list[ColumnElement[bool]]:
    """The tasks that nobody has yet and that she may take, as conditions that are an index range each.

    With `role`, those of that role of hers alone.
    """
    for_her = or_(Task.candidate_person_id.is_(None), Task.candidate_person_id == actor.person_id)
    held = [Task.role_key == key for key in sorted(actor.roles) if role in (None, key)]
    held += [
        (Task.role_key == key) & (Task.case_id == case_id)
        for case_id, key in sorted(actor.case_roles)
        if key not in actor.roles and role in (None, key)
    ]
    parts: list[ColumnElement[bool]] = [
        hers & of_whom & (Task.state == "open") & for_her
        for hers in held
        for of_whom in (
            Task.candidate_organisation_id.is_(None),
            *(Task.candidate_organisation_id == organisation for organisation in sorted(actor.organisations)),
        )
    ]
    if role is not None:
        return parts
    named = (Task.candidate_person_id == actor.person_id) & (Task.state == "open")
    unroled = named & (or_(Task.role_key.is_(None), Task.role_key.not_in(actor.roles)) if actor.roles else true())
    return [*parts, unroled]


def _page(workspace_id: str, condition: ColumnElement[bool], after: Place | None, limit: int) -> Select[Task]:
    statement = select(Task).where(Task.workspace_id == workspace_id, condition)
    if after is not None:
        statement = statement.where(tuple_(Task.queue_at, Task.id) > tuple_(literal(after[0], AwareUTC()), after[1]))
    return statement.order_by(Task.queue_at, Task.id).limit(limit)


def _merged(session: Session, parts: Sequence[Select[Task]], limit: int) -> Sequence[Task]:
    both = union_all(*(select(part.subquery()) for part in parts)).subquery()
    row = aliased(Task, both)
    return session.scalars(select(row).order_by(row.queue_at, row.id).limit(limit)).unique().all()
