"""The workspaces of the service."""

from service.store import workspaces
from service.store.db import reading


def names() -> dict[str, str]:
    """The name of every workspace, by its key."""
    with reading() as session:
        return workspaces.names(session)
