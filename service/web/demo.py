"""What only a demonstration has: being somebody else without a password, and a clock that one moves forward."""

from datetime import date, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from service.domain import clock
from service.domain.actors import Actor
from service.domain.clock_errors import ClockRefused, DeadlineMoved
from service.domain.errors import NoDemonstration
from service.identity import clockwork, current_actor, local, ports, sign_in
from service.queries import calendars, personas, workspaces
from service.queries import clock as queries
from service.queries.personas import Persona
from service.web import formats, refusals, roles
from service.web.i18n import gettext, language
from service.web.said import words
from service.web.shell import Demo, Onward

blueprint = Blueprint("demo", __name__)
REFUSED, BEYOND = "clock", "beyond"
"""The part of an address that says what the clock has refused there: the deadline that was promised, or that it ends."""


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

    The page that it was moved on is shown anew; what the clock refuses stands there, beside the button as it is now.
    """
    actor = current_actor()
    try:
        clockwork.forward(actor, _asked(workspace, ports().now()))
    except DeadlineMoved:
        return redirect(_back(workspace, request.form["until"]), 303)
    except ClockRefused:
        return redirect(_back(workspace, BEYOND), 303)
    return redirect(_back(workspace), 303)


def _asked(workspace: str, now: datetime) -> datetime:
    """The moment to which the clock is to go. Raises `ClockRefused`, and `DeadlineMoved` where the next deadline is not the
    one that the page promised (`until`)."""
    by = request.form.get("by", "")
    if by == "deadline":
        halt = queries.next_halt(workspace, now)
        _keep_promise(_promise(request.form), halt)
        return halt or now
    days = calendars.of(workspace)
    if by == "date":
        return clock.moved_to(now, request.form.get("day", type=date.fromisoformat) or now.date(), days)
    if by in clock.STEPS:
        count = request.form.get("count", 1, type=int)
        return clock.moved(now, by, count, days)  # type: ignore[arg-type]  # one of STEPS
    raise NoDemonstration


def _promise(said: MultiDict[str, str], name: str = "until") -> datetime | None:
    promised = said.get(name, type=datetime.fromisoformat)
    return promised if promised and promised.tzinfo else None


def _keep_promise(promised: datetime | None, halt: datetime | None) -> None:
    """The page said to the second where its button leads: nowhere else does it go."""
    if promised and (halt is None or halt.replace(microsecond=0) != promised):
        raise DeadlineMoved(promised=promised, next=halt)


def _refused(workspace: str, halt: datetime | None) -> str:
    """What the clock has refused on this page, as long as it is so."""
    try:
        _keep_promise(_promise(request.args, REFUSED), halt)
        if request.args.get(REFUSED) == BEYOND:
            raise ClockRefused(most=clock.MOST, last=calendars.of(workspace).last)
    except (ClockRefused, DeadlineMoved) as error:
        refusal = refusals.told(error, kept=False)
        return f"{refusal.what} {refusal.todo}"
    return ""


def banner(actor: Actor) -> Demo | None:
    """What stands above the page that the actor is on; None outside a demonstration."""
    if not ports().demo:
        return None
    now, workspace = ports().now(), actor.workspace_id
    there = {key: personas.of(key, now) for key in workspaces.names()}
    halt = queries.next_halt(workspace, now)
    return Demo(
        now=now,
        clock_action=url_for("demo.move", workspace=workspace),
        next=halt,
        refused=_refused(workspace, halt),
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


def _back(workspace: str, refused: str = "") -> str:
    """The page whose form was sent, where the browser says so and it can be asked for; else the inbox. It is told what was
    refused, and no longer what was refused before."""
    sender = urlsplit(request.referrer or "")
    pages = current_app.create_url_adapter(request)
    if sender.netloc != request.host or pages is None or not pages.test(sender.path, "GET"):
        sender = urlsplit(url_for("inbox.page", workspace=workspace))
    asked = [it for it in parse_qsl(sender.query, keep_blank_values=True) if it[0] != REFUSED]
    query = urlencode([*asked, (REFUSED, refused)] if refused else asked)
    page = sender._replace(scheme="", netloc="", query=query, fragment="").geturl()
    return local(page) or f"/{workspace}/"
