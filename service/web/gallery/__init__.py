"""Every component in every state, on one page: `/_gallery`, in a demonstration only.

The form on it works: it is read, judged and drawn again like that of a task.
"""

from __future__ import annotations

from flask import Blueprint, Flask, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service import forms
from service.domain.errors import AnswersRefused
from service.web import components, fields
from service.web.gallery import samples
from service.web.gallery.sheet import CONTENT, DATA, FILLED, WRONG, sheet

blueprint = Blueprint("gallery", __name__)


def install(app: Flask) -> None:
    """Give `app` the gallery."""
    app.register_blueprint(blueprint)


@blueprint.route("/_gallery", methods=["GET", "POST"])
def gallery() -> ResponseReturnValue:
    """The components; `?filled` draws the form as answered, `?wrong` as answered wrongly."""
    components.frame(samples.shell(url_for("gallery.gallery")))
    drawn = _posted() if request.method == "POST" else _asked()
    return render_template("gallery/page.html", drawn=drawn, problems=drawn.problems, **samples.everything())


def _asked() -> fields.Drawn:
    if "wrong" in request.args:
        return _judged(WRONG)
    return fields.draw(sheet(), FILLED if "filled" in request.args else None, data=DATA)


def _posted() -> fields.Drawn:
    posted = fields.read(sheet(), request.form, FILLED, DATA)
    if posted.row_moved:
        return fields.draw(sheet(), posted.answers, data=DATA, focus=posted.focus)
    return _judged(posted.answers)


def _judged(answers: dict[str, object]) -> fields.Drawn:
    try:
        forms.read("gallery", CONTENT).validate(answers)
    except AnswersRefused as refused:
        return fields.draw(sheet(), answers, refused.faults, data=DATA)
    return fields.draw(sheet(), answers, data=DATA)
