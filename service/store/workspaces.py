"""Workspaces."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.store.tables import Workspace


def names(session: Session) -> dict[str, str]:
    """The name of every workspace, by its key."""
    rows = session.execute(select(Workspace.id, Workspace.name).order_by(Workspace.id))
    return {key: name for key, name in rows}
