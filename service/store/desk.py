"""A task with all that its page shows of it, by one statement."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.store.inbox import Root, began, made_by
from service.store.tables import (
    Case,
    Document,
    Draft,
    Instance,
    Organisation,
    Person,
    Role,
    Target,
    TargetVersion,
    Task,
)


@dataclass(frozen=True, slots=True)
class Desk:
    """A task, the instance and the case it belongs to, and what their rows name.

    `root` is the instance with which the case began, `kind` is that of the version of the target that the
    case makes, `papers` are the case's documents.
    """

    task: Task
    instance: Instance
    root: Instance
    case: Case
    role: str | None
    organisation: str | None
    assignee: str | None
    draft: Draft | None
    target: Target | None
    kind: str | None
    papers: Sequence[Document]


def desk(session: Session, workspace_id: str, task_id: str, person_id: str) -> Desk | None:
    """The task with that id, as the person sees it; None: there is no such task."""
    statement = (
        select(
            Task,
            Instance,
            Root,
            Case,
            func.coalesce(Role.label, Task.role_label),
            Organisation.name,
            Person.name,
            Draft,
            Target,
            TargetVersion.kind,
            Document,
        )
        .join(Instance, (Instance.workspace_id == Task.workspace_id) & (Instance.id == Task.instance_id))
        .join(Root, began(Task.workspace_id, Task.case_id))
        .join(Case, (Case.workspace_id == Task.workspace_id) & (Case.id == Task.case_id))
        .outerjoin(Role, (Role.workspace_id == Task.workspace_id) & (Role.key == Task.role_key))
        .outerjoin(
            Organisation,
            (Organisation.workspace_id == Task.workspace_id) & (Organisation.id == Task.candidate_organisation_id),
        )
        .outerjoin(Person, (Person.workspace_id == Task.workspace_id) & (Person.id == Task.assignee_id))
        .outerjoin(
            Draft,
            (Draft.workspace_id == Task.workspace_id) & (Draft.task_id == Task.id) & (Draft.person_id == person_id),
        )
        .outerjoin(TargetVersion, made_by(Task))
        .outerjoin(Target, (Target.workspace_id == TargetVersion.workspace_id) & (Target.id == TargetVersion.target_id))
        .outerjoin(Document, (Document.workspace_id == Task.workspace_id) & (Document.case_id == Task.case_id))
        .where(Task.workspace_id == workspace_id, Task.id == task_id)
        .order_by(Document.added_at, Document.id)
    )
    rows = session.execute(statement).all()
    if not rows:
        return None
    task, instance, root, case, role, organisation, assignee, draft, target, kind, _ = rows[0]
    papers: list[Document] = [row.Document for row in rows if row.Document is not None]
    return Desk(task, instance, root, case, role, organisation, assignee, draft, target, kind, papers)
