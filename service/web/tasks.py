"""One task: its page, its draft, and the deeds that can be done with it, from the page and from the inbox."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from service.commands import tasks as commands
from service.domain.actors import Actor
from service.domain.errors import AnswersRefused, DraftStale, MandatError, NotFound
from service.identity import call, current_actor, ports
from service.queries import desk as queries
from service.queries import replies
from service.web import fields, formats, inbox, papers, task_page
from service.web.i18n import gettext, language
from service.web.refusals import Refusal
from service.web.refusals import told as refused
from service.web.uploads import Uploads
from service.web.visits import visitor

blueprint = Blueprint("tasks", __name__)
LIST = "list"
"""The field of a form that stands in the inbox: the view of it to come back to."""


@blueprint.get("/<workspace>/tasks/<task_id>")
def page(workspace: str, task_id: str) -> str:
    """One task; `?done=` names the one that was completed before it, `?did=` what was done with it, for a receipt."""
    actor = visitor(workspace)
    desk = _desk(actor, task_id)
    return _page(workspace, desk, task_page.drawn(desk), done=inbox.receipt(actor, workspace, desk))


@blueprint.get("/<workspace>/tasks/<task_id>/complete")
@blueprint.get("/<workspace>/tasks/<task_id>/draft")
@blueprint.get("/<workspace>/tasks/<task_id>/claim")
@blueprint.get("/<workspace>/tasks/<task_id>/release")
def back(workspace: str, task_id: str) -> ResponseReturnValue:
    """Where a form of the task was sent to is no page of its own: whoever asks for it again gets the task."""
    visitor(workspace)
    return redirect(_here(workspace, task_id), 303)


@blueprint.post("/<workspace>/tasks/<task_id>/complete")
def complete(workspace: str, task_id: str) -> ResponseReturnValue:
    """Complete the task with what was filled in, and go on to the next. What is wrong with it comes back."""
    actor = visitor(workspace)
    desk = _desk(actor, task_id)
    uploads = Uploads(desk["id"], request.files)
    posted = _posted(desk, uploads)
    if posted.row_moved:
        _save(task_id, posted.answers)
        desk = _desk(actor, task_id)
        drawn = task_page.drawn(desk, posted.answers, focus=posted.focus, files=uploads.names)
        return _again(workspace, actor, desk, drawn)
    try:
        if uploads.faults:
            raise AnswersRefused(uploads.faults)
        answer = commands.complete(call(), task_id, posted.answers)
    except AnswersRefused as wrong:
        _save(task_id, posted.answers)
        desk = _desk(actor, task_id)
        drawn = task_page.drawn(desk, posted.answers, wrong.faults, files=uploads.names)
        return _again(workspace, actor, desk, drawn, status=wrong.status)
    except NotFound:
        raise
    except MandatError as error:
        return _refused(workspace, actor, desk, posted.answers, error)
    if answer["incident"] is not None:
        return redirect(_here(workspace, task_id), 303)
    return redirect(_onward(workspace, actor, desk), 303)


@blueprint.post("/<workspace>/tasks/<task_id>/draft")
def draft(workspace: str, task_id: str) -> ResponseReturnValue:
    """Keep what was filled in so far: pressed by hand, or saved by the page itself while she writes."""
    actor = visitor(workspace)
    desk = _desk(actor, task_id)
    by_itself = "HX-Request" in request.headers
    uploads = Uploads(desk["id"], MultiDict() if by_itself else request.files)
    posted = _posted(desk, uploads)
    try:
        saved = commands.save_draft(call(), task_id, posted.answers, _version())
    except NotFound:
        raise
    except MandatError as error:
        if not by_itself:
            return _refused(workspace, actor, desk, posted.answers, error)
        stale = isinstance(error, DraftStale)
        return _note(workspace, desk, _version(), refused(error, kept=True).what if stale else ""), error.status
    if by_itself:
        return _note(workspace, desk, saved["version"], "", saved["saved_at"])
    if uploads.faults:
        drawn = task_page.drawn(_desk(actor, task_id), posted.answers, uploads.faults)
        return _again(workspace, actor, _desk(actor, task_id), drawn, status=AnswersRefused.status)
    return redirect(f"{_here(workspace, task_id)}#draft", 303)


@blueprint.post("/<workspace>/tasks/<task_id>/claim")
def claim(workspace: str, task_id: str) -> ResponseReturnValue:
    """Take the task. What was written before is kept."""
    return _moved(workspace, task_id, commands.claim, "claim")


@blueprint.post("/<workspace>/tasks/<task_id>/release")
def release(workspace: str, task_id: str) -> ResponseReturnValue:
    """Put the task back. What was written is kept as her draft."""
    return _moved(workspace, task_id, commands.release, "release")


# --- parts -----------------------------------------------------------------------------------------------------------


def _desk(actor: Actor, task_id: str) -> dict[str, Any]:
    return queries.desk(actor, task_id, language(), ports().now())


def _posted(desk: Mapping[str, Any], uploads: Uploads) -> fields.Posted:
    of = task_page.sheet(desk)
    if of is None:
        return fields.Posted({})
    given = desk["draft"]["answers"] if desk["draft"] else of.begin
    return fields.read(of, request.form, given, desk["data"], uploads.keep)


def _version() -> int:
    """The number of the draft that the page was drawn with."""
    return request.form.get("draft", 0, type=int)


def _save(task_id: str, answers: Mapping[str, Any]) -> None:
    """Keep the answers as her draft, unless that cannot be: then they are on the page."""
    try:
        commands.save_draft(call(), task_id, answers, _version())
    except MandatError:
        return


def _moved(workspace: str, task_id: str, move: Any, did: str) -> ResponseReturnValue:
    actor = visitor(workspace)
    desk = _desk(actor, task_id)
    answers = _posted(desk, Uploads(desk["id"], request.files)).answers
    if answers and "draft" in request.form:
        _save(task_id, answers)
    try:
        move(call(), task_id)
    except NotFound:
        raise
    except MandatError as error:
        return _refused(workspace, actor, desk, answers, error)
    return redirect(_here(workspace, task_id, did), 303)


def _refused(
    workspace: str, actor: Actor, desk: Mapping[str, Any], answers: Mapping[str, Any], error: MandatError
) -> ResponseReturnValue:
    """The page again, with what has become of the task meanwhile and what she wrote."""
    again = _desk(actor, desk["id"])
    activity = None
    if "activity" in error.facts and again["form"]:
        activity = again["form"].texts.of(error.facts["activity"], None).text
    gone = again["state"] not in ("open", "claimed")
    typed = papers.typed(task_page.sheet(again), answers, workspace) if gone else None
    refusal = refused(error, kept=bool(answers) and not gone, activity=activity, typed=typed)
    return _again(workspace, actor, again, task_page.drawn(again, answers or None), refusal, error.status)


def _again(
    workspace: str,
    actor: Actor,
    desk: Mapping[str, Any],
    drawn: fields.Drawn,
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response:
    """The page that the form came from, with that form on it."""
    if LIST in request.form:
        answer = inbox.shown(workspace, actor, inbox.view(request.form[LIST]), desk, drawn, refusal)
    else:
        answer = make_response(_page(workspace, desk, drawn, refusal=refusal))
    answer.status_code = status
    return answer


def _page(
    workspace: str, desk: Mapping[str, Any], drawn: fields.Drawn, *, refusal: Any = None, done: Any = None
) -> str:
    told = task_page.told(desk, workspace, ports().now(), refusal)
    return render_template(
        "tasks/page.html",
        workspace=workspace,
        task=told,
        drawn=drawn,
        problems=drawn.problems,
        done=done,
        papers=task_page.documents(desk, workspace),
        reply=_reply(desk),
        action=task_page.action(workspace, desk["id"]),
    )


def _reply(desk: Mapping[str, Any]) -> dict[str, Any] | None:
    """Who could answer this task by a link, where she may make one."""
    asks = desk["repeats"] and desk["form"] and not desk["ballot"] and desk["state"] in ("open", "claimed")
    return replies.of_task(current_actor(), desk["id"], ports().now()) if asks else None


def _note(workspace: str, desk: Mapping[str, Any], version: int, text: str, saved_at: str | None = None) -> str:
    """The line under the buttons that says what is kept, for the page to put in place of the one before."""
    if saved_at is not None:
        text = gettext("Draft saved %(time)s. Only you can see it.", time=formats.clock(saved_at))
    action = task_page.action(workspace, desk["id"])
    stale = saved_at is None
    return render_template("tasks/draft.html", version=version, text=text, stale=stale, address=action("draft"))


def _here(workspace: str, task_id: str, did: str | None = None) -> str:
    if LIST in request.form:
        return inbox.address(workspace, inbox.view(request.form[LIST]), task=task_id, did=did)
    return url_for(".page", workspace=workspace, task_id=task_id, did=did)


def _onward(workspace: str, actor: Actor, desk: Mapping[str, Any]) -> str:
    """Where she goes from a task that is completed: the next one of the list she came from, or of its case, or of all."""
    done = desk["id"]
    if LIST in request.form:
        return inbox.address(workspace, inbox.view(request.form[LIST]), done=done)
    following = inbox.following(actor, desk["case"]["id"])
    if following is None:
        return url_for("inbox.page", workspace=workspace, done=done)
    return url_for(".page", workspace=workspace, task_id=following, done=done)
