"""What the settings are called, and how their values are told."""

from collections.abc import Callable, Mapping
from typing import Any

from service.domain.settings import Definition
from service.web import formats
from service.web.i18n import gettext, ngettext, pgettext


def name(key: str) -> str:
    """What a setting is called."""
    return _names().get(key, key)


def value(it: Mapping[str, Any]) -> str:
    """What a setting says, without its unit."""
    found = it["value"]
    if found is None:
        return gettext("Not set")
    return _SAY.get(str(it["kind"]), str)(found)


def _flag(found: bool) -> str:
    return pgettext("answer", "Yes") if found else pgettext("answer", "No")


def unit(it: Mapping[str, Any]) -> str:
    """The unit of a setting, for as many as it says."""
    count = it["value"] if isinstance(it["value"], int) else 2
    return {
        "working days": ngettext("working day", "working days", count),
        "days": ngettext("day", "days", count),
        "days before": ngettext("day before", "days before", count),
        "years": ngettext("year", "years", count),
        "months": ngettext("month", "months", count),
        "meetings": ngettext("meeting", "meetings", count),
        "organisations": ngettext("organisation", "organisations", count),
        "members": ngettext("member", "members", count),
        "groups": ngettext("group", "groups", count),
        "chairs": ngettext("chair", "chairs", count),
        "times": ngettext("time", "times", count),
        "targets": ngettext("target", "targets", count),
        "criteria": ngettext("criterion", "criteria", count),
        "reports": ngettext("report", "reports", count),
        "month": gettext("month of the year"),
        "of the voting members": gettext("of the voting members"),
        "of the members asked": gettext("of the members asked"),
        "of the award": gettext("of the award"),
    }.get(it["unit"], str(it["unit"]))


def choice(key: str) -> str:
    """What a choice of a setting says."""
    return {
        "cast": gettext("more for than against"),
        "entitled": gettext("more than half of all who may vote"),
        "not-adopted": gettext("not adopted"),
        "chair": gettext("the chair decides"),
        "quorum-only": gettext("counts as present, not in the majority"),
        "neither": gettext("counts neither as present nor in the majority"),
        "not-entitled": gettext("does not count as entitled"),
        "one-per-organisation": gettext("one for each organisation"),
        "substitute": gettext("a substitute may vote"),
        "none": gettext("none"),
        "spring": gettext("the spring meeting"),
        "any": gettext("any meeting"),
        "chair-or-third": gettext("the chair, or a third of the members"),
        "on-request": gettext("when asked for"),
        "never": gettext("never"),
        "always": gettext("always"),
        "rotation": gettext("in turn"),
        "chosen": gettext("chosen by the group"),
        "quarterly": gettext("every quarter"),
        "half-yearly": gettext("every half year"),
        "yearly": gettext("every year"),
        "decision": gettext("decisions"),
        "ordinary": gettext("ordinary cases"),
        "short": gettext("what is soon past"),
        "hand-over": gettext("handed over to the archives"),
        "erase": gettext("erased"),
        "keep": gettext("kept for ever"),
    }.get(key, key)


_SAY: dict[str, Callable[[Any], str]] = {
    "share": formats.percent,
    "count": formats.number,
    "flag": _flag,
    "choice": choice,
    "date": formats.long_date,
    "day": lambda found: formats.day(f"2024-{found}"),
}


def wrong(definition: Definition) -> str:
    """What a value has to be, for who typed another."""
    return {
        "count": gettext("Write a whole number from 0."),
        "share": gettext("Write a number from 0 to 1."),
        "choice": gettext("Choose one of the answers."),
        "flag": gettext("Choose yes or no."),
        "date": gettext("Write a date, such as 2026-04-21."),
        "day": gettext("Write a month and a day, such as 04-30."),
        "text": gettext("Write at most 200 characters."),
    }[definition.kind]


def groups(found: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Settings under a heading each, in the order of their definitions."""
    headings = _headings()
    told: dict[str, list[dict[str, Any]]] = {}
    for it in found:
        told.setdefault(headings.get(it["key"].partition(".")[0], gettext("Other")), []).append(it)
    return list(told.items())


def _headings() -> dict[str, str]:
    return {
        "deadline": gettext("Deadlines"),
        "retention": gettext("How long cases are kept"),
        "sg": gettext("The steering group"),
        "target": gettext("Targets"),
        "other": gettext("Other decisions"),
        "chair": gettext("The chair"),
        "wg": gettext("Working groups"),
        "scan": gettext("Market scan"),
        "draft": gettext("Drafting"),
        "hearing": gettext("Hearings"),
        "proposal": gettext("The final proposal"),
        "publication": gettext("Publication"),
        "member": gettext("Members"),
        "monitor": gettext("Monitoring"),
        "review": gettext("Review and revision"),
        "revision": gettext("Review and revision"),
        "report": gettext("Annual report and plan"),
        "plan": gettext("Annual report and plan"),
        "kpi": gettext("Annual report and plan"),
        "no": gettext("Norwegian law"),
        "lill": gettext("The action plan"),
    }


def _names() -> dict[str, str]:
    return {
        "deadline.task": gettext("A task without a deadline of its own"),
        "message.expires": gettext("How long a message is kept that nobody waits for yet"),
        "sg.quorum": gettext("Quorum"),
        "sg.majority": gettext("Majority"),
        "sg.tie": gettext("A tie"),
        "sg.abstain": gettext("Who abstains"),
        "sg.recusal": gettext("Who is recused"),
        "sg.votes": gettext("Votes"),
        "sg.proxy": gettext("Voting for somebody absent"),
        "sg.meetings_year": gettext("Meetings in a year"),
        "sg.adoption_meeting": gettext("Where targets are adopted"),
        "sg.summons": gettext("Summons to a meeting"),
        "retention.default": gettext("Class of a process that names none"),
        "retention.decision.years": gettext("How long decisions are kept after the end of the case"),
        "retention.decision.then": gettext("What happens to decisions then"),
        "retention.ordinary.years": gettext("How long ordinary cases are kept after their end"),
        "retention.ordinary.then": gettext("What happens to ordinary cases then"),
        "retention.short.years": gettext("How long what is soon past is kept after its end"),
        "retention.short.then": gettext("What happens to what is soon past then"),
        "sg.items_deadline": gettext("Last day for items"),
        "sg.papers": gettext("Papers for a meeting"),
        "sg.minutes": gettext("Minutes after a meeting"),
        "sg.objections": gettext("Objections to the minutes"),
        "sg.extraordinary": gettext("Who may call an extraordinary meeting"),
        "sg.extraordinary_notice": gettext("Notice of an extraordinary meeting"),
        "sg.ballot_secret": gettext("Secret ballots"),
        "sg.vote_days": gettext("How long a vote stays open"),
        "target.written_allowed": gettext("Targets may be adopted in writing"),
        "target.block": gettext("How long a rejected target waits"),
        "target.prefix": gettext("What stands before a target's number"),
        "other.written_allowed": gettext("Other decisions may be made in writing"),
        "other.written_days": gettext("Time to answer in writing"),
        "other.written_veto": gettext("Members who can demand a meeting instead"),
        "chair.count": gettext("How many chairs there are"),
        "chair.term": gettext("How long a chair serves"),
        "chair.reelect": gettext("How often a chair may be chosen again"),
        "wg.min_orgs": gettext("Fewest organisations in a group"),
        "wg.lead": gettext("How the lead is found"),
        "wg.max_open": gettext("Most groups at work at once"),
        "wg.nominate": gettext("Time to nominate"),
        "wg.invite": gettext("Time to accept a seat"),
        "scan.data": gettext("Time to send data"),
        "scan.comment": gettext("Time to comment"),
        "scan.min_reply": gettext("Fewest replies"),
        "draft.milestone": gettext("Time until a milestone"),
        "draft.comment": gettext("Time to comment on a draft"),
        "hearing.internal": gettext("Hearing of the members"),
        "hearing.trade": gettext("Hearing of the trade"),
        "hearing.reopen": gettext("A hearing held again"),
        "hearing.extension": gettext("An extension"),
        "proposal.amend": gettext("Time to amend the proposal"),
        "publication.days": gettext("Time to publish"),
        "member.instruction": gettext("Time for a voting instruction"),
        "member.new_transition": gettext("Transition for a new member"),
        "member.statement_due": gettext("Time to comply or explain"),
        "member.notice": gettext("Notice to leave"),
        "monitor.min_reply": gettext("Fewest replies to count"),
        "review.interval": gettext("Time between reviews"),
        "revision.window": gettext("Time to ask for a revision"),
        "revision.force": gettext("How many can force a revision"),
        "revision.expiry_notice": gettext("Warning before interim rules expire"),
        "report.due": gettext("The annual report is due"),
        "plan.start": gettext("Work on the activity plan begins"),
        "plan.due": gettext("The activity plan is due"),
        "kpi.targets_year": gettext("Targets in a year"),
        "no.weight_min": gettext("Least weight of climate and environment"),
        "no.weight_from": gettext("That weight counts from"),
        "no.rank_top": gettext("Where the criterion has to stand"),
        "no.threshold_low": gettext("Lowest value of a procurement"),
        "no.act.sanctions_duty_from": gettext("The duty to have sanctions counts from"),
        "lill.plan_month": gettext("The month of the plan"),
        "lill.status_cycle": gettext("How often status is reported"),
        "lill.evidence_days": gettext("Time to send evidence"),
        "lill.status_months": gettext("Months between reports"),
        "lill.report_days": gettext("Time to report"),
        "lill.missed_reports": gettext("Missed reports before somebody is told"),
        "lill.yearly_month": gettext("The month of the yearly status"),
    }
