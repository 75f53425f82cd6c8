"""The page on which an organisation answers what it is asked, by the link that it was sent and without an account."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.commands import replies as commands
from service.domain.actors import Actor
from service.domain.errors import AnswersRefused, CaseSuspended, NotFound
from service.domain.message_errors import ReplyGiven
from service.identity import call, links, ports
from service.queries import replies as queries
from service.queries import workspaces
from service.web import answers, components, demo, fields, formats, papers, reader
from service.web.i18n import language
from service.web.said import words
from service.web.shell import Shell
from service.web.visits import visitor

blueprint = Blueprint("replies", __name__)
AT = "/<workspace>/svar/<string(maxlength=64):token>"


@blueprint.post("/<workspace>/tasks/<task_id>/invite")
def invite(workspace: str, task_id: str) -> ResponseReturnValue:
    """Make a link for the organisation that a task asks, and show it this once."""
    visitor(workspace)
    token, digest = links.new()
    made = commands.invite(call(), task_id, digest)
    return render_template(
        "replies/link.html",
        workspace=workspace,
        task_id=task_id,
        address=url_for(".page", workspace=workspace, token=token, _external=True),
        reply=queries.by_link(workspace, digest, language(), ports().now()),
        expires_at=made["expires_at"],
    )


@blueprint.get(AT)
def page(workspace: str, token: str) -> Response:
    """What is asked of whom, and the form; afterwards what was sent."""
    return _page(workspace, _found(workspace, token))


@blueprint.post(AT)
def answer(workspace: str, token: str) -> ResponseReturnValue:
    """Send the answer. What is wrong with it comes back."""
    links.count()
    found = _found(workspace, token)
    if found["state"] != "open":
        return _page(workspace, found, status=ReplyGiven.status)
    posted = fields.read(_sheet(found), request.form)
    if posted.row_moved:
        return _page(workspace, found, fields.draw(_sheet(found), posted.answers, focus=posted.focus))
    try:
        commands.answer(links.holder(workspace), links.digest(token), posted.answers)
    except AnswersRefused as wrong:
        return _page(workspace, found, fields.draw(_sheet(found), posted.answers, wrong.faults), status=wrong.status)
    except (ReplyGiven, CaseSuspended) as refused:
        drawn = fields.draw(_sheet(found), posted.answers)
        held = isinstance(refused, CaseSuspended)
        return _page(workspace, _found(workspace, token), drawn, status=refused.status, held=held)
    return redirect(url_for(".page", workspace=workspace, token=token), 303)


def _found(workspace: str, token: str) -> dict[str, Any]:
    """What the link leads to. A link that leads nowhere counts as a try. Raises `ReplyLinkUnknown`, `TooManyTries`."""
    home = workspaces.home(Actor(workspace_id=workspace, auth="visitor"))
    reader.at_home(home)
    components.frame(Shell(home="/", workspace=home.name, demo=demo.notice()))
    try:
        return queries.by_link(workspace, links.digest(token), language(), ports().now())
    except NotFound:
        links.count()
        raise


def _page(
    workspace: str,
    found: Mapping[str, Any],
    drawn: fields.Drawn | None = None,
    *,
    status: int = 200,
    held: bool = False,
) -> Response:
    sheet = _sheet(found)
    if drawn is None:
        drawn = fields.draw(sheet) if found["state"] == "open" else fields.Drawn(())
    html = render_template(
        "replies/page.html",
        reply=found,
        title=None if found["title"] is None else words(found["title"]),
        lies=papers.lies(found["lies"], workspace),
        drawn=drawn,
        problems=drawn.problems,
        sent=answers.Teller(sheet, found["names"]).told(found["answers"]),
        held=held,
        due=formats.long_date(found["due_on"]),
    )
    response = make_response(html, status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _sheet(found: Mapping[str, Any]) -> fields.Sheet:
    """The form of the task, without its files: what comes by a link is written here."""
    form = found["form"]
    kept = {name: it for name, it in form.schema["properties"].items() if it.get("format") != "data-url"}
    order = [name for name in form.ui.get("ui:order", ()) if name in kept or name == "*"]
    return fields.Sheet(
        {**form.schema, "properties": kept},
        {**form.ui, "ui:order": order} if order else form.ui,
        form.schema_file,
        form.ui_file,
        form.texts.said,
        form.texts.source,
        {} if found["lies"] is None else found["lies"]["begun"],
        found["lists"],
    )
