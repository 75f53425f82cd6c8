"""Whoever asks for a page of a workspace: she belongs there, and the page is in her language and its frame."""

from flask import url_for

from service.domain.actors import Actor
from service.domain.errors import WorkspaceNotFound
from service.identity import current_actor
from service.queries import workspaces
from service.web import components, reader
from service.web.i18n import gettext
from service.web.shell import Link, Shell


def visitor(workspace: str) -> Actor:
    """Who is on this page of that workspace. Raises `WorkspaceNotFound` where it is not hers: to her it is not there."""
    actor = current_actor()
    if actor.workspace_id != workspace:
        raise WorkspaceNotFound(key=workspace)
    name, language, zone = workspaces.home(workspace)
    reader.at_home(language, zone)
    processes = Link(gettext("Processes"), url_for("processes.listed", workspace=workspace), current=True)
    components.frame(Shell(home="/", workspace=name, nav=(processes,)))
    return actor
