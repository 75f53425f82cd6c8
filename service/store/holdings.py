"""The roles that people hold for a time."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.store.tables import Account, Person, RoleHolding


def holding(session: Session, workspace_id: str, holding_id: str) -> RoleHolding | None:
    """One holding, or None."""
    return session.get(RoleHolding, (workspace_id, holding_id))


def every(session: Session, workspace_id: str) -> Sequence[tuple[Person, str | None, RoleHolding | None]]:
    """Every person of a workspace, the name of her account, and each role that she ever held, by name and time."""
    statement = (
        select(Person, Account.subject, RoleHolding)
        .outerjoin(Account, Account.id == Person.account_id)
        .outerjoin(
            RoleHolding, (RoleHolding.workspace_id == Person.workspace_id) & (RoleHolding.person_id == Person.id)
        )
        .where(Person.workspace_id == workspace_id)
        .order_by(Person.name, Person.id, RoleHolding.valid_from, RoleHolding.id)
    )
    return [(person, account, held) for person, account, held in session.execute(statement)]
