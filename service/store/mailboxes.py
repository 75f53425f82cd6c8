"""Mailboxes: who wants mail, where and when."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from service.store.tables import Mailbox, Representative, RoleHolding


def mailbox(session: Session, workspace_id: str, person_id: str) -> Mailbox | None:
    """A person's, or None."""
    return session.get(Mailbox, (workspace_id, person_id))


def at_once(
    session: Session, workspace_id: str, roles: Collection[str], person_ids: Collection[str], now: datetime
) -> Sequence[Any]:
    """Who wants mail at once and is one of `person_ids` or holds one of `roles` at `now`, by one statement.

    A row (person_id, role_key, case_id, organisation_id) for each role among those and each organisation that she acts
    for.
    """
    return _reached(session, workspace_id, roles, person_ids, now, Mailbox.wish == "at-once")


def of_role(session: Session, workspace_id: str, role_key: str, case_id: str, now: datetime) -> Collection[str]:
    """The people with a mailbox who hold a role at `now`, in the workspace or in that case."""
    rows = _reached(session, workspace_id, [role_key], (), now)
    return {row.person_id for row in rows if row.case_id in (None, case_id)}


def of_organisation(session: Session, workspace_id: str, organisation_id: str, now: datetime) -> Collection[str]:
    """The people with a mailbox who act for an organisation at `now`."""
    statement = select(Mailbox.person_id).join(
        Representative,
        and_(
            Representative.workspace_id == Mailbox.workspace_id,
            Representative.person_id == Mailbox.person_id,
            Representative.organisation_id == organisation_id,
            *_now(Representative.valid_from, Representative.valid_to, now),
        ),
    )
    return set(session.scalars(statement.where(Mailbox.workspace_id == workspace_id)))


def untold(session: Session, workspace_id: str, due: datetime, limit: int) -> Sequence[tuple[str, datetime | None]]:
    """The (person id, told until) of who wants mail daily and has had none since `due`."""
    statement = select(Mailbox.person_id, Mailbox.told_until).where(*_untold(workspace_id, due))
    return [(person, until) for person, until in session.execute(statement.order_by(Mailbox.person_id).limit(limit))]


def tell(session: Session, workspace_id: str, person_ids: Collection[str], due: datetime, now: datetime) -> int:
    """Note that those of them who have had no daily mail since `due` have it now; gives how many they were."""
    statement = update(Mailbox).where(*_untold(workspace_id, due), Mailbox.person_id.in_(person_ids))
    done = session.execute(statement.values(told_until=now), execution_options={"synchronize_session": False})
    return int(done.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result is a cursor's


def _untold(workspace_id: str, due: datetime) -> list[Any]:
    before = or_(Mailbox.told_until.is_(None), Mailbox.told_until < due)
    return [Mailbox.workspace_id == workspace_id, Mailbox.wish == "daily", before]


def _reached(
    session: Session,
    workspace_id: str,
    roles: Collection[str],
    person_ids: Collection[str],
    now: datetime,
    *wanted: Any,
) -> Sequence[Any]:
    statement = (
        select(Mailbox.person_id, RoleHolding.role_key, RoleHolding.case_id, Representative.organisation_id)
        .outerjoin(
            RoleHolding,
            and_(
                RoleHolding.workspace_id == Mailbox.workspace_id,
                RoleHolding.person_id == Mailbox.person_id,
                RoleHolding.role_key.in_(sorted(roles)),
                *_now(RoleHolding.valid_from, RoleHolding.valid_to, now),
            ),
        )
        .outerjoin(
            Representative,
            and_(
                Representative.workspace_id == Mailbox.workspace_id,
                Representative.person_id == Mailbox.person_id,
                *_now(Representative.valid_from, Representative.valid_to, now),
            ),
        )
        .where(Mailbox.workspace_id == workspace_id, *wanted)
        .where(or_(RoleHolding.role_key.is_not(None), Mailbox.person_id.in_(sorted(person_ids))))
        .order_by(Mailbox.person_id)
    )
    return session.execute(statement).all()


def _now(
    begins: InstrumentedAttribute[datetime], ends: InstrumentedAttribute[datetime | None], now: datetime
) -> list[Any]:
    return [begins <= now, or_(ends.is_(None), ends > now)]
