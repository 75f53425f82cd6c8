"""The log, for auditors and administrators: how it stands, who has seen it, and what that proves. The world gets hashes."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.commands import witnesses as commands
from service.domain.errors import Refused
from service.domain.journal import INSTALLATION
from service.domain.outgoing_errors import AddressRefused
from service.domain.tiles import place as tile_place
from service.domain.witnesses import KINDS, LogNotFound, WitnessAlreadyThere
from service.identity import call, ports
from service.queries import log as queries
from service.queries import witnesses, workspaces
from service.web import undelivered
from service.web.fields import Problem
from service.web.headers import YEAR
from service.web.i18n import gettext
from service.web.visits import visitor

blueprint = Blueprint("log", __name__)

OF_ALL = "installation"
"""Where the world finds the log of the installation."""


@blueprint.get("/<workspace>/log")
def page(workspace: str) -> str:
    """How the log stands, and who has its checkpoints."""
    return _page(workspace, {})


@blueprint.post("/<workspace>/log/witnesses")
def add(workspace: str) -> ResponseReturnValue:
    """Give somebody the checkpoints. The page that answers shows the secret of a webhook, this once."""
    _administrator(workspace)
    form = {name: request.form.get(name, "").strip() for name in ("kind", "address")}
    try:
        added = commands.add(call(), form["kind"], form["address"])
    except AddressRefused as error:
        return _page(workspace, form, [Problem(undelivered.address(error.facts["why"]), "address")]), 422
    except WitnessAlreadyThere:
        there = gettext("Address: checkpoints are given there already.")
        return _page(workspace, form, [Problem(there, "address")]), 422
    except Refused:
        return _page(workspace, form, [Problem(_wrong(form["kind"]), "address" if form["kind"] else "kind")]), 422
    return _page(workspace, {}, added=added)


@blueprint.post("/<workspace>/log/witnesses/<witness_id>/remove")
def remove(workspace: str, witness_id: str) -> ResponseReturnValue:
    """Give somebody no further checkpoints."""
    _administrator(workspace)
    commands.remove(call(), witness_id)
    return redirect(url_for(".page", workspace=workspace, kept=1), 303)


@blueprint.get("/<workspace>/log/checkpoint")
def checkpoint(workspace: str) -> Response:
    """The latest checkpoint, for anybody (C2SP tlog-tiles)."""
    note = queries.checkpoint(_log(workspace))
    if note is None:
        raise LogNotFound
    answer = Response(note, content_type="text/plain; charset=utf-8")
    if "download" in request.args:
        answer.headers["Content-Disposition"] = f'attachment; filename="{workspace}-checkpoint.txt"'
    return answer


@blueprint.get("/<workspace>/log/tile/<path:place>")
def tile(workspace: str, place: str) -> Response:
    """Hashes of the tree, for anybody (C2SP tlog-tiles)."""
    where = tile_place(place)
    hashes = None if where is None else queries.tile(_log(workspace), *where)
    if hashes is None:
        raise LogNotFound
    answer = Response(hashes, content_type="application/octet-stream")
    answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return answer


# --- parts -----------------------------------------------------------------------------------------------------------


def _log(workspace: str) -> str:
    """What we call the log that the world finds there. Raises `LogNotFound`."""
    if workspace == OF_ALL:
        return INSTALLATION
    if workspace not in workspaces.names():
        raise LogNotFound
    return workspace


def _administrator(workspace: str) -> None:
    """Who does not administer the workspace adds and removes nobody: to her these addresses are not there."""
    if not visitor(workspace).administers:
        raise LogNotFound


def _page(
    workspace: str,
    form: Mapping[str, str],
    problems: list[Problem] | None = None,
    added: Mapping[str, Any] | None = None,
) -> str:
    actor = visitor(workspace)
    return render_template(
        "people/log.html",
        workspace=workspace,
        log=queries.standing(actor),
        witnesses=[row | {"way": _way(row["kind"]), "off": _off(row["kind"])} for row in witnesses.listed(actor)],
        kinds=[(kind, _way(kind)) for kind in KINDS],
        administers=actor.administers,
        signs=ports().keys is not None,
        form=form,
        problems=problems or [],
        added=added,
        kept="kept" in request.args,
    )


def _way(kind: str) -> str:
    return {"mail": gettext("Mail"), "webhook": gettext("Webhook"), "file": gettext("Files in a folder")}[kind]


def _off(kind: str) -> str:
    """Why nothing goes this way; empty where it is open."""
    sends = ports()
    if kind == "mail" and sends.mail is None:
        return gettext("No mail can be sent: the operator has set no mail server.")
    if kind == "file" and sends.files is None:
        return gettext("No file can be written: the operator allows no folder.")
    return ""


def _wrong(kind: str) -> str:
    return {
        "mail": gettext("Address: write a mail address, such as audit@example.dk."),
        "webhook": gettext("Address: this is none that could be called."),
        "file": gettext("Address: the operator has not allowed that folder."),
    }.get(kind, gettext("Way: choose one."))
