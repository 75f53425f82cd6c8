"""Cases that are over, with the bundle that says how long they are kept."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from service.domain.cases import Sight
from service.store.sight import within
from service.store.tables import Case, Disclosure, Document, Instance


def over(session: Session, workspace_id: str, sight: Sight, before: datetime) -> Sequence[tuple[Case, str | None]]:
    """The cases in sight that ended before that moment and were not handed over, each with the bundle of its root: the one
    that ended first comes first."""
    root = (Instance.workspace_id == Case.workspace_id) & (Instance.case_id == Case.id) & Instance.parent_id.is_(None)
    statement = (
        select(Case, Instance.bundle_digest)
        .outerjoin(Instance, root)
        .where(Case.workspace_id == workspace_id, Case.closed_at < before, Case.handed_over_at.is_(None))
        .where(*within(Case.id, sight))
        .order_by(Case.closed_at, Case.id, Instance.number)
    )
    found: dict[str, tuple[Case, str | None]] = {}
    for case, digest in session.execute(statement):
        found.setdefault(case.id, (case, digest))
    return list(found.values())


def holding(session: Session, workspace_id: str, case_ids: Collection[str]) -> set[str]:
    """Those of the cases in which there is still something that can be erased."""
    sealed = exists().where(Disclosure.workspace_id == Case.workspace_id, Disclosure.case_id == Case.id)
    papers = exists().where(Document.workspace_id == Case.workspace_id, Document.case_id == Case.id)
    statement = select(Case.id).where(Case.workspace_id == workspace_id, Case.id.in_(case_ids), sealed | papers)
    return set(session.scalars(statement)) if case_ids else set()


def root_of(session: Session, workspace_id: str, case_id: str) -> str | None:
    """The bundle with which a case began."""
    statement = select(Instance.bundle_digest).where(
        Instance.workspace_id == workspace_id, Instance.case_id == case_id, Instance.parent_id.is_(None)
    )
    return session.scalar(statement.order_by(Instance.number).limit(1))
