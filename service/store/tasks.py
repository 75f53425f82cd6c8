"""Tasks: finding one, and the two lists that a person has."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, case, func, select, union_all, update
from sqlalchemy.orm import Session

from service.domain.actors import Actor
from service.store.reach import BEHIND, MINE, MOST, WORKSPACE, Place, Range, Reach, free, reach, values
from service.store.tables import Instance, Organisation, Person, Role, Task

END_OF_TIME = datetime(9999, 12, 31, tzinfo=UTC)
"""Where a task without a deadline stands in an inbox: behind all that have one."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A completed task with the names that its row has ids of."""

    task: Task
    role: str | None
    organisation: str | None
    person: str | None


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


def first(session: Session, workspace_id: str) -> Task | None:
    """The task of a workspace that is due first, of all that wait."""
    statement = select(Task).where(Task.workspace_id == workspace_id, Task.state.in_(("open", "claimed")))
    return session.scalars(statement.order_by(Task.queue_at, Task.id).limit(1)).first()


def of_case(session: Session, workspace_id: str, case_id: str) -> Sequence[tuple[Task, str | None]]:
    """The tasks of a case that still wait, each with what its role is called, in the order of their deadlines."""
    statement = (
        select(Task, func.coalesce(Role.label, Task.role_label))
        .outerjoin(Role, (Role.workspace_id == Task.workspace_id) & (Role.key == Task.role_key))
        .where(_in_case(workspace_id, case_id), Task.state.in_(("open", "claimed")))
        .order_by(Task.queue_at, Task.id)
    )
    return [(row, label) for row, label in session.execute(statement)]


def had(session: Session, workspace_id: str, case_id: str, person_id: str) -> bool:
    """Whether a person has a task of a case, or has done one."""
    statement = select(Task.id).where(_in_case(workspace_id, case_id), Task.assignee_id == person_id)
    return session.scalar(statement.limit(1)) is not None


def suspend(session: Session, workspace_id: str, case_id: str, at: datetime | None) -> None:
    """Mark the waiting tasks of a case as suspended since then; None: as waiting again."""
    statement = update(Task).where(_in_case(workspace_id, case_id), Task.state.in_(("open", "claimed")))
    session.execute(statement.values(suspended_at=at), execution_options={"synchronize_session": False})


def rename(session: Session, workspace_id: str, instance_id: str, renamed: Mapping[str, str]) -> None:
    """Call the activities of an instance's tasks, the finished ones too, as its new version does: who did one may not do
    another, whatever they are called. Asks nothing where none is renamed."""
    if renamed:
        statement = update(Task).where(Task.workspace_id == workspace_id, Task.instance_id == instance_id)
        named = statement.where(Task.activity_id.in_(renamed))
        session.execute(
            named.values(activity_id=case(renamed, value=Task.activity_id)),
            execution_options={"synchronize_session": False},
        )


def _in_case(workspace_id: str, case_id: str) -> ColumnElement[bool]:
    """The tasks of a case, by way of its instances: tasks are found by those, however many other cases there are."""
    inside = select(Instance.id).where(Instance.workspace_id == workspace_id, Instance.case_id == case_id)
    return (Task.workspace_id == workspace_id) & Task.instance_id.in_(inside)


def answered(session: Session, workspace_id: str, case_id: str, limit: int) -> Sequence[Answered]:
    """The tasks of a case that people have completed with answers to a form, the newest `limit` of them, oldest first."""
    statement = (
        select(Task, func.coalesce(Role.label, Task.role_label), Organisation.name, Person.name)
        .outerjoin(Role, (Role.workspace_id == Task.workspace_id) & (Role.key == Task.role_key))
        .outerjoin(
            Organisation,
            (Organisation.workspace_id == Task.workspace_id) & (Organisation.id == Task.candidate_organisation_id),
        )
        .outerjoin(Person, (Person.workspace_id == Task.workspace_id) & (Person.id == Task.assignee_id))
        .where(_in_case(workspace_id, case_id), Task.state == "completed", Task.form.is_not(None))
        .order_by(Task.closed_at.desc(), Task.id.desc())
        .limit(limit)
    )
    return [Answered(*row) for row in reversed(session.execute(statement).all())]


def asked(
    session: Session, workspace_id: str, instance_id: str, activities: Collection[str], since: datetime
) -> Collection[str]:
    """The organisations that have, or had, a task of these activities in an instance since a moment."""
    statement = select(Task.candidate_organisation_id).where(
        Task.workspace_id == workspace_id,
        Task.instance_id == instance_id,
        Task.activity_id.in_(activities),
        Task.opened_at >= since,
        Task.candidate_organisation_id.is_not(None),
    )
    return {str(it) for it in session.scalars(statement)}


def some(session: Session, workspace_id: str, task_ids: Collection[str]) -> Sequence[Task]:
    """The tasks with those ids. Asks nothing when there are none."""
    if not task_ids:
        return ()
    return session.scalars(select(Task).where(Task.workspace_id == workspace_id, Task.id.in_(task_ids))).all()


def with_process(session: Session, workspace_id: str, task_ids: Collection[str]) -> Sequence[tuple[Task, str]]:
    """The tasks with those ids, each with the key of its process. Asks nothing when there are none."""
    if not task_ids:
        return ()
    statement = (
        select(Task, Instance.process_key)
        .join(Instance, (Instance.workspace_id == Task.workspace_id) & (Instance.id == Task.instance_id))
        .where(Task.workspace_id == workspace_id, Task.id.in_(task_ids))
    )
    return [(row, key) for row, key in session.execute(statement)]


def completed_by(session: Session, workspace_id: str, case_id: str, person_id: str) -> Collection[str]:
    """The activities of a case that a person completed a task of."""
    statement = select(Task.activity_id).where(
        _in_case(workspace_id, case_id), Task.assignee_id == person_id, Task.state == "completed"
    )
    return set(session.scalars(statement))


def taken(session: Session, workspace_id: str, person_id: str) -> Sequence[Task]:
    """Every task that a person has."""
    statement = select(Task).where(
        Task.workspace_id == workspace_id, Task.assignee_id == person_id, Task.state == "claimed"
    )
    return session.scalars(statement.order_by(Task.case_id, Task.id)).all()


def mine(session: Session, actor: Actor, *, after: Place | None, limit: int) -> Sequence[Task]:
    """The tasks that a person has, the most urgent first, behind `after`."""
    return _listed(session, _statement(None, True, after is not None), actor, after, limit)


def of_roles(session: Session, actor: Actor, *, after: Place | None, limit: int) -> Sequence[Task]:
    """The tasks that nobody has yet and that her roles may take, the most urgent first, behind `after`.

    One index range per role and organisation that she acts for, each read no further than the page: neither the number
    of tasks nor that of the role's other holders matters.
    """
    return _listed(session, _statement(reach(actor), False, after is not None), actor, after, limit)


def every(session: Session, actor: Actor, *, after: Place | None, limit: int) -> Sequence[Task]:
    """Hers and her roles' in one list."""
    return _listed(session, _statement(reach(actor), True, after is not None), actor, after, limit)


@lru_cache(maxsize=256)
def _statement(of: Reach | None, mine: bool, behind: bool) -> Select[Task]:
    """A page of tasks that somebody of that reach may take, of her own, or of both."""
    ranges = [*([MINE] if mine else []), *([] if of is None else free(of))]
    keys = union_all(*(select(_page(part, behind).subquery()) for part in ranges)).subquery()
    found = select(Task).join(keys, keys.c.id == Task.id).where(Task.workspace_id == WORKSPACE)
    return found.order_by(Task.queue_at, Task.id).limit(MOST)


def _page(part: Range, behind: bool) -> Select[str, datetime]:
    statement = select(Task.id, Task.queue_at).where(Task.workspace_id == WORKSPACE, part.where)
    if behind:
        statement = statement.where(BEHIND)
    return statement.order_by(*part.order).limit(MOST)


def _listed(session: Session, statement: Select[Task], actor: Actor, after: Place | None, limit: int) -> Sequence[Task]:
    return session.scalars(statement, values(actor, after=after, limit=limit)).unique().all()
