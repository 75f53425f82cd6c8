"""What only a demonstration has: being somebody else without a password, and a clock that one moves forward."""

from datetime import date, datetime
from urllib.parse import urlsplit

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from service.domain import clock
from service.domain.actors import Actor
from service.domain.clock_errors import DeadlineMoved
from service.domain.errors import NoDemonstration
from service.identity import clockwork, current_actor, local, ports, sign_in
from service.queries import calendars, personas, workspaces
from service.queries import clock as queries
from service.queries.personas import Persona
from service.web import formats, roles
from service.web.i18n import gettext, language
from service.web.said import words
from service.web.shell import Demo, Onward

blueprint = Blueprint("demo", __name__)


@blueprint.post("/<workspace>/demo/persona")
def be(workspace: str) -> ResponseReturnValue:
    """Be the persona of that name from now on, and see what waits for her: or the page that was asked for at first.

    One of another workspace is named behind its key and a stroke, and leads there.
    """
    place, _, name = request.form.get("persona", "").rpartition("/")
    sign_in.as_persona(place or workspace, name)
    home = f"/{place or workspace}/"
    onward = local(request.form.get("next", "")) or ""
    return redirect(onward if onward.startswith(home) else home, 303)


@blueprint.post("/<workspace>/demo/clock")
def move(workspace: str) -> ResponseReturnValue:
    """Move the clock forward, to the workspace's next deadline, to a day or by so many steps; what came due has happened then.

    Raises `DeadlineMoved` where the next deadline is not the one that the page promised (`until`).
    """
    actor, by, now = current_actor(), request.form.get("by", ""), ports().now()
    if by == "deadline":
        halt = queries.next_halt(workspace, now)
        _keep_promise(halt)
        moment = halt or now
    elif by == "date":
        moment = clock.moved_to(
            now, request.form.get("day", type=date.fromisoformat) or now.date(), calendars.of(workspace)
        )
    elif by in clock.STEPS:
        count = request.form.get("count", 1, type=int)
        moment = clock.moved(now, by, count, calendars.of(workspace))  # type: ignore[arg-type]  # one of STEPS
    else:
        raise NoDemonstration
    clockwork.forward(actor, moment)
    return redirect(_back() or f"/{workspace}/", 303)


def _keep_promise(halt: datetime | None) -> None:
    """The page said to the second where its button leads: nowhere else does it go."""
    promised = request.form.get("until", type=datetime.fromisoformat)
    if promised is None or promised.tzinfo is None:
        return
    if halt is None or halt.replace(microsecond=0) != promised:
        raise DeadlineMoved(promised=promised, next=halt)


def banner(actor: Actor) -> Demo | None:
    """What stands above the page that the actor is on; None outside a demonstration."""
    if not ports().demo:
        return None
    now, workspace = ports().now(), actor.workspace_id
    there = {key: personas.of(key, now) for key in workspaces.names()}
    return Demo(
        now=now,
        clock_action=url_for("demo.move", workspace=workspace),
        next=queries.next_halt(workspace, now),
        persona_action=url_for("demo.be", workspace=workspace),
        personas={
            name: tuple((it.name if key == workspace else f"{key}/{it.name}", told(it, key)) for it in there[key])
            for key, name in workspaces.names().items()
            if there[key]
        },
        persona=next((it.name for it in there[workspace] if it.account_id == actor.account_id), ""),
        onward=_onward(actor),
    )


def _onward(actor: Actor) -> Onward | None:
    """What waits for somebody else in the case at hand: that of the task just done, else that of the page."""
    view = request.view_args or {}
    task_id = request.args.get("done") or view.get("task_id") or request.args.get("task")
    found = personas.next_in_case(actor, language(), ports().now(), task_id=task_id, case_id=view.get("case_id"))
    if found is None:
        return None
    href = url_for("tasks.page", workspace=actor.workspace_id, task_id=found.task_id)
    return Onward(words(found.title), href, found.persona.name, told(found.persona, actor.workspace_id, brief=True))


def notice() -> Demo | None:
    """What stands above a page that belongs to no workspace."""
    return Demo(now=ports().now(), clock_action="") if ports().demo else None


def offered() -> list[tuple[str, str, list[tuple[str, str]], str | None]]:
    """Whom a visitor of a demonstration may be: address, the workspace's name, the personas there, and the one for whom
    work waits. Else nobody."""
    if not ports().demo:
        return []
    now = ports().now()
    there = [(key, name, personas.of(key, now)) for key, name in workspaces.names().items()]
    return [
        (
            url_for("demo.be", workspace=key),
            name,
            [(it.name, told(it, key)) for it in found],
            personas.awaited(key, now),
        )
        for key, name, found in there
        if found
    ]


def told(persona: Persona, workspace: str, *, brief: bool = False) -> str:
    """A persona of a workspace as she is offered: her roles (`brief`: the one that names her), her organisation, her name."""
    others = () if brief else persona.others
    held = [roles.text(it, workspace) for it in (persona.role, *others) if it]
    role = formats.listing(held) or gettext("Without a role")
    place = f"{role}, {persona.organisation}" if persona.organisation else role
    return f"{place}: {persona.full_name}"


def _back() -> str | None:
    """The page whose form was sent, where the browser says so."""
    sender = urlsplit(request.referrer or "")
    return local(sender._replace(scheme="", netloc="").geturl()) if sender.netloc == request.host else None
