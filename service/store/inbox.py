"""Inboxes as pages show them: the tasks that a person has or may take, each with what its line says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, join, or_, select, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from service.domain.actors import Actor
from service.domain.cases import EVERYTHING, Sight
from service.store.cases import ACTIVE
from service.store.reach import BEHIND, MINE, MOST, ROLE, WORKSPACE, Place, Range, Reach, free, reach, taken, values
from service.store.sight import within
from service.store.tables import Case, Incident, Instance, Organisation, Person, Role, Target, TargetVersion, Task

LATELY = 500
"""How many tasks that a person has completed say in which cases she has a part now."""


@dataclass(frozen=True, slots=True)
class Only:
    """What narrows an inbox; an empty part narrows nothing.

    `words` are ways to write what was searched for; `activities` are (bundle digest, activity id) of tasks whose name
    in the reader's language has it. A case that is out of `sight` is not found by what it is called.
    """

    role: str | None = None
    process: str | None = None
    case_id: str | None = None
    words: tuple[str, ...] = ()
    activities: frozenset[tuple[str, str]] = frozenset()
    processes: frozenset[tuple[str, str]] = frozenset()
    sight: Sight = EVERYTHING

    @property
    def plain(self) -> bool:
        """Whether it narrows by nothing but the role."""
        return self.process is None and self.case_id is None and not self.words


@dataclass(frozen=True, slots=True)
class Line:
    """One task in a list. `root` is the bundle's digest and the key of the process with which its case began, `target`
    and `title` are those of the target that the case makes, if it makes one, `kind` that of the version. `stopped`: it was
    answered, and an incident keeps the answer."""

    id: str
    name: str
    activity_id: str
    bundle_digest: str
    assignee_id: str | None
    assignee: str | None
    due_at: datetime | None
    queue_at: datetime
    case_id: str
    role_key: str | None
    role: str | None
    organisation: str | None
    process_key: str
    root_digest: str
    root_key: str
    business_key: str | None
    target: str | None
    title: str | None
    origin: str | None
    suspended_at: datetime | None
    kind: str | None
    about: str | None
    item: int | None
    stopped: bool


def lines(session: Session, actor: Actor, only: Only, *, after: Place | None, limit: int) -> Sequence[Line]:
    """The tasks that she has, and those of her roles, free or taken by others: the most urgent first, at most `limit` of
    either, behind `after`.

    One index range for hers and one per role and organisation, each read no further than `limit`.
    """
    if actor.person_id is None:
        return ()
    build = _statement if only.plain else _statement.__wrapped__  # what was searched for would fill the memory
    statement = build(reach(actor, only.role), only, after is not None)
    return _lines(session, statement, values(actor, after=after, limit=limit, role=only.role))


@lru_cache(maxsize=256)
def _statement(of: Reach, only: Only, behind: bool) -> Select[Any]:
    hers = MINE if only.role is None else Range(MINE.where & (Task.role_key == ROLE), MINE.order)
    ranges = [select(_keys(part, only, behind).subquery()) for part in (*free(of), *taken(of))]
    parts = [select(_keys(hers, only, behind).subquery())]
    if ranges:
        found = union_all(*ranges).subquery()
        parts.append(select(select(found).order_by(found.c.queue_at, found.c.id).limit(MOST).subquery()))
    keys = union_all(*parts).subquery()
    # The keys stand first: PostgreSQL keeps the order of so many joins, and would describe every task before it picks.
    return _described(join(keys, Task, (Task.workspace_id == WORKSPACE) & (Task.id == keys.c.id)))


def awaited(session: Session, workspace_id: str, person_id: str, sight: Sight, *, limit: int) -> Sequence[Line]:
    """The tasks that others have or may take in the cases in which a person has completed one, the most urgent first; of
    those that were not closed to her since.

    Of her cases it looks at those in which she did something last, `LATELY` of her tasks ago at most.
    """
    done = aliased(Task)
    lately = (
        select(done.case_id)
        .where(done.workspace_id == workspace_id, done.assignee_id == person_id, done.state == "completed")
        .where(*within(done.case_id, Sight(None, sight.but)))
        .order_by(done.closed_at.desc())
        .limit(LATELY)
    )
    running = select(Instance.id).where(
        Instance.workspace_id == workspace_id, Instance.status == ACTIVE, Instance.case_id.in_(lately)
    )
    keys = (
        select(Task.id)
        .where(
            Task.workspace_id == workspace_id,
            Task.instance_id.in_(running),
            Task.state.in_(("open", "claimed")),
            or_(Task.assignee_id.is_(None), Task.assignee_id != person_id),
        )
        .order_by(Task.queue_at, Task.id)
        .limit(limit)
        .subquery()
    )
    return _lines(session, _described(join(keys, Task, (Task.workspace_id == workspace_id) & (Task.id == keys.c.id))))


def running(session: Session, workspace_id: str) -> Sequence[tuple[str, str]]:
    """The (bundle digest, process key) of everything that runs."""
    statement = (
        select(Instance.bundle_digest, Instance.process_key)
        .where(Instance.workspace_id == workspace_id, Instance.status == ACTIVE)
        .distinct()
    )
    return [(digest, key) for digest, key in session.execute(statement)]


def _described(found: Any) -> Select[Any]:
    """The tasks that are found in a table or a join, with what their lines say, the most urgent first."""
    return (
        select(*COLUMNS)
        .select_from(found)
        .outerjoin(Role, (Role.workspace_id == Task.workspace_id) & (Role.key == Task.role_key))
        .outerjoin(
            Organisation,
            (Organisation.workspace_id == Task.workspace_id) & (Organisation.id == Task.candidate_organisation_id),
        )
        .outerjoin(Person, (Person.workspace_id == Task.workspace_id) & (Person.id == Task.assignee_id))
        .join(Instance, (Instance.workspace_id == Task.workspace_id) & (Instance.id == Task.instance_id))
        .join(Root, began(Task.workspace_id, Task.case_id))
        .join(Case, (Case.workspace_id == Task.workspace_id) & (Case.id == Task.case_id))
        .outerjoin(TargetVersion, made_by(Task))
        .outerjoin(Target, (Target.workspace_id == TargetVersion.workspace_id) & (Target.id == TargetVersion.target_id))
        .outerjoin(
            Incident,
            (Incident.workspace_id == Task.workspace_id)
            & (Incident.case_id == Task.case_id)
            & (Incident.target == Task.id)
            & Incident.resolved_at.is_(None),
        )
        .order_by(Task.queue_at, Task.id)
    )


def _lines(session: Session, statement: Select[Any], given: Mapping[str, Any] | None = None) -> Sequence[Line]:
    found: dict[str, Line] = {}
    for row in session.execute(statement, given):
        found.setdefault(row[0], Line(*row))
    return list(found.values())


Root = aliased(Instance)
"""The instance with which a case began."""

COLUMNS: tuple[Any, ...] = (
    Task.id,
    Task.name,
    Task.activity_id,
    Task.bundle_digest,
    Task.assignee_id,
    Person.name,
    Task.due_at,
    Task.queue_at,
    Task.case_id,
    Task.role_key,
    func.coalesce(Role.label, Task.role_label),
    Organisation.name,
    Instance.process_key,
    Root.bundle_digest,
    Root.process_key,
    Case.business_key,
    Target.key,
    Target.title,
    Target.origin,
    Task.suspended_at,
    TargetVersion.kind,
    Task.about,
    Task.item_index,
    Incident.id.is_not(None),
)
"""The columns of a `Line`, in its order."""


def began(workspace_id: InstrumentedAttribute[str], case_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """The instance with which a case began. For a join with `Root`."""
    return and_(Root.workspace_id == workspace_id, Root.case_id == case_id, Root.parent_id.is_(None))


def made_by(owner: type[Task] | type[Case]) -> ColumnElement[bool]:
    """The version of a target that a case makes: the last, where it makes several. For an outer join."""
    case_id = owner.case_id if owner is Task else owner.id
    last = (
        select(func.max(TargetVersion.id))
        .where(TargetVersion.workspace_id == owner.workspace_id, TargetVersion.case_id == case_id)
        .correlate(owner)
        .scalar_subquery()
    )
    return and_(TargetVersion.workspace_id == owner.workspace_id, TargetVersion.id == last)


def _keys(part: Range, only: Only, behind: bool) -> Select[str, datetime]:
    statement = select(Task.id, Task.queue_at).where(Task.workspace_id == WORKSPACE, part.where)
    if only.case_id is not None:
        statement = statement.where(Task.case_id == only.case_id)
    if only.process is not None:
        runs = select(Instance.id).where(
            Instance.workspace_id == Task.workspace_id,
            Instance.id == Task.instance_id,
            Instance.process_key == only.process,
        )
        statement = statement.where(runs.exists())
    if only.words:
        statement = statement.where(_found(only))
    if behind:
        statement = statement.where(BEHIND)
    return statement.order_by(*part.order).limit(MOST)


def _found(only: Only) -> ColumnElement[bool]:
    """The task's name or its case has one of the words. SQLite folds only a–z, hence several ways to write them."""

    def has(*columns: Any) -> ColumnElement[bool]:
        return or_(*(column.icontains(word, autoescape=True) for column in columns for word in only.words))

    of_case = select(Case.id).where(
        Case.workspace_id == Task.workspace_id, Case.id == Task.case_id, has(Case.business_key)
    )
    of_target = (
        select(TargetVersion.id)
        .join(Target, (Target.workspace_id == TargetVersion.workspace_id) & (Target.id == TargetVersion.target_id))
        .where(
            TargetVersion.workspace_id == Task.workspace_id,
            TargetVersion.case_id == Task.case_id,
            has(Target.title, Target.key),
        )
    )
    ways = [of_case.exists(), of_target.exists()]
    if only.processes:
        of_root = select(Root.id).where(
            began(Task.workspace_id, Task.case_id),
            tuple_(Root.bundle_digest, Root.process_key).in_(sorted(only.processes)),
        )
        ways.append(of_root.exists())
    by_case = and_(or_(*ways), *within(Task.case_id, Sight(None, only.sight.but)))
    if only.activities:
        return or_(has(Task.name), tuple_(Task.bundle_digest, Task.activity_id).in_(sorted(only.activities)), by_case)
    return or_(has(Task.name), by_case)
