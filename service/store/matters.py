"""Cases as lists show them: with their root process and the target that they make."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, case, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from service.domain.cases import EVERYTHING, Sight
from service.domain.targets import LIVE
from service.store.inbox import made_by
from service.store.sight import within
from service.store.tables import Case, Incident, Instance, Role, Target, TargetVersion, Task
from service.store.tables.base import AwareUTC

Place = tuple[datetime, str]


@dataclass(frozen=True, slots=True)
class Only:
    """What narrows a list of cases; an empty part narrows nothing. `sight` are those that one may read, `name` is their
    business key."""

    status: str | None = None
    process: str | None = None
    over: bool | None = None
    words: tuple[str, ...] = ()
    sight: Sight = EVERYTHING
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """A case in a list. `digest`, `process_key`, `outcome` and `end_event` are its root's; where its start failed, the process
    is the one that was to begin. `review_on` is the day on which the version must be looked at that it brought into force."""

    id: str
    business_key: str | None
    status: str | None
    opened_at: datetime
    closed_at: datetime | None
    incidents: int
    digest: str | None
    process_key: str | None
    target: str | None
    title: str | None
    origin: str | None
    kind: str | None
    outcome: str | None
    end_event: str | None
    review_on: date | None


COLUMNS: tuple[Any, ...] = (
    Case.id,
    Case.business_key,
    Case.status,
    Case.opened_at,
    Case.closed_at,
    Case.incidents,
    Instance.bundle_digest,
    Instance.process_key,
    Target.key,
    Target.title,
    Target.origin,
    TargetVersion.kind,
    Instance.status,
    Instance.end_event,
    case((TargetVersion.status.in_(LIVE - {"under revision"}), TargetVersion.review_on)),
)


def page(session: Session, workspace_id: str, only: Only, *, after: Place | None, limit: int) -> Sequence[Matter]:
    """Cases, the newest first, behind `after`."""
    statement = _described(workspace_id).where(*within(Case.id, only.sight))
    if only.status is not None:
        statement = statement.where(Case.status == only.status, Case.closed_at.is_(None))
    if only.process is not None:
        statement = statement.where(Instance.process_key == only.process)
    if only.over is not None:
        statement = statement.where(Case.closed_at.is_not(None) if only.over else Case.closed_at.is_(None))
    if only.name is not None:
        statement = statement.where(Case.business_key == only.name)
    if only.words:
        columns = (Case.business_key, Target.title, Target.key)
        statement = statement.where(
            or_(*(it.icontains(word, autoescape=True) for it in columns for word in only.words))
        )
    if after is not None:
        statement = statement.where(tuple_(Case.opened_at, Case.id) < tuple_(literal(after[0], AwareUTC()), after[1]))
    return _matters(session, statement.order_by(Case.opened_at.desc(), Case.id.desc()).limit(limit))


def one(session: Session, workspace_id: str, case_id: str) -> Matter | None:
    """One case, as a list would show it."""
    return next(iter(_matters(session, _described(workspace_id).where(Case.id == case_id))), None)


def some(session: Session, workspace_id: str, case_ids: Collection[str]) -> Mapping[str, Matter]:
    """Those cases, as a list would show them, by id. Asks nothing when there are none."""
    if not case_ids:
        return {}
    return {it.id: it for it in _matters(session, _described(workspace_id).where(Case.id.in_(case_ids)))}


def about(session: Session, workspace_id: str, target: Target, sight: Sight, limit: int) -> Sequence[Matter]:
    """The cases about a target, the newest first: those that make a version of it, and those that are called by its key."""
    makes = select(TargetVersion.case_id).where(
        TargetVersion.workspace_id == workspace_id, TargetVersion.target_id == target.id
    )
    numbered = Case.business_key.startswith(f"{target.key} (", autoescape=True)
    statement = _described(workspace_id).where(
        or_(Case.id.in_(makes), Case.business_key == target.key, numbered), *within(Case.id, sight)
    )
    return _matters(session, statement.order_by(Case.opened_at.desc(), Case.id.desc()).limit(limit))


def waiting(session: Session, workspace_id: str, case_ids: Collection[str]) -> Mapping[str, list[tuple[str, datetime]]]:
    """Whom those cases wait for: (role, when that is due first) by case, the most urgent first."""
    if not case_ids:
        return {}
    label = func.coalesce(Role.label, Task.role_label)
    statement = (
        select(Task.case_id, label, func.min(Task.queue_at))
        .outerjoin(Role, (Role.workspace_id == Task.workspace_id) & (Role.key == Task.role_key))
        .where(Task.workspace_id == workspace_id, Task.case_id.in_(case_ids), Task.state.in_(("open", "claimed")))
        .group_by(Task.case_id, label)
        .order_by(func.min(Task.queue_at))
    )
    found: dict[str, list[tuple[str, datetime]]] = {}
    for case_id, role, due_at in session.execute(statement):
        found.setdefault(case_id, []).append((role or "", due_at))
    return found


def statuses(session: Session, workspace_id: str, sight: Sight) -> Sequence[str]:
    """Every status that a case has now that is in sight and goes on: one that is over has none any more."""
    here = (Case.workspace_id == workspace_id, Case.status.is_not(None), Case.closed_at.is_(None))
    statement = select(Case.status).where(*here, *within(Case.id, sight)).distinct()
    return [status for status in session.scalars(statement) if status is not None]


def _described(workspace_id: str) -> Select[Any]:
    root = (Instance.workspace_id == Case.workspace_id) & (Instance.case_id == Case.id) & (Instance.parent_id.is_(None))
    return (
        select(*COLUMNS)
        .outerjoin(Instance, root)
        .outerjoin(TargetVersion, made_by(Case))
        .outerjoin(Target, (Target.workspace_id == TargetVersion.workspace_id) & (Target.id == TargetVersion.target_id))
        .where(Case.workspace_id == workspace_id)
    )


def _matters(session: Session, statement: Select[Any]) -> Sequence[Matter]:
    found: dict[str, Matter] = {}
    for row in session.execute(statement):
        found.setdefault(row[0], Matter(*row))
    failed = [it.id for it in found.values() if it.process_key is None]
    for case_id, move in _starts(session, failed) if failed else ():
        found[case_id] = replace(found[case_id], digest=move["bundle_digest"], process_key=move["process_key"])
    return list(found.values())


def _starts(session: Session, case_ids: Collection[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The move with which each of these cases was to begin, and could not."""
    statement = select(Incident.case_id, Incident.move).where(Incident.case_id.in_(case_ids))
    for case_id, move in session.execute(statement.order_by(Incident.id)):
        if move["kind"] == "start":
            yield case_id, move
