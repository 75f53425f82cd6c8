"""A person's own page: her language, where her mail goes, and when she wants it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.commands import mailboxes as commands
from service.domain.errors import Refused
from service.domain.mail import WISHES
from service.domain.outgoing_errors import MailAddressRefused
from service.identity import call, ports
from service.queries import mailboxes as queries
from service.web.fields import Problem
from service.web.i18n import LANGUAGES, gettext, language
from service.web.visits import visitor

blueprint = Blueprint("mailbox", __name__)


@blueprint.get("/<workspace>/me")
def page(workspace: str) -> str:
    """What she gets now."""
    return _page(workspace, queries.own(visitor(workspace)))


@blueprint.post("/<workspace>/me")
def choose(workspace: str) -> ResponseReturnValue:
    """Change it."""
    queries.own(visitor(workspace))
    form = {name: request.form.get(name, "").strip() for name in ("address", "wish", "language")}
    try:
        commands.choose(call(), form["address"], form["wish"], form["language"])
    except MailAddressRefused:
        said = gettext("Mail address: write it as in name@example.dk, or leave it empty.")
        return _page(workspace, form, [Problem(said, "address")]), 422
    except Refused:
        return _page(
            workspace, form, [Problem(gettext("Choose when you want mail, and in which language."), "wish")]
        ), 422
    return redirect(url_for(".page", workspace=workspace, kept=1), 303)


def _page(workspace: str, form: dict[str, str], problems: list[Problem] | None = None) -> str:
    wishes = {
        "daily": (gettext("Once a day"), gettext("At seven on working days: what is new, and what is due soon.")),
        "at-once": (gettext("At once"), gettext("One for every task that you or your role get.")),
        "never": (gettext("Never"), gettext("Only what a process writes to you.")),
    }
    return render_template(
        "people/mailbox.html",
        workspace=workspace,
        person_id=visitor(workspace).person_id,
        form=form | {"language": form["language"] or language()},
        wishes=[(wish, *wishes[wish]) for wish in WISHES],
        languages=LANGUAGES,
        on=ports().mail is not None,
        problems=problems or [],
        kept="kept" in request.args,
    )
