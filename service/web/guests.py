"""Whoever reads a public page of a workspace: somebody who belongs there, in her own frame, or anybody at all."""

from flask import request, url_for

from service.domain.actors import Actor
from service.domain.errors import NotSignedIn, WorkspaceNotFound
from service.identity import signed_in
from service.queries import workspaces
from service.web import components, demo, reader
from service.web.i18n import gettext
from service.web.shell import Link, Shell
from service.web.visits import visitor


def guest(workspace: str) -> Actor | None:
    """Who is on this public page: None for a stranger. Raises `WorkspaceNotFound` where there is no such workspace."""
    try:
        return visitor(workspace)
    except (NotSignedIn, WorkspaceNotFound):
        home = workspaces.home(Actor(workspace_id=workspace, auth="visitor"))
    reader.at_home(home)
    nav = (Link(gettext("Procurement targets"), url_for("targets.listed", workspace=workspace), current=True),)
    ask = None if signed_in() else url_for("sign_in.ask", next=request.path)
    components.frame(Shell(home="/", workspace=home.name, nav=nav, sign_in=ask, demo=demo.notice()))
    return None
