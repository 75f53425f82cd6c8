"""Cases, and the instances in them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import BindParameter, Select, bindparam, literal, select, tuple_, update
from sqlalchemy import case as case_of
from sqlalchemy.orm import Session, with_expression

from service.domain.cases import Sight
from service.store.heard import heard_in
from service.store.sight import within
from service.store.tables import Case, Incident, Instance, Task
from service.store.tables.base import AwareUTC
from service.store.unsent import unsent_to_task

ACTIVE = "active"


# Built once: with every request, building these would cost more than running them.
_HERE: BindParameter[str] = bindparam("workspace")
_THIS: BindParameter[str] = bindparam("id")
_HEARD = with_expression(Case.heard, heard_in(Case.workspace_id))
_LOCKED = select(Case).options(_HEARD).where(Case.workspace_id == _HERE).with_for_update()


def _locked_by(owner: type[Task] | type[Instance] | type[Incident]) -> Select[Case]:
    case_id = select(owner.case_id).where(owner.workspace_id == _HERE, owner.id == _THIS)
    return _LOCKED.where(Case.id == case_id.scalar_subquery())


_LOCKED_ITSELF = _LOCKED.where(Case.id == _THIS)
_LOCKED_BY_TASK, _LOCKED_BY_INSTANCE = _locked_by(Task), _locked_by(Instance)
_LOCKED_BY_INCIDENT = _locked_by(Incident)
_TASK_AND_ACTIVE = (
    select(Task, Instance)
    .options(with_expression(Task.unsent, unsent_to_task()))
    .outerjoin(
        Instance,
        (Instance.workspace_id == Task.workspace_id) & (Instance.case_id == Task.case_id) & (Instance.status == ACTIVE),
    )
    .where(Task.workspace_id == _HERE, Task.id == _THIS)
    .order_by(Instance.number)
)


def everywhere(session: Session) -> list[tuple[str, str]]:
    """Every case of every workspace: the workspace's key and the case's id, in order."""
    found = session.execute(select(Case.workspace_id, Case.id).order_by(Case.workspace_id, Case.id))
    return [(workspace, case) for workspace, case in found]


def ids(session: Session, workspace_id: str) -> Sequence[str]:
    """Every case of a workspace, in order."""
    return session.scalars(select(Case.id).where(Case.workspace_id == workspace_id).order_by(Case.id)).all()


def lock(session: Session, workspace_id: str, case_id: str) -> Case | None:
    """The case, locked until the transaction ends. Always the first row that a step locks."""
    return session.scalar(_LOCKED_ITSELF, {"workspace": workspace_id, "id": case_id})


def lock_of_task(session: Session, workspace_id: str, task_id: str) -> Case | None:
    """The case of a task, locked as by `lock`. The task itself is read after this, when nobody else can change it."""
    return session.scalar(_LOCKED_BY_TASK, {"workspace": workspace_id, "id": task_id})


def lock_of_instance(session: Session, workspace_id: str, instance_id: str) -> Case | None:
    """The case of an instance, locked as by `lock`."""
    return session.scalar(_LOCKED_BY_INSTANCE, {"workspace": workspace_id, "id": instance_id})


def lock_of_incident(session: Session, workspace_id: str, incident_id: str) -> Case | None:
    """The case of an incident, locked as by `lock`."""
    return session.scalar(_LOCKED_BY_INCIDENT, {"workspace": workspace_id, "id": incident_id})


def case(session: Session, workspace_id: str, case_id: str) -> Case | None:
    """The case, unlocked: for reading."""
    return session.scalar(select(Case).where(Case.workspace_id == workspace_id, Case.id == case_id))


def called(session: Session, workspace_id: str, name: str) -> Sequence[Case]:
    """The case of that id, or else those of that business key, the newest first."""
    statement = select(Case).where(Case.workspace_id == workspace_id)
    found = session.scalars(statement.where(Case.id == name)).all()
    if found:
        return found
    keyed = statement.where(Case.business_key == name)
    return session.scalars(keyed.order_by(Case.opened_at.desc(), Case.id.desc())).all()


def page(
    session: Session, workspace_id: str, sight: Sight, *, after: tuple[datetime, str] | None, limit: int
) -> Sequence[Case]:
    """Cases that are in sight, the newest first, behind `after`."""
    statement = select(Case).where(Case.workspace_id == workspace_id, *within(Case.id, sight))
    if after is not None:
        statement = statement.where(tuple_(Case.opened_at, Case.id) < tuple_(literal(after[0], AwareUTC()), after[1]))
    return session.scalars(statement.order_by(Case.opened_at.desc(), Case.id.desc()).limit(limit)).all()


def instances(session: Session, workspace_id: str, case_id: str) -> Sequence[Instance]:
    """Every instance of a case, in the order in which they were started."""
    statement = select(Instance).where(Instance.workspace_id == workspace_id, Instance.case_id == case_id)
    return session.scalars(statement.order_by(Instance.number)).all()


def roots(session: Session, workspace_id: str, case_ids: Sequence[str]) -> Sequence[Instance]:
    """The instances with which those cases began. Asks nothing when there are none."""
    here = (Instance.workspace_id == workspace_id, Instance.parent_id.is_(None))
    statement = select(Instance).where(*here, Instance.case_id.in_(case_ids))
    return session.scalars(statement).all() if case_ids else ()


def active(session: Session, workspace_id: str, case_id: str) -> Sequence[Instance]:
    """The active instances of a case, in the order in which they were started."""
    statement = (
        select(Instance)
        .where(Instance.workspace_id == workspace_id, Instance.case_id == case_id, Instance.status == ACTIVE)
        .order_by(Instance.number)
    )
    return session.scalars(statement).all()


def task_and_active(session: Session, workspace_id: str, task_id: str) -> tuple[Task, list[Instance]] | None:
    """A task and the active instances of its case in their order, by one statement; None: there is no such task."""
    rows = session.execute(_TASK_AND_ACTIVE, {"workspace": workspace_id, "id": task_id}).all()
    if not rows:
        return None
    return rows[0][0], [instance for _, instance in rows if instance is not None]


def instance_and_case(session: Session, workspace_id: str, instance_id: str) -> tuple[Instance, Case] | None:
    """An instance and its case, for reading."""
    statement = (
        select(Instance, Case)
        .join(Case, (Case.workspace_id == Instance.workspace_id) & (Case.id == Instance.case_id))
        .where(Instance.workspace_id == workspace_id, Instance.id == instance_id)
    )
    row = session.execute(statement).one_or_none()
    return None if row is None else (row[0], row[1])


def rename_callers(session: Session, workspace_id: str, instance_id: str, renamed: Mapping[str, str]) -> None:
    """Call the activities of an instance that others were called by as its new version does. Asks nothing where none
    is renamed."""
    if renamed:
        session.execute(
            update(Instance)
            .where(Instance.workspace_id == workspace_id, Instance.parent_id == instance_id)
            .where(Instance.parent_activity_id.in_(renamed))
            .values(parent_activity_id=case_of(renamed, value=Instance.parent_activity_id)),
            execution_options={"synchronize_session": False},
        )


def running(
    session: Session, workspace_id: str, digest: str, sight: Sight, limit: int
) -> Sequence[tuple[Instance, Case]]:
    """The first `limit` active instances of a bundle with their cases, in the order in which they were started; of the
    cases that are in sight."""
    statement = (
        select(Instance, Case)
        .join(Case, (Case.workspace_id == Instance.workspace_id) & (Case.id == Instance.case_id))
        .where(Instance.workspace_id == workspace_id, Instance.status == ACTIVE, Instance.bundle_digest == digest)
        .where(*within(Case.id, sight))
    )
    rows = session.execute(statement.order_by(Case.opened_at, Case.id, Instance.number).limit(limit))
    return [(instance, case) for instance, case in rows]


def begun_with(session: Session, workspace_id: str, process_key: str) -> Sequence[Case]:
    """The cases under way that began with that process, the oldest first."""
    statement = (
        select(Case)
        .join(Instance, (Instance.workspace_id == Case.workspace_id) & (Instance.case_id == Case.id))
        .where(Case.workspace_id == workspace_id, Case.closed_at.is_(None))
        .where(Instance.process_key == process_key, Instance.parent_id.is_(None))
    )
    return session.scalars(statement.order_by(Case.opened_at, Case.id)).all()


def named_like(session: Session, workspace_id: str, process_key: str, name: str) -> Sequence[str]:
    """What the cases are called that began with that process, over or not, where it is that name or begins with it."""
    statement = (
        select(Case.business_key)
        .join(Instance, (Instance.workspace_id == Case.workspace_id) & (Instance.case_id == Case.id))
        .where(Case.workspace_id == workspace_id, Case.business_key.startswith(name, autoescape=True))
        .where(Instance.process_key == process_key, Instance.parent_id.is_(None))
    )
    return [key for key in session.scalars(statement) if key is not None]


def newest_of(session: Session, workspace_id: str, process_key: str) -> str | None:
    """The id of the case that was opened last with an instance of that process as its root; None: there is none."""
    statement = (
        select(Case.id)
        .join(Instance, (Instance.workspace_id == Case.workspace_id) & (Instance.case_id == Case.id))
        .where(Case.workspace_id == workspace_id, Instance.process_key == process_key, Instance.parent_id.is_(None))
        .order_by(Case.opened_at.desc(), Case.id.desc())
    )
    return session.scalar(statement.limit(1))
