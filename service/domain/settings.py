"""Settings: the rules that no source states, typed, each with its default and where that comes from.

A default of origin `analogue` or `standard` is ours. It is never shown as a rule of the body's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from service.domain.record_errors import SettingRefused, SettingUnknown

Origin = Literal["source", "public", "analogue", "standard", "workspace", "sample"]
"""`source`: a seed, by id · `public`: a published rule, by address · `analogue`: another body's rule, by address ·
`standard`: our own default · `workspace`: set here, by a decision that the reference names · `sample`: set in a
demonstration."""

Kind = Literal["count", "share", "choice", "flag", "date", "day", "text"]
"""`count` from 0 · `share` from 0 to 1 · `day` is a month and day, MM-DD. `date` and `text` may be empty (None)."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One setting: its type, the default, and where the default comes from. `unit` is for people."""

    key: str
    kind: Kind
    default: Any
    origin: Origin
    reference: str
    unit: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """What a setting says at one moment. Version 0 is the default; every change is one more."""

    key: str
    version: int
    value: Any
    origin: Origin
    reference: str


def _count(key: str, default: int, unit: str, origin: Origin = "standard", reference: str = "") -> Definition:
    return Definition(key, "count", default, origin, reference, unit)


def _choice(key: str, choices: Sequence[str], origin: Origin = "standard", reference: str = "") -> Definition:
    """The first choice is the default."""
    return Definition(key, "choice", choices[0], origin, reference, choices=tuple(choices))


PROCESS = "https://denansvarligeindkober.dk/partnerskab-offentlige-groenne-indkoeb-proces-revidering-af-indkoebsmaal"
QUESTIONS = "https://ansvarligeindkob.dk/faq"
ORGANISATION = "https://gronneindkob.dk/om-partnerskabet/organisering-i-partnerskabet"
NEW_MEMBERS = "https://gronneindkob.dk/1898-2/implementering-af-indkoebsmaal-for-nye-medlemmer"
OTHER_BOARD = "https://os2.eu/gruppe/os2bestyrelsen"
OTHER_RULES = "https://2015-2018.kultkit.eu/?page_id=467"
OTHER_SUMMONS = "https://kmkc.dk/forretningsorden.asp"
OTHER_MINUTES = "https://doktorhaven-akb.dk"
CLIMATE_GUIDE = (
    "https://anskaffelser.no/verktoy/veiledere/veileder-til-regler-om-klima-og-miljohensyn-i-offentlige-anskaffelser"
)
REGISTER = "https://denansvarligeindkober.dk/indkoebsmaal-og-kriterier"

COMMON = (
    _count("deadline.task", 10, "working days"),
    _count("message.expires", 30, "days"),
    _choice("retention.default", ("decision", "ordinary", "short")),
    _count("retention.decision.years", 25, "years"),
    _choice("retention.decision.then", ("hand-over", "keep", "erase")),
    _count("retention.ordinary.years", 10, "years"),
    _choice("retention.ordinary.then", ("hand-over", "keep", "erase")),
    _count("retention.short.years", 5, "years"),
    _choice("retention.short.then", ("erase", "hand-over", "keep")),
)
"""What every workspace has."""

PARTNERSHIP = (
    Definition("sg.quorum", "share", 0.5, "analogue", OTHER_BOARD, "of the voting members"),
    _choice("sg.majority", ("cast", "entitled"), "public", PROCESS),
    _choice("sg.tie", ("not-adopted", "chair")),
    _choice("sg.abstain", ("quorum-only", "neither")),
    _choice("sg.recusal", ("not-entitled", "entitled")),
    _choice("sg.votes", ("one-per-organisation",)),
    _choice("sg.proxy", ("substitute", "none"), "analogue", OTHER_RULES),
    _count("sg.meetings_year", 2, "meetings", "public", QUESTIONS),
    _choice("sg.adoption_meeting", ("spring", "any"), "public", PROCESS),
    _count("sg.summons", 28, "days before", "analogue", OTHER_SUMMONS),
    _count("sg.items_deadline", 10, "days before", "analogue", OTHER_RULES),
    _count("sg.papers", 14, "days before", "analogue", OTHER_SUMMONS),
    _count("sg.minutes", 7, "days", "analogue", OTHER_MINUTES),
    _count("sg.objections", 7, "days", "analogue", OTHER_MINUTES),
    _choice("sg.extraordinary", ("chair-or-third", "chair"), "analogue", OTHER_RULES),
    _count("sg.extraordinary_notice", 7, "days", "analogue", OTHER_RULES),
    _choice("sg.ballot_secret", ("on-request", "never", "always")),
    _count("sg.vote_days", 1, "working days"),
    Definition("target.written_allowed", "flag", False, "public", PROCESS),
    _count("target.block", 12, "months"),
    Definition("target.prefix", "text", None, "public", REGISTER),
    Definition("other.written_allowed", "flag", True, "analogue", OTHER_RULES),
    _count("other.written_days", 10, "working days", "analogue", OTHER_RULES),
    _count("other.written_veto", 1, "members", "analogue", OTHER_RULES),
    _count("chair.count", 2, "chairs", "public", ORGANISATION),
    _count("chair.term", 24, "months"),
    _count("chair.reelect", 1, "times"),
    _count("wg.min_orgs", 5, "organisations", "public", PROCESS),
    _choice("wg.lead", ("rotation", "chosen"), "public", PROCESS),
    _count("wg.max_open", 3, "groups", "public", PROCESS),
    _count("wg.nominate", 15, "working days"),
    _count("wg.invite", 10, "working days"),
    _count("scan.data", 20, "working days"),
    _count("scan.comment", 10, "working days"),
    Definition("scan.min_reply", "share", 0.5, "standard", "", "of the members asked"),
    _count("draft.milestone", 40, "working days"),
    _count("draft.comment", 10, "working days"),
    _count("hearing.internal", 20, "working days"),
    _count("hearing.trade", 20, "working days"),
    _count("hearing.reopen", 10, "working days"),
    _count("hearing.extension", 10, "working days"),
    _count("proposal.amend", 15, "working days"),
    _count("publication.days", 20, "working days"),
    _count("member.instruction", 30, "working days"),
    _count("member.new_transition", 18, "months", "public", NEW_MEMBERS),
    _count("member.statement_due", 60, "working days"),
    _count("member.notice", 3, "months"),
    Definition("monitor.min_reply", "share", 0.7, "standard", "", "of the members asked"),
    _count("review.interval", 36, "months"),
    _count("revision.window", 10, "working days"),
    _count("revision.force", 2, "members"),
    _count("revision.expiry_notice", 60, "days before"),
    Definition("report.due", "day", "04-30", "standard", ""),
    Definition("plan.start", "day", "09-01", "standard", ""),
    Definition("plan.due", "day", "12-31", "source", "P25"),
    _count("kpi.targets_year", 3, "targets", "source", "P37"),
)
"""The partnership's. The terms of reference point to rules of procedure that are not available (P19, P42)."""

MUNICIPALITY = (
    Definition("no.weight_min", "share", 0.3, "public", CLIMATE_GUIDE, "of the award"),
    Definition("no.weight_from", "date", "2024-01-01", "public", CLIMATE_GUIDE),
    _count("no.rank_top", 3, "criteria", "public", CLIMATE_GUIDE),
    _count("no.threshold_low", 100_000, "NOK", "public", CLIMATE_GUIDE),
    Definition("no.act.sanctions_duty_from", "date", None, "standard", ""),
    _count("lill.plan_month", 10, "month"),
    _choice("lill.status_cycle", ("quarterly", "half-yearly", "yearly")),
    _count("lill.evidence_days", 14, "days", "analogue", REGISTER),
    _count("lill.status_months", 3, "months"),
    _count("lill.report_days", 10, "working days"),
    _count("lill.missed_reports", 2, "reports"),
    _count("lill.yearly_month", 1, "month"),
)
"""Lillestrøm's, and Norwegian law's."""

_OF = {"pogi": COMMON + PARTNERSHIP, "lillestrom": COMMON + MUNICIPALITY}
FIRST = tuple(_OF)
"""The keys of the workspaces that an installation begins with, in the order in which they are made."""


def known(workspace_id: str) -> Mapping[str, Definition]:
    """The settings that a workspace has, by key. A workspace that we know nothing of has them all."""
    return {it.key: it for it in _OF.get(workspace_id, COMMON + PARTNERSHIP + MUNICIPALITY)}


def definition(workspace_id: str, key: str) -> Definition:
    """The setting of that key. Raises `SettingUnknown`."""
    found = known(workspace_id).get(key)
    if found is None:
        raise SettingUnknown(key=key)
    return found


def default(of: Definition) -> Value:
    """What a setting says as long as nobody has changed it."""
    return Value(of.key, 0, of.default, of.origin, of.reference)


def check(of: Definition, value: Any) -> None:
    """Raise `SettingRefused` unless the setting can have that value."""
    reason = _wrong(of, value)
    if reason:
        raise SettingRefused(key=of.key, reason=reason)


def _wrong(of: Definition, value: Any) -> str | None:
    match of.kind:
        case "count":
            fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53
            return None if fits else "it is a whole number from 0"
        case "share":
            fits = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
            return None if fits else "it is a number from 0 to 1"
        case "choice":
            return None if value in of.choices else f"it is one of {', '.join(of.choices)}"
        case "flag":
            return None if isinstance(value, bool) else "it is true or false"
        case "date" | "day":
            return _wrong_day(of.kind, value)
        case "text":
            fits = value is None or (isinstance(value, str) and 0 < len(value) <= 200)
            return None if fits else "it is at most 200 characters"


def _wrong_day(kind: Literal["date", "day"], value: Any) -> str | None:
    if kind == "date" and value is None:
        return None
    try:
        date.fromisoformat(value if kind == "date" else f"2024-{value}")
    except (TypeError, ValueError):
        return "it is a date, YYYY-MM-DD" if kind == "date" else "it is a month and day, MM-DD"
    return None


def nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by dotted key as the context that a diagram reads: `sg.quorum` → {"sg": {"quorum": …}}."""
    context: dict[str, Any] = {}
    for key, value in values.items():
        *path, last = key.split(".")
        inner = context
        for name in path:
            inner = inner.setdefault(name, {})
        inner[last] = value
    return context
