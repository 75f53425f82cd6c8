"""Error pages in words: what there is not, or what went wrong, and what to do now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import request

from service.domain.actors import Actor
from service.domain.errors import MandatError, PageOutdated
from service.identity import signed_in
from service.queries import health, workspaces
from service.web import outages, reader, refusals
from service.web.i18n import gettext


@dataclass(frozen=True, slots=True)
class Trouble:
    """An error page: a headline, what happened, and what to do. `detail` is the service's own sentence, in English;
    `typed` is what she wrote into a form that was not taken, and `again` the page that it stood on."""

    title: str
    what: str
    todo: str
    detail: str = ""
    typed: tuple[tuple[str, str], ...] = ()
    again: str = ""


def told(problem: Mapping[str, Any], error: MandatError | None) -> Trouble:
    """The words for a problem of RFC 9457 and the error behind it, if it is one of ours."""
    if isinstance(error, PageOutdated):
        return _outdated(error)
    outage = outages.told(error)
    if outage is not None:
        return Trouble(*outage)
    title, what, todo = _BY_STATUS.get(problem["status"], _other)()
    if error is not None and refusals.knows(error):
        refusal = refusals.told(error, kept=False)
        if problem["status"] in (400, 422):  # it was understood: what it is refused for is the headline
            return Trouble(refusal.what.rstrip("."), refusal.todo or refusal.safe, "")
        return Trouble(title, refusal.what, refusal.todo or todo)
    missing = problem["status"] in (404, 405, 500)  # there is no more to be said, or it must not be
    return Trouble(title, what, todo, "" if missing else problem["detail"])


def _outdated(error: PageOutdated) -> Trouble:
    """A form from before she signed in as she is now: nothing of it is taken, and what she wrote is shown to be copied.

    It came from a page of ours: what another site sends is refused before, and is not shown.
    """
    workspace = (request.view_args or {}).get("workspace")
    if workspace in workspaces.names():
        home = workspaces.home(Actor(workspace_id=workspace, auth="visitor"))
        reader.at_home(home.language, home.zone)
    refusal = refusals.told(error, kept=False)
    answers = (it for it in request.form.items(multi=True) if it[0].startswith("/") and it[1].strip())
    sender = urlsplit(request.referrer or "")
    again = sender.path if sender.netloc == request.host else ""
    typed = tuple((name.strip("/").replace("/", ", "), value) for name, value in answers)
    return Trouble(_not_allowed()[0], refusal.what, refusal.todo, typed=typed, again=again)


Words = tuple[str, str, str]


def _not_understood() -> Words:
    return (
        gettext("The request was not understood"),
        gettext("Something in it is missing, or is not of the form that this page takes."),
        gettext("Go back, load the page again, and try once more."),
    )


def _not_allowed() -> Words:
    return (
        gettext("You may not do this"),
        gettext("It belongs to another role than those that you hold, or the page was opened too long ago."),
        gettext("Load the page again. If you should have the role, ask who administers your workspace."),
    )


def _not_there() -> Words:
    return (
        gettext("There is nothing here"),
        gettext("The address is wrong, or what stood here is not for you to see."),
        gettext("Look for it in your inbox or among the cases.")
        if signed_in()
        else gettext("Begin at the start page, or sign in: some pages are only for those who have."),
    )


def _clash() -> Words:
    return (
        gettext("Somebody was faster"),
        gettext("What you wanted to change has changed meanwhile."),
        gettext("Go back, load the page again, and look at how it stands now."),
    )


def _too_large() -> Words:
    return (
        gettext("That is too large"),
        gettext("What was sent holds more than this service takes at once."),
        gettext("Send a smaller file, or several one after the other."),
    )


def _too_often() -> Words:
    return (
        gettext("There were too many tries"),
        gettext("To keep others from guessing, no more are taken for now."),
        gettext("Wait a quarter of an hour, and try again."),
    )


def _broken() -> Words:
    """What was sent, if anything was, is said to be kept or lost only where that is known."""
    title = gettext("Something went wrong on our side")
    again = gettext("Try once more. If it happens again, give the id below to whoever runs the service.")
    if request.method in ("GET", "HEAD"):
        return title, gettext("The page could not be shown. Nothing that is kept was changed by it."), again
    if not health.stored():
        return title, gettext("Nothing of what you sent was kept. What was there before is unharmed."), again
    return (
        title,
        gettext("What you sent may have been kept, but the answer to it could not be shown."),
        gettext(
            "Look whether it is there before you send it again, and give the id below to whoever runs the service."
        ),
    )


def _busy() -> Words:
    return (
        gettext("The service is busy"),
        gettext("The service did not answer in time."),
        gettext("Try again in a moment."),
    )


def _other() -> Words:
    return gettext("That did not work"), "", gettext("Go back, load the page again, and try once more.")


_BY_STATUS: dict[int, Callable[[], Words]] = {
    400: _not_understood,
    403: _not_allowed,
    404: _not_there,
    405: _not_there,
    409: _clash,
    413: _too_large,
    422: _not_understood,
    429: _too_often,
    500: _broken,
    503: _busy,
}
