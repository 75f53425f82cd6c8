"""Whoever asks for a page of a workspace: she belongs there, and the page is in her language and its frame."""

from collections.abc import Sequence

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from service.domain.actors import Actor
from service.domain.errors import WorkspaceNotFound
from service.domain.settings import known as known_settings
from service.identity import current_actor
from service.queries import workspaces
from service.queries.workspaces import Home
from service.watching import background
from service.web import components, demo, formats, reader, roles
from service.web.i18n import gettext, ngettext
from service.web.shell import Link, Shell, Who

blueprint = Blueprint("visits", __name__)
WITHIN = {
    "decided": ("cases",),
    "decisions": ("processes",),
    "figures": ("processes",),
    "log": ("operations",),
    "history": ("operations", "log"),
    "erasures": ("operations",),
    "closing": ("cases",),
    "kept": ("operations",),
}
"""Pages that are reached from another place, and belong to it: the log so for who administers, not for an auditor."""

MOST_ROLES = 2
"""Roles that the head of a page names; of more it says how many, for whichever it named would be the wrong one elsewhere."""


def visitor(workspace: str) -> Actor:
    """Who is on this page of that workspace. Raises `WorkspaceNotFound` where it is not hers: to her it is not there."""
    actor = current_actor()
    if actor.workspace_id != workspace:
        raise WorkspaceNotFound(key=workspace)
    home = workspaces.home(actor)
    reader.at_home(home)
    roles.at_home(workspace, home.language)
    components.frame(_shell(actor, home))
    return actor


@blueprint.get("/<workspace>/", strict_slashes=False)
def home(workspace: str) -> ResponseReturnValue:
    """The first place of a workspace. Which workspaces there are is no secret: another name is nothing at all."""
    if workspace not in workspaces.names():
        raise WorkspaceNotFound(key=workspace)
    return redirect(places(visitor(workspace).workspace_id)[0].href, 303)


def places(workspace: str, administers: bool = False, mends: bool = False, audits: bool = False) -> tuple[Link, ...]:
    """Where one can go from every page of a workspace: a partnership has targets, a municipality an action plan."""
    known = [
        ("inbox.page", gettext("Inbox"), "i"),
        ("cases.page", gettext("Cases"), "s"),
        *([("targets.listed", gettext("Procurement targets"), "t")] if has(workspace, "target.prefix") else []),
        *([("measures.listed", gettext("Action plan"), "h")] if has(workspace, "lill.plan_month") else []),
        ("processes.listed", gettext("Processes"), "p"),
        *([("incidents.listed", gettext("Stopped cases"), "")] if mends else []),
        *([("people.page", gettext("People"), ""), ("outbox.page", gettext("Outbox"), "")] if administers else []),
        *([("operations.page", gettext("Operations"), "")] if administers else []),
        *(
            [("log.page", gettext("Log"), ""), ("erasures.page", gettext("Erasures"), "")]
            if audits and not administers
            else []
        ),
    ]
    here = (request.endpoint or "").partition(".")[0]
    around = {here, *WITHIN.get(here, ())}
    return tuple(
        Link(name, url_for(endpoint, workspace=workspace), endpoint.partition(".")[0] in around, key)
        for endpoint, name, key in known
        if endpoint in current_app.view_functions
    )


def has(workspace: str, setting: str) -> bool:
    """Whether a workspace has that setting, and so the part of the work that it rules."""
    return setting in known_settings(workspace)


def _shell(actor: Actor, home: Home) -> Shell:
    others = home.workspaces.items()
    return Shell(
        home=f"/{actor.workspace_id}/",
        workspace=home.name,
        workspaces=tuple(Link(name, f"/{key}/", current=key == actor.workspace_id) for key, name in others),
        nav=places(actor.workspace_id, actor.administers, actor.owns_processes, actor.audits),
        who=Who(
            actor.name or gettext("Administrator"),
            _roles([roles.text(it) for it in home.roles]),
            sign_out=url_for("sign_in.leave"),
            profile=url_for("mailbox.page", workspace=actor.workspace_id) if actor.person_id else None,
        ),
        demo=demo.banner(actor),
        stands_still=actor.administers and background.stands_still(),
    )


def _roles(labels: Sequence[str]) -> str:
    """Her roles in one line, or how many she has."""
    if len(labels) <= MOST_ROLES:
        return formats.listing(labels)
    return ngettext("%(num)s role", "%(num)s roles", len(labels))
