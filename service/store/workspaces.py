"""Workspaces."""

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service.store.tables import Person, Role, Workspace


def names(session: Session) -> dict[str, str]:
    """The name of every workspace, by its key."""
    rows = session.execute(select(Workspace.id, Workspace.name).order_by(Workspace.id))
    return {key: name for key, name in rows}


def languages(session: Session) -> dict[str, str]:
    """The language of every workspace, by its key."""
    rows = session.execute(select(Workspace.id, Workspace.language).order_by(Workspace.id))
    return {key: language for key, language in rows}


def workspace(session: Session, workspace_id: str) -> Workspace | None:
    """A workspace, for reading."""
    return session.get(Workspace, workspace_id)


def around(
    session: Session, workspace_id: str, roles: Collection[str], account_id: str | None
) -> tuple[Workspace, Sequence[str], dict[str, str], str | None] | None:
    """A workspace, the labels of those of its roles, the name by key of every one that an account has a part in, and the
    language that the account's person there has set for herself.

    By one statement; None when there is no such workspace.
    """
    mine = (Role.workspace_id == Workspace.id) & (Workspace.id == workspace_id) & Role.key.in_(sorted(roles))
    parts = select(Person.id).where(Person.workspace_id == Workspace.id, Person.account_id == (account_id or ""))
    statement = (
        select(Workspace, Role.label, parts.exists(), parts.with_only_columns(Person.language).scalar_subquery())
        .outerjoin(Role, mine)
        .where(or_(Workspace.id == workspace_id, parts.exists()))
        .order_by(Workspace.name, Role.label)
    )
    rows = session.execute(statement).all()
    here = next(((workspace, wished) for workspace, _, _, wished in rows if workspace.id == workspace_id), None)
    if here is None:
        return None
    labels = [label for _, label, _, _ in rows if label is not None]
    return here[0], labels, {workspace.id: workspace.name for workspace, _, part, _ in rows if part}, here[1]


def country(session: Session, workspace_id: str) -> str:
    """The country of a workspace that there is."""
    return session.scalars(select(Workspace.country).where(Workspace.id == workspace_id)).one()
