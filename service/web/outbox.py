"""For the administrator: what could not be sent, and who outside is told of what happens."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.commands import outbox as commands
from service.commands import webhooks as hooks
from service.domain.errors import Refused
from service.domain.events import EVENTS
from service.domain.outbox import DISCARDS
from service.domain.outgoing_errors import AddressRefused, MessageNotFound
from service.identity import call, ports
from service.queries import outbox as queries
from service.queries import webhooks
from service.web import undelivered
from service.web.fields import Problem
from service.web.i18n import gettext
from service.web.visits import visitor

blueprint = Blueprint("outbox", __name__)


@blueprint.get("/<workspace>/outbox")
def page(workspace: str) -> str:
    """What could not be sent, what waits and why, and how much was sent."""
    return _page(workspace)


@blueprint.post("/<workspace>/outbox/now")
def now(workspace: str) -> ResponseReturnValue:
    """Try at once what waits for one receiver."""
    _administrator(workspace)
    try:
        commands.try_now(call(), request.form.get("receiver", ""))
    except MessageNotFound:
        return redirect(url_for(".page", workspace=workspace, kept="gone"), 303)
    return redirect(url_for(".page", workspace=workspace, kept="again"), 303)


@blueprint.post("/<workspace>/outbox")
def help_(workspace: str) -> ResponseReturnValue:
    """Send again, or discard with a reason: one message, or all that could not be sent."""
    _administrator(workspace)
    chosen, reason = request.form.get("message", ""), request.form.get("reason", "")
    try:
        if request.form.get("do") != "discard":
            commands.send_again(call(), [chosen] if chosen else None)
            return redirect(url_for(".page", workspace=workspace, kept="again"), 303)
        commands.discard(call(), [chosen], reason)
    except MessageNotFound:
        said = gettext("Somebody else has helped this message meanwhile.")
        return _page(workspace, [Problem(said, "outbox")]), 409
    except Refused:
        return _page(workspace, [Problem(gettext("Reason: choose one."), f"reason-{chosen}")], chosen), 422
    return redirect(url_for(".page", workspace=workspace, kept="discarded"), 303)


@blueprint.get("/<workspace>/webhooks")
def receivers(workspace: str) -> str:
    """Who is told of what."""
    return _receivers(workspace, {})


@blueprint.post("/<workspace>/webhooks")
def add(workspace: str) -> ResponseReturnValue:
    """Tell one more. The page that answers shows the secret, this once."""
    _administrator(workspace)
    url, kinds = request.form.get("url", "").strip(), request.form.getlist("kinds")
    form = {"url": url, "kinds": kinds}
    try:
        added = hooks.add(call(), url, kinds)
    except AddressRefused as error:
        return _receivers(workspace, form, [Problem(undelivered.address(error.facts["why"]), "url")]), 422
    except Refused:
        return _receivers(workspace, form, [Problem(gettext("Choose events from the list."), "kinds")]), 422
    return _receivers(workspace, {}, added=added)


@blueprint.post("/<workspace>/webhooks/<webhook_id>/remove")
def remove(workspace: str, webhook_id: str) -> ResponseReturnValue:
    """Tell one no more."""
    _administrator(workspace)
    hooks.remove(call(), webhook_id)
    return redirect(url_for(".receivers", workspace=workspace, kept=1), 303)


# --- parts -----------------------------------------------------------------------------------------------------------


def _administrator(workspace: str) -> None:
    """To whoever does not administer the workspace, these pages are not there."""
    if not visitor(workspace).administers:
        raise MessageNotFound


def _page(workspace: str, problems: list[Problem] | None = None, chosen: str = "") -> str:
    found = queries.listed(visitor(workspace))
    for message in found["messages"]:
        message["why"] = undelivered.why(message["error"])
        message["what"] = undelivered.what(message["about"])
    waits = queries.waiting(visitor(workspace), ports().wall())
    return render_template(
        "people/outbox.html",
        workspace=workspace,
        messages=found["messages"],
        counts=found["counts"],
        waits=[it | _waiting(it) for it in waits],
        left=found["counts"].get("waiting", 0) - sum(it["count"] for it in waits),
        reasons=[(reason, undelivered.reason(reason)) for reason in DISCARDS],
        mail_on=ports().mail is not None,
        problems=problems or [],
        chosen=chosen,
        kept=request.args.get("kept", ""),
    )


def _waiting(group: Mapping[str, Any]) -> dict[str, Any]:
    """What a page says of messages that wait for one receiver."""
    tried = group["error"] is not None
    return {
        "what": undelivered.waits(group["kind"], group["count"]),
        "why": undelivered.why(group["error"]),
        "tried": tried,
    }


def _receivers(
    workspace: str,
    form: Mapping[str, Any],
    problems: list[Problem] | None = None,
    added: Mapping[str, Any] | None = None,
) -> str:
    return render_template(
        "people/webhooks.html",
        workspace=workspace,
        receivers=[
            row | {"waiting": [it | _waiting(it) for it in row["waiting"]]}
            for row in webhooks.listed(visitor(workspace), ports().wall())
        ],
        kinds=sorted(EVENTS),
        form=form,
        problems=problems or [],
        added=added,
        kept="kept" in request.args,
    )
