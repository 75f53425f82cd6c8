"""Holding a case, letting it go on and calling it off, from its page or from that of its incident."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from service.commands import cases as commands
from service.identity import Call, call
from service.web.visits import visitor

blueprint = Blueprint("holding", __name__)


@blueprint.post("/<workspace>/cases/<case_id>/suspend")
def suspend(workspace: str, case_id: str) -> ResponseReturnValue:
    """Hold the case."""
    return _done(workspace, case_id, "suspended", commands.suspend(_call(workspace), case_id, _reason()))


@blueprint.post("/<workspace>/cases/<case_id>/resume")
def resume(workspace: str, case_id: str) -> ResponseReturnValue:
    """Let the case go on."""
    return _done(workspace, case_id, "resumed", commands.resume(_call(workspace), case_id, _reason()))


@blueprint.post("/<workspace>/cases/<case_id>/cancel")
def cancel(workspace: str, case_id: str) -> ResponseReturnValue:
    """Call the case off."""
    return _done(workspace, case_id, "cancelled", commands.cancel(_call(workspace), case_id, _reason()))


def _call(workspace: str) -> Call:
    visitor(workspace)
    return call()


def _done(workspace: str, case_id: str, did: str, answer: Mapping[str, Any]) -> ResponseReturnValue:
    taken_back = answer.get("tasks_taken_back")
    return redirect(url_for("cases.one", workspace=workspace, case_id=case_id, did=did, back=taken_back), 303)


def _reason() -> str:
    return request.form.get("reason", "")
