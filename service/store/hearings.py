"""Hearings and responses."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.store.tables import Hearing, HearingResponse


def hearing(session: Session, workspace_id: str, hearing_id: str) -> Hearing | None:
    """One hearing, or None."""
    return session.get(Hearing, (workspace_id, hearing_id))


def open_one(session: Session, workspace_id: str, case_id: str, kind: str) -> Hearing | None:
    """The hearing of a kind that takes answers in a case, the newest where there are several."""
    statement = select(Hearing).where(
        Hearing.workspace_id == workspace_id,
        Hearing.case_id == case_id,
        Hearing.kind == kind,
        Hearing.closed_at.is_(None),
    )
    return session.scalar(statement.order_by(Hearing.ordinal.desc()).limit(1))


def of_version(session: Session, workspace_id: str, version_id: str) -> Sequence[Hearing]:
    """The hearings on a version of a target, the oldest first."""
    statement = select(Hearing).where(Hearing.workspace_id == workspace_id, Hearing.version_id == version_id)
    return session.scalars(statement.order_by(Hearing.ordinal)).all()


def of_case(session: Session, workspace_id: str, case_id: str) -> Sequence[Hearing]:
    """The hearings of a case, the oldest first."""
    statement = select(Hearing).where(Hearing.workspace_id == workspace_id, Hearing.case_id == case_id)
    return session.scalars(statement.order_by(Hearing.ordinal)).all()


def responses(session: Session, workspace_id: str, hearing_id: str) -> Sequence[HearingResponse]:
    """The responses to a hearing, in the order in which they came."""
    statement = select(HearingResponse).where(
        HearingResponse.workspace_id == workspace_id, HearingResponse.hearing_id == hearing_id
    )
    return session.scalars(statement.order_by(HearingResponse.ordinal)).all()


def respondents(session: Session, workspace_id: str, case_id: str) -> dict[str, str]:
    """Whose answer each task of a case's hearings gave or wrote down, by the task's id: as the hearing calls them."""
    statement = (
        select(HearingResponse.task_id, HearingResponse.organisation_id, HearingResponse.respondent, Hearing.invited)
        .join(
            Hearing,
            (Hearing.workspace_id == HearingResponse.workspace_id) & (Hearing.id == HearingResponse.hearing_id),
        )
        .where(Hearing.workspace_id == workspace_id, Hearing.case_id == case_id, HearingResponse.task_id.is_not(None))
    )
    found: dict[str, str] = {}
    for task_id, organisation_id, respondent, invited in session.execute(statement):
        called = {it["organisation"]: it["name"] for it in invited}
        name = called.get(organisation_id, respondent)
        if task_id is not None and name is not None:
            found[task_id] = name
    return found
