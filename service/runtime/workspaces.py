"""The workspace that a command works in, as the owner of its stream."""

from service.domain.errors import WorkspaceNotFound
from service.runtime.command import Work
from service.store import journal
from service.store.tables import Workspace


def owner(work: Work) -> Workspace:
    """The workspace, locked until the command ends. Raises `WorkspaceNotFound`."""
    workspace = journal.of_workspace(work.session, work.workspace_id)
    if workspace is None:
        raise WorkspaceNotFound(key=work.workspace_id)
    return workspace
