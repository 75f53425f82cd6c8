"""Who could do a task at all: whether anybody holds its role, for the organisation that it is for."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from service.store.tables import Organisation, Representative, Role, RoleHolding, Task


def organisations_with(session: Session, workspace_id: str, role_key: str, now: datetime) -> set[str]:
    """The ids of the organisations that somebody acts for at `now` who holds that role in the whole workspace."""
    statement = (
        select(Representative.organisation_id)
        .join(
            RoleHolding,
            and_(
                RoleHolding.workspace_id == Representative.workspace_id,
                RoleHolding.person_id == Representative.person_id,
            ),
        )
        .where(
            Representative.workspace_id == workspace_id,
            RoleHolding.role_key == role_key,
            RoleHolding.case_id.is_(None),
            _now(Representative, now),
            _now(RoleHolding, now),
        )
    )
    return set(session.scalars(statement))


def for_nobody(
    session: Session, workspace_id: str, now: datetime, *, case_id: str | None = None, limit: int = 100
) -> Sequence[tuple[Task, str | None, str | None]]:
    """The free tasks of a workspace, or of one case, that no person may take at `now`: each with what its role and its
    organisation are called, the most urgent first."""
    acts = (
        select(Representative.id)
        .where(
            Representative.workspace_id == Task.workspace_id,
            Representative.person_id == RoleHolding.person_id,
            Representative.organisation_id == Task.candidate_organisation_id,
            _now(Representative, now),
        )
        .correlate(Task, RoleHolding)
    )  # of this very task: else whoever acts for the organisation of any task would do
    held = select(RoleHolding.id).where(
        RoleHolding.workspace_id == Task.workspace_id,
        RoleHolding.role_key == Task.role_key,
        or_(RoleHolding.case_id.is_(None), RoleHolding.case_id == Task.case_id),
        _now(RoleHolding, now),
        or_(Task.candidate_organisation_id.is_(None), acts.exists()),
    )
    statement = (
        select(Task, func.coalesce(Role.label, Task.role_label), Organisation.name)
        .outerjoin(Role, and_(Role.workspace_id == Task.workspace_id, Role.key == Task.role_key))
        .outerjoin(
            Organisation,
            and_(Organisation.workspace_id == Task.workspace_id, Organisation.id == Task.candidate_organisation_id),
        )
        .where(
            Task.workspace_id == workspace_id,
            Task.state == "open",
            Task.candidate_person_id.is_(None),
            ~held.exists(),
        )
        .order_by(Task.queue_at, Task.id)
        .limit(limit)
    )
    if case_id is not None:
        statement = statement.where(Task.case_id == case_id)
    return [(task, role, organisation) for task, role, organisation in session.execute(statement)]


def _now(held: type[RoleHolding] | type[Representative], now: datetime) -> ColumnElement[bool]:
    return and_(held.valid_from <= now, or_(held.valid_to.is_(None), held.valid_to > now))
