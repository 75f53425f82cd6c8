"""Refusals in words for the person who was refused: what happened, what is safe, and what to do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service.domain.errors import MandatError
from service.web import formats, outages
from service.web.answers import Answer
from service.web.findings import message
from service.web.i18n import gettext


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal as a page shows it. `typed` is what she wrote, where there is no form any more that it could stand in."""

    what: str
    safe: str
    todo: str
    typed: tuple[Answer, ...] = ()


def told(
    error: MandatError, *, kept: bool, activity: str | None = None, typed: Sequence[Answer] | None = None
) -> Refusal:
    """The words for an error. `kept`: what she typed still stands on the page; `activity` names one that is in the way.

    `typed` is what she typed, where the form is gone: it was not sent, and is shown to be copied.
    """
    facts = {"by": "", **error.facts, "at": _moment(error.facts.get("at"))}
    if activity is not None:
        facts["activity"] = activity
    say, outage = _SAID.get(type(error).__name__), outages.told(error)
    what, todo = (str(error), "") if say is None else say(facts)
    if outage is not None:
        what, todo = outage[1:]
    safe = gettext("What you wrote still stands below.") if kept else gettext("Nothing was changed.")
    if typed:
        safe = gettext("What you wrote was not sent. It stands below, so that you can copy it.")
    return Refusal(what, safe, todo, tuple(typed or ()))


def knows(error: MandatError) -> bool:
    """Whether there are words of its own for this error."""
    return type(error).__name__ in _SAID


def _moment(value: Any) -> str:
    return formats.moment(value) if isinstance(value, datetime) else ""


Said = tuple[str, str]


def _claimed(facts: dict[str, Any]) -> Said:
    who = gettext("%(who)s took this task %(at)s.", who=facts["by"], at=facts["at"])
    return who, gettext("Talk to each other, or wait.")


def _completed(facts: dict[str, Any]) -> Said:
    who = gettext("%(who)s completed this task %(at)s.", who=facts["by"], at=facts["at"])
    return who, gettext("There is nothing left to do.")


def _cancelled(facts: dict[str, Any]) -> Said:
    what = gettext("The process took this task back %(at)s.", at=facts["at"])
    return what, gettext("There is nothing left to do.")


def _moved_on(_: dict[str, Any]) -> Said:
    return gettext("The case moved on while you were at it."), gettext("Look again, and send once more.")


def _stale(_: dict[str, Any]) -> Said:
    what = gettext("Another window of yours has saved a newer draft. This one was not saved.")
    return what, gettext("Load the page again to see the newer one.")


def _excluded(facts: dict[str, Any]) -> Said:
    did = gettext("You have completed “%(task)s” in this case.", task=facts["activity"])
    return did, gettext("Who did that may not do this task. Put it back for somebody else.")


def _not_hers(_: dict[str, Any]) -> Said:
    return gettext("This task is not yours to do."), gettext("It belongs to another role or another person.")


def _unanswerable(facts: dict[str, Any]) -> Said:
    return gettext("The decision table cannot be asked."), message(facts["said"]).text


def _altered(facts: dict[str, Any]) -> Said:
    return gettext("The decision table was changed after it was deployed."), message(facts["said"]).text


def _suspended(facts: dict[str, Any]) -> Said:
    what = gettext("The case has been suspended since %(at)s: nothing moves in it for now.", at=facts["at"])
    return what, gettext("Whoever owns the process lets it go on. You need not do anything.")


def _running(_: dict[str, Any]) -> Said:
    return gettext("The case is not suspended."), gettext("Load the page again, and look at how it stands now.")


def _unsigned(_: dict[str, Any]) -> Said:
    what = gettext("Nothing of the log is signed yet, so a dossier could prove nothing.")
    return what, gettext(
        "Try again in a minute. If it stays so, whoever operates the service has to give the log its key."
    )


def _over(_: dict[str, Any]) -> Said:
    return gettext("The case is over."), gettext("There is nothing left to do.")


def _mended(facts: dict[str, Any]) -> Said:
    what = gettext("%(who)s mended this %(at)s.", who=facts["by"], at=facts["at"])
    return what, gettext("There is nothing left to do.")


def _too_far(facts: dict[str, Any]) -> Said:
    what = gettext(
        "The clock of a demonstration goes forward by 1 to %(most)s steps, and not beyond %(last)s.",
        most=formats.number(facts["most"]),
        last=formats.long_date(facts["last"]),
    )
    return what, gettext("Nothing was changed.")


def _deadline_moved(facts: dict[str, Any]) -> Said:
    halts = (facts["next"], facts["promised"])
    now, promised = (it and f"{formats.weekday_date(it)} {formats.clock(it)}" for it in halts)
    if now:
        what = gettext("The next deadline is %(now)s, and no longer %(promised)s.", now=now, promised=promised)
    else:
        what = gettext("There is no deadline %(promised)s any more.", promised=promised)
    return what, gettext("The clock was not moved.")


def _unreasoned(_: dict[str, Any]) -> Said:
    return gettext("A reason is missing, or is longer than 2,000 characters."), gettext("Go back, and say why.")


def _vote(_: dict[str, Any]) -> Said:
    return gettext("The vote cannot be taken: the ballot is closed, or you have no vote in it."), ""


def _busy(_: dict[str, Any]) -> Said:
    return gettext("The service did not answer in time."), gettext("Try again in a moment.")


def _owners(_: dict[str, Any]) -> Said:
    return (
        gettext("This is for who owns the processes of this workspace, and for its administrators."),
        gettext("Ask one of them, if it is to be done."),
    )


def _no_link(_: dict[str, Any]) -> Said:
    what = gettext("This link leads nowhere, or its time is over.")
    return what, gettext(
        "Copy the whole address from the letter. If that does not help, ask whoever sent it for a new one."
    )


def _outdated(_: dict[str, Any]) -> Said:
    what = gettext("This page was opened too long ago, or before you signed in as you are now.")
    return what, gettext("Open it again, and send it once more.")


def _reader(facts: dict[str, Any]) -> Said:
    what = gettext("“%(process)s” is started by those who take part in the work.", process=facts["process"])
    return what, gettext("As an auditor you read what they did.")


_SAID: dict[str, Callable[[dict[str, Any]], Said]] = {
    "TaskAlreadyClaimed": _claimed,
    "TaskAlreadyCompleted": _completed,
    "TaskCancelled": _cancelled,
    "CaseMovedOn": _moved_on,
    "DraftStale": _stale,
    "ExcludedByEarlierTask": _excluded,
    "NotCandidate": _not_hers,
    "NotAssignee": _not_hers,
    "ProcessOwnerNeeded": _owners,
    "VoteRefused": _vote,
    "VoterNotEligible": _vote,
    "DatabaseBusy": _busy,
    "LogUnsigned": _unsigned,
    "CaseSuspended": _suspended,
    "CaseNotSuspended": _running,
    "CaseOver": _over,
    "IncidentAlreadyResolved": _mended,
    "ReasonRefused": _unreasoned,
    "DecisionUnanswerable": _unanswerable,
    "DecisionAltered": _altered,
    "ReplyLinkUnknown": _no_link,
    "PageOutdated": _outdated,
    "ClockRefused": _too_far,
    "DeadlineMoved": _deadline_moved,
    "ReadersStartNothing": _reader,
}
