"""The workspaces of the service."""

from dataclasses import dataclass

from service.domain.actors import Actor
from service.domain.errors import WorkspaceNotFound
from service.domain.settings import FIRST
from service.store import workspaces
from service.store.db import reading


@dataclass(frozen=True, slots=True)
class Home:
    """A workspace as somebody in it sees it: name, language (tag), time zone (IANA), her roles there as the body calls
    them, and all the workspaces that she may change to, name by key. `own` is the language of her pages and her mail
    there, where she has set one."""

    name: str
    language: str
    zone: str
    roles: tuple[str, ...]
    workspaces: dict[str, str]
    own: str | None = None


def names() -> dict[str, str]:
    """The name of every workspace, by its key: in the order in which they were made."""
    with reading() as session:
        return _ordered(workspaces.names(session))


def languages() -> dict[str, str]:
    """The tag of the language of every workspace, by its key: in the order in which they were made."""
    with reading() as session:
        return _ordered(workspaces.languages(session))


def home(actor: Actor) -> Home:
    """The actor's workspace as she sees it. Raises `WorkspaceNotFound`."""
    with reading() as session:
        found = workspaces.around(session, actor.workspace_id, actor.roles, actor.account_id)
        if found is None:
            raise WorkspaceNotFound(key=actor.workspace_id)
        workspace, roles, others, own = found
        return Home(workspace.name, workspace.language, workspace.time_zone, tuple(roles), _ordered(others), own)


def _ordered(found: dict[str, str]) -> dict[str, str]:
    """Those that an installation begins with, then others by key."""
    order = {key: place for place, key in enumerate(FIRST)}
    return dict(sorted(found.items(), key=lambda it: (order.get(it[0], len(order)), it[0])))
