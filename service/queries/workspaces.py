"""The workspaces of the service."""

from dataclasses import dataclass

from service.domain.actors import Actor
from service.domain.errors import WorkspaceNotFound
from service.store import workspaces
from service.store.db import reading


@dataclass(frozen=True, slots=True)
class Home:
    """A workspace as somebody in it sees it: name, language (tag), time zone (IANA), her roles there as the body calls
    them, and all the workspaces that she may change to, name by key."""

    name: str
    language: str
    zone: str
    roles: tuple[str, ...]
    workspaces: dict[str, str]


def names() -> dict[str, str]:
    """The name of every workspace, by its key."""
    with reading() as session:
        return workspaces.names(session)


def languages() -> dict[str, str]:
    """The tag of the language of every workspace, by its key."""
    with reading() as session:
        return workspaces.languages(session)


def home(actor: Actor) -> Home:
    """The actor's workspace as she sees it. Raises `WorkspaceNotFound`."""
    with reading() as session:
        found = workspaces.around(session, actor.workspace_id, actor.roles, actor.account_id)
        if found is None:
            raise WorkspaceNotFound(key=actor.workspace_id)
        workspace, roles, others = found
        return Home(workspace.name, workspace.language, workspace.time_zone, tuple(roles), others)
