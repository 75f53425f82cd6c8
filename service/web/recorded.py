"""What became of a record, as a sentence of its own: a target, a ballot, a hearing, a measure, a document."""

from collections.abc import Callable, Mapping
from typing import Any

from service.web import formats, setting_words, words
from service.web.i18n import gettext, ngettext, pgettext

Told = Mapping[str, Any]


def sentence(kind: str, it: Told) -> str:
    """The sentence for an entry of that kind; `it` is what queries.timeline.records tells of it."""
    say = _SAY.get(kind)
    return gettext("Something was recorded") if say is None else say(it)


def _nobody(name: Any) -> str:
    return str(name) if name else gettext("somebody")


# --- targets ---------------------------------------------------------------------------------------------------------


def _proposed(it: Told) -> str:
    if it["of"] == "new":
        return gettext("Target %(target)s was proposed", target=it["target"])
    return gettext("A new version of target %(target)s was begun", target=it["target"])


def _status(it: Told) -> str:
    before, after = words.status(it["before"]), words.status(it["after"])
    return gettext(
        "Target %(target)s: from “%(before)s” to “%(after)s”", target=it["target"], before=before, after=after
    )


def _drafted(it: Told) -> str:
    return gettext("The draft of target %(target)s got a new text", target=it["target"])


def _adopted(it: Told) -> str:
    return gettext(
        "Version %(number)s of target %(target)s was adopted, and its text is frozen",
        number=it["number"],
        target=it["target"],
    )


def _published(it: Told) -> str:
    said = gettext(
        "Version %(number)s of target %(target)s was published, in force from %(date)s",
        number=it["number"],
        target=it["target"],
        date=formats.long_date(it["valid_from"]),
    )
    if it.get("supersedes") is None:
        return said
    return gettext("%(said)s, in place of version %(number)s", said=said, number=it["supersedes"])


def _registered(it: Told) -> str:
    return gettext("Target %(target)s came into the register", target=it["target"])


def _notice(it: Told) -> str:
    return gettext("Target %(target)s got a notice: %(kind)s", target=it["target"], kind=words.notice(it["of"]))


# --- ballots and hearings --------------------------------------------------------------------------------------------


def _ballot_opened(it: Told) -> str:
    return ngettext(
        "A vote on %(question)s was opened: %(num)s organisation may vote",
        "A vote on %(question)s was opened: %(num)s organisations may vote",
        it["eligible"],
        question=words.question(it["question"]),
    )


def _voted(it: Told) -> str:
    who = _nobody(it["organisation"])
    if it["choice"] is None:
        return gettext("%(organisation)s voted", organisation=who)
    return gettext("%(organisation)s voted: %(vote)s", organisation=who, vote=words.vote(it["choice"]))


def _ballot_closed(it: Told) -> str:
    question, outcome = words.question(it["question"]), words.outcome(it["outcome"])
    if not it["in_favour"] + it["against"] + it["abstained"] + it["recused"]:
        return gettext("The vote on %(question)s was closed: %(outcome)s", question=question, outcome=outcome)
    return gettext(
        "The vote on %(question)s was closed: %(outcome)s, %(votes)s",
        question=question,
        outcome=outcome,
        votes=words.votes(it["in_favour"], it["against"], it["abstained"], it["recused"]),
    )


def _hearing_opened(it: Told) -> str:
    return ngettext(
        "%(hearing)s was opened: %(num)s asked, to answer by %(date)s",
        "%(hearing)s was opened: %(num)s asked, to answer by %(date)s",
        it["invited"],
        hearing=words.hearing(it["of"]),
        date=formats.long_date(it["due_on"]),
    )


def _hearing_extended(it: Told) -> str:
    return gettext(
        "%(hearing)s got a later deadline: %(date)s",
        hearing=words.hearing(it["of"]),
        date=formats.long_date(it["due_on"]),
    )


def _hearing_answered(it: Told) -> str:
    who, hearing = _nobody(it.get("organisation")), words.hearing(it["of"])
    if it.get("objection"):
        return gettext("%(hearing)s: %(who)s answered with a formal objection", hearing=hearing, who=who)
    return gettext("%(hearing)s: %(who)s answered", hearing=hearing, who=who)


def _hearing_closed(it: Told) -> str:
    answers = ngettext("%(num)s answer", "%(num)s answers", it["answers"])
    objections = ngettext("%(num)s formal objection", "%(num)s formal objections", it["objections"])
    hearing = words.hearing(it["of"])
    return gettext(
        "%(hearing)s was closed: %(answers)s, %(objections)s", hearing=hearing, answers=answers, objections=objections
    )


# --- the action plan -------------------------------------------------------------------------------------------------


def _measure_added(it: Told) -> str:
    return gettext("Measure %(number)s came into the action plan", number=it["number"])


def _measure_changed(it: Told) -> str:
    said = [
        gettext("responsible: %(who)s", who=it["responsible"]) if it.get("responsible") else "",
        gettext("deadline: %(date)s", date=formats.long_date(it["due_on"])) if it.get("due_on") else "",
        gettext("status: %(status)s", status=words.measure(it["status"])) if it.get("status") else "",
    ]
    return gettext("Measure %(number)s: %(what)s", number=it["number"], what=", ".join(filter(None, said)))


def _measure_reported(it: Told) -> str:
    before, after = words.measure(it.get("before")), words.measure(it["after"])
    return gettext(
        "Measure %(number)s: from “%(before)s” to “%(after)s”", number=it["number"], before=before, after=after
    )


def _strategy(it: Told) -> str:
    return ngettext(
        "A strategy with %(num)s goal was registered", "A strategy with %(num)s goals was registered", it["goals"]
    )


# --- the case and its workspace --------------------------------------------------------------------------------------


def _case_status(it: Told) -> str:
    return gettext("The case is now: %(status)s", status=words.status(it["status"]))


def _document(it: Told) -> str:
    return gettext("Added the document “%(name)s”", name=it["document"] or gettext("a document"))


def _body(it: Told) -> str:
    if it["of"] != "working-group":
        return ngettext(
            "A body of %(num)s organisation was established",
            "A body of %(num)s organisations was established",
            it["seats"],
        )
    said = ngettext(
        "A working group of %(num)s organisation was established",
        "A working group of %(num)s organisations was established",
        it["seats"],
    )
    return gettext("%(said)s, led by %(lead)s", said=said, lead=it["lead"]) if it["lead"] else said


def _seat(it: Told) -> str:
    return gettext(
        "%(organisation)s took a seat in %(body)s",
        organisation=_nobody(it["organisation"]),
        body=_nobody(it["body"]),
    )


def _setting(it: Told) -> str:
    name = setting_words.name(it["setting"])
    return gettext("The setting “%(setting)s” was changed to %(value)s", setting=name, value=_value(it["value"]))


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return pgettext("answer", "Yes") if value else pgettext("answer", "No")
    return formats.number(value) if isinstance(value, int | float) else str(value)


def _organisation(it: Told) -> str:
    return gettext("%(organisation)s came into the register", organisation=_nobody(it["organisation"]))


def _member(it: Told) -> str:
    date = formats.long_date(it["valid_from"])
    return gettext("%(organisation)s became a member on %(date)s", organisation=_nobody(it["organisation"]), date=date)


def _acts_for(it: Told) -> str:
    who, date = _nobody(it["person"]), formats.long_date(it["valid_from"])
    organisation = _nobody(it["organisation"])
    return gettext("%(who)s acts for %(organisation)s from %(date)s", who=who, organisation=organisation, date=date)


def _member_no_more(it: Told) -> str:
    return gettext("%(organisation)s is no longer a member", organisation=_nobody(it.get("organisation")))


def _seat_left(it: Told) -> str:
    who, body = _nobody(it.get("organisation")), _nobody(it.get("body"))
    return gettext("%(organisation)s left its seat in %(body)s", organisation=who, body=body)


def _acts_no_more(it: Told) -> str:
    who, organisation = _nobody(it.get("person")), _nobody(it.get("organisation"))
    return gettext("%(who)s no longer acts for %(organisation)s", who=who, organisation=organisation)


def _erased(it: Told) -> str:
    return ngettext("%(num)s sealed answer was erased", "%(num)s sealed answers were erased", len(it["commitments"]))


def _mails(it: Told) -> str:
    return ngettext("%(num)s mail was written", "%(num)s mails were written", len(it["mails"]))


def _handed_over(_: Told) -> str:
    return gettext("The case was handed over to the archives")


# --- messages and answers from outside -------------------------------------------------------------------------------


def _received(it: Told) -> str:
    return gettext("The message “%(name)s” was received", name=it["name"])


def _message_refused(it: Told) -> str:
    return gettext("The message “%(name)s” could not be taken", name=it["name"])


def _invited(it: Told) -> str:
    who = _nobody(it["organisation"])
    return gettext("%(who)s got a link to answer by, until %(date)s", who=who, date=formats.long_date(it["expires_at"]))


def _replied(it: Told) -> str:
    return gettext("%(who)s answered by its link", who=_nobody(it["organisation"]))


_SAY: dict[str, Callable[[Told], str]] = {
    "target.registered": _registered,
    "target.proposed": _proposed,
    "target.status_changed": _status,
    "target.drafted": _drafted,
    "target.adopted": _adopted,
    "target.published": _published,
    "notice.given": _notice,
    "ballot.opened": _ballot_opened,
    "vote.cast": _voted,
    "ballot.closed": _ballot_closed,
    "hearing.opened": _hearing_opened,
    "hearing.extended": _hearing_extended,
    "hearing.answered": _hearing_answered,
    "hearing.closed": _hearing_closed,
    "measure.added": _measure_added,
    "measure.changed": _measure_changed,
    "measure.reported": _measure_reported,
    "strategy.registered": _strategy,
    "case.status_changed": _case_status,
    "document.added": _document,
    "body.established": _body,
    "seat.taken": _seat,
    "setting.changed": _setting,
    "organisation.registered": _organisation,
    "membership.begun": _member,
    "representative.named": _acts_for,
    "membership.ended": _member_no_more,
    "seat.ended": _seat_left,
    "representative.ended": _acts_no_more,
    "disclosures.erased": _erased,
    "mail.queued": _mails,
    "case.handed_over": _handed_over,
    "message.received": _received,
    "message.refused": _message_refused,
    "reply.invited": _invited,
    "reply.given": _replied,
}


SAID = frozenset(_SAY)
"""The kinds of facts about records that have a sentence."""
