"""What a step of a case was, in plain words: who did what, and what came of it. No engine words."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from service.web import formats, recorded, roles
from service.web.due import last_day
from service.web.i18n import gettext, ngettext

Told = Mapping[str, Any]


def who(step: Told) -> str:
    """Who did it: a person by name, else the clock or the service."""
    if step["who"]:
        return str(step["who"])
    if step["auth"] == "timer":
        return gettext("The clock")
    return gettext("The operator") if step["auth"] == "cli" else gettext("The service")


def what(step: Told) -> Markup:
    """What was done, as a short sentence without its subject."""
    name, process = escape(step["name"]), escape(step["process"])
    return Markup(_deed(step, name, process))  # escaped where it was put in


def _deed(step: Told, name: Markup, process: Markup) -> str:
    simple = _simple(name, process).get(step["kind"])
    if simple is not None:
        return simple
    match step["kind"]:
        case "task.answered" | "task.completed":
            sentence = _answered(step, name)
        case "task.readdressed" | "timer.set":
            sentence = gettext("Set anew what waits at “%(name)s”", name=name)
        case "task.assigned":
            other = gettext("another person")
            sentence = gettext("Gave “%(name)s” to %(to)s", name=name, to=escape(step["to"] or other))
        case "incident.opened":
            place = step["name"] or step["process"]
            stuck = gettext("Could not go on at “%(name)s”", name=escape(place))
            sentence = stuck if place else gettext("Could not begin")
        case "variables.corrected" | "activity.skipped":
            sentence = _helped(step["kind"], name)
        case "instance.migrated":
            before, after = step["versions"]
            sentence = gettext(
                "Moved “%(name)s” from version %(before)s to version %(after)s",
                name=process,
                before=before,
                after=after,
            )
        case _ if step["record"] is not None:
            sentence = str(escape(recorded.sentence(step["kind"], step["record"])))
        case _:
            sentence = gettext("Noted something about the case")
    return sentence


def _answered(step: Told, name: Markup) -> str:
    """That a task was answered, and the case went on with it, at once or later, or could not."""
    if step["kind"] == "task.completed" and step["answered_at"]:
        moment = formats.moment(step["answered_at"])
        return gettext("Finished “%(name)s” with what was answered %(moment)s", name=name, moment=moment)
    if step["kind"] == "task.completed":
        return gettext("Finished “%(name)s”", name=name)
    if step["anew"]:
        return gettext("Answered “%(name)s” anew: this takes the place of the answer before", name=name)
    return gettext("Answered “%(name)s”: the answer is kept until the case can go on", name=name)


def _simple(name: Markup, process: Markup) -> dict[str, str]:
    """What the kind alone says, of a task or a process."""
    return {
        "instance.started": gettext("Began “%(name)s”", name=process),
        "task.claimed": gettext("Took “%(name)s”", name=name),
        "task.released": gettext("Put “%(name)s” back", name=name),
        "timer.fired": gettext("Reached “%(name)s”", name=name),
        "message.delivered": gettext("A message came"),
        "signal.delivered": gettext("A signal came"),
        "instance.cancelled": gettext("Ended “%(name)s” from outside", name=process),
        "incident.resolved": gettext("Put right what had failed"),
        "incident.tried": gettext("Tried again what had failed, in vain"),
        "case.suspended": gettext("Suspended the case"),
        "case.resumed": gettext("Let the case go on"),
        "case.cancelled": gettext("Called the case off"),
    }


def results(step: Told) -> list[Markup]:
    """What came of it, one short line each: what the records say now, the ways taken, the new tasks, and the rest."""
    follow = step["follow"]
    records = [_consequence(it) for it in follow if "record" in it]
    decided = [_consequence(it) for it in follow if it["kind"] == "evaluation.made"]
    others = [
        _consequence(it) for it in follow if it["kind"] not in ("evaluation.made", "task.opened") and "record" not in it
    ]
    return [*records, *decided, *_opened([it for it in follow if it["kind"] == "task.opened"]), *others]


def _opened(tasks: Sequence[Told]) -> list[Markup]:
    """New tasks, those of one name in one line."""
    names: dict[str, list[Told]] = {}
    for task in tasks:
        names.setdefault(str(task["name"]), []).append(task)
    return [Markup(_new(same[0], len(same))) for same in names.values()]


def _new(task: Told, count: int) -> str:
    name, to = escape(task["name"]), task["to"] or roles.said(task["role"])
    if count > 1:
        return ngettext("%(num)s new task: “%(name)s”", "%(num)s new tasks: “%(name)s”", count, name=name)
    if to:
        return gettext("New task for %(to)s: “%(name)s”", name=name, to=escape(to))
    return gettext("New task: “%(name)s”", name=name)


def _consequence(told: Told) -> Markup:
    return Markup(_came(told, escape(told["name"]), escape(told["process"])))


def _came(told: Told, name: Markup, process: Markup) -> str:
    match told["kind"]:
        case "evaluation.made":
            sentence = gettext("“%(name)s”: %(way)s", name=name, way=_outcome(told))
        case "call.bound":
            sentence = gettext("“%(name)s” begins", name=process)
        case "instance.ended" if told["outcome"] in ("completed", "terminated"):
            sentence = gettext("“%(name)s” is finished", name=process)
        case "instance.ended" if told["outcome"] == "cancelled":
            sentence = gettext("“%(name)s” was called off", name=process)
        case "instance.ended":
            sentence = gettext("“%(name)s” ended with an error", name=process)
        case "task.cancelled":
            sentence = gettext("“%(name)s” was taken back", name=name)
        case "timer.set" | "task.readdressed":
            sentence = _waits(told, name)
        case "operation.called":
            sentence = gettext("“%(name)s” was done by the service", name=name)
        case "message.sent" | "message.received" | "message.refused":
            sentence = _message(told, name)
        case "variables.corrected" | "activity.skipped":
            sentence = _helped(told["kind"], name)
        case "escalation.uncaught":
            sentence = gettext("“%(name)s” called for attention", name=name)
        case _:
            sentence = str(escape(recorded.sentence(told["kind"], told.get("record") or {})))
    return sentence


def _waits(told: Told, name: Markup) -> str:
    if told["kind"] == "timer.set":
        if told["closes"]:
            day = formats.moment(last_day(told["due_at"]))
            return gettext("Waits to the end of %(day)s: “%(name)s”", name=name, day=day)
        return gettext("Waits until %(at)s: “%(name)s”", name=name, at=formats.moment(told["due_at"]))
    to = told["to"] or roles.said(told["role"]) or gettext("Nobody yet")
    return gettext("“%(name)s” is now for %(to)s", name=name, to=escape(to))


def _message(told: Told, name: Markup) -> str:
    if told["kind"] == "message.sent":
        return gettext("“%(name)s” sent a message", name=name)
    if told["kind"] == "message.refused":
        return gettext("The message “%(name)s” could not be taken", name=escape(told["message"]))
    return gettext("The message “%(name)s” was received", name=escape(told["message"]))


def _helped(kind: str, name: Markup) -> str:
    if kind == "activity.skipped":
        return gettext("Passed over “%(name)s”", name=name)
    return gettext("Put values right at “%(name)s”", name=name) if name else gettext("Put values right")


def _outcome(told: Told) -> Markup:
    """What an evaluation came to: the ways of a choice, or the rows of a table."""
    if told["of"] == "gateway":
        return Markup(", ").join(way(it) for it in told["ways"])
    if not told["fired"]:
        return escape(gettext("no row fired"))
    numbers = formats.listing(str(number) for number in told["fired"])
    return escape(ngettext("row %(numbers)s fired", "rows %(numbers)s fired", len(told["fired"]), numbers=numbers))


def way(told: Told) -> Markup:
    """Which way was taken: the flow's name and where it leads."""
    to = escape(told["to"])
    if told["name"]:
        return Markup(gettext("%(way)s, to “%(name)s”", name=to, way=escape(told["name"])))
    return Markup(gettext("to “%(name)s”", name=to))
