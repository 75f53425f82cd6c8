"""The start page, and the pages that say what an error means."""

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from service.identity import signed_in
from service.problems import PROBLEMS, answer, title
from service.queries import workspaces
from service.web import components, demo
from service.web.shell import Shell
from service.web.visits import has

blueprint = Blueprint("start", __name__)


@blueprint.get("/")
def start() -> str:
    """What is here, and of it what is hers."""
    who, names = signed_in(), workspaces.names()
    components.frame(Shell(sign_in=None if who else url_for("sign_in.ask"), demo=demo.notice()))
    return render_template(
        "start.html",
        workspaces=names,
        signed_in=who,
        registers={key: url_for("targets.listed", workspace=key) for key in names if has(key, "target.prefix")},
        hers=() if who is None else names if who.administrator else who.workspaces,
        version=current_app.config["API_VERSION"],
    )


@blueprint.get("/problems/<string(maxlength=80):slug>")
def problem(slug: str) -> ResponseReturnValue:
    """What an error means: where an RFC 9457 `type` leads."""
    shape = PROBLEMS.get(slug)
    if shape is None:
        return answer(404, "Not found", "There is no error of that name.")
    says = " ".join((shape.__doc__ or "").split())
    return render_template("meaning.html", title=title(shape), says=says, status=shape.status)
