"""For the administrator: how the service stands, in numbers, and the way to what needs a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, current_app, render_template, url_for

from service.domain.outbox import LATE
from service.identity import ports
from service.queries import backups, health, replays, watch
from service.watching import background
from service.web import formats
from service.web.findings import message
from service.web.i18n import gettext, ngettext
from service.web.visits import visitor

blueprint = Blueprint("operations", __name__)
MOST_WORKERS = 20


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: what it counts, the number as it is written, what it means, whether it asks for help, and the way to
    what it counts: (label, address)."""

    title: str
    number: str
    says: str
    alarms: bool = False
    way: tuple[str, str] | None = None


@blueprint.get("/<workspace>/operations")
def page(workspace: str) -> str:
    """How the workspace and the service that it is in stand just now. For who administers it."""
    actor = visitor(workspace)
    stands, crew = watch.in_workspace(actor, ports().now())
    since = stands.unsent_since.get(workspace)
    figures = _figures(workspace, stands, None if since is None else ports().now() - since)
    silent, (night, odd), queued = background.silent_for(), replays.last(actor), health.queued()
    return render_template(
        "people/operations.html",
        workspace=workspace,
        figures=figures,
        calm=not any(figure.alarms for figure in figures)
        and queued
        and not background.stands_still()
        and not any(it.differs for it in odd),
        night=None if night is None else _night(night),
        odd=odd,
        message=message,
        service=[
            (gettext("Background work"), _reported(silent)),
            *([] if crew is None else [(gettext("Workers"), _workers(crew))]),
            *([] if crew is None and queued else [(gettext("Queue"), _queue(crew, queued))]),
            (gettext("Database"), formats.size(stands.size)),
            (gettext("Last backup"), _backup()),
            (gettext("Version"), current_app.config["API_VERSION"]),
        ],
    )


# --- parts -----------------------------------------------------------------------------------------------------------


def _figures(workspace: str, stands: watch.Standing, unsent_for: timedelta | None) -> list[Figure]:
    incidents, late = stands.incidents.get(workspace, 0), stands.late.get(workspace, 0)
    waiting, dead = (stands.outbox.get((workspace, state), 0) for state in ("waiting", "dead"))
    return [
        Figure(
            gettext("Processes that run"),
            _count(stands.instances.get(workspace, 0)),
            gettext("Cases and what was started in them."),
            way=(gettext("To the cases"), url_for("cases.page", workspace=workspace)),
        ),
        Figure(
            gettext("Tasks that nobody has taken"),
            _count(stands.tasks.get(workspace, 0)),
            gettext("In the inboxes of all roles."),
        ),
        Figure(
            gettext("Steps that stand still"),
            _count(incidents),
            gettext("They wait for a process owner."),
            incidents > 0,
            (gettext("To the stopped cases"), url_for("incidents.listed", workspace=workspace)),
        ),
        Figure(
            gettext("Timers that are late"),
            _count(late),
            gettext("They are due and have not fired. A few are on their way; many mean that nobody fires them."),
            late > 0,
        ),
        Figure(
            gettext("Messages that wait"),
            _count(waiting),
            gettext("Mail and events on their way out.")
            if unsent_for is None
            else gettext("Mail and events on their way out, the oldest for %(time)s.", time=_span(unsent_for)),
            unsent_for is not None and unsent_for >= LATE,
            (gettext("To the outbox"), url_for("outbox.page", workspace=workspace)),
        ),
        Figure(
            gettext("Messages that found no case"),
            _count(stands.messages.get(workspace, 0)),
            gettext("Sent to cases, and kept until one waits for them."),
            way=(gettext("To the messages"), url_for("messages.page", workspace=workspace)),
        ),
        Figure(
            gettext("Messages that could not be sent"),
            _count(dead),
            gettext("Somebody sends them again or discards them."),
            dead > 0,
            (gettext("Help them in the outbox"), url_for("outbox.page", workspace=workspace)) if dead else None,
        ),
    ]


def _count(number: int) -> str:
    shown = formats.number(number)
    return gettext("%(number)s or more", number=shown) if number >= watch.MOST else shown


def _reported(silent: float | None) -> str:
    if silent is None:
        return gettext("Nobody reports that timers fire and mail is sent")
    if silent >= health.SILENT:
        return gettext("Silent for %(time)s", time=_seconds(silent))
    return gettext("Reported %(time)s ago", time=_seconds(silent))


def _queue(crew: watch.Crew | None, queued: bool) -> str:
    if crew is None or not queued:
        return gettext(
            "missing or broken. A worker makes it again within seconds; nothing is lost, what is due may be late."
        )
    return _jobs(crew.jobs)


def _workers(crew: watch.Crew) -> str:
    if not crew.workers:
        return gettext("None")
    return formats.listing(
        gettext("%(worker)s reported %(time)s ago", worker=name, time=_seconds(silence))
        for name, silence in crew.workers[:MOST_WORKERS]
    )


def _jobs(jobs: int) -> str:
    return ngettext("%(num)s job", "%(num)s jobs", jobs)


def _seconds(silent: float) -> str:
    seconds = round(silent)
    if seconds < 120:
        return ngettext("%(num)s second", "%(num)s seconds", seconds)
    return ngettext("%(num)s minute", "%(num)s minutes", seconds // 60)


def _span(span: timedelta) -> str:
    """A span as people say it: to the minute for an hour, then by hours."""
    if span < timedelta(hours=2):
        return _seconds(max(0.0, span.total_seconds()))
    return ngettext("%(num)s hour", "%(num)s hours", span // timedelta(hours=1))


def _night(night: replays.Night) -> str:
    """What the last night's replays came to."""
    began = formats.moment(night.began_at)
    told = ngettext("%(num)s case", "%(num)s cases", night.cases)
    if not night.over:
        return gettext("They began %(date)s and go on: %(count)s so far.", date=began, count=told)
    if night.same == night.cases:
        return gettext("%(date)s: %(count)s, and all came out as they were written.", date=began, count=told)
    return gettext(
        "%(date)s: %(count)s, of which %(same)s came out as written, %(different)s differ and %(left)s could not be replayed.",
        date=began,
        count=told,
        same=formats.number(night.same),
        different=formats.number(night.different),
        left=formats.number(night.not_replayed),
    )


def _backup() -> str:
    last = backups.last()
    return gettext("None is known") if last is None else formats.moment(datetime.fromisoformat(last["at"]))
