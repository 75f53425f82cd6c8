"""What the product's own words are called: statuses, outcomes, origins. A word of an author's is shown as it is."""

from service.domain.errors import MandatError
from service.web import formats
from service.web.i18n import gettext, ngettext, pgettext

Tone = str


def status(key: str | None) -> str:
    """The status of a case, or of a version of a target, in words."""
    return statuses().get(key or "", key or gettext("Begun"))


def known_status(key: str | None) -> str:
    """The status of a target in the register; of some no source says how they stand."""
    return status(key) if key else pgettext("status", "Unknown")


def tone(key: str | None) -> Tone:
    """How a status is tinted: "go" for what was decided or counts, "wait" for what stands still, "past" for what is over."""
    if key in (
        "adopted",
        "awaiting publication",
        "in force",
        "editorially adjusted",
        "interim rules",
        "under revision",
    ):
        return "go"
    if key in ("postponed", "referred back"):
        return "wait"
    return "past" if key in ("superseded", "retired", "merged", "rejected", "withdrawn", "lapsed") else ""


def statuses() -> dict[str, str]:
    """The words for the statuses of targets (domain.targets)."""
    return {
        "proposed": pgettext("status", "Proposed"),
        "planned": pgettext("status", "Planned"),
        "scanning": pgettext("status", "Market scan"),
        "drafting": pgettext("status", "Draft"),
        "internal hearing": pgettext("status", "Hearing, members"),
        "trade hearing": pgettext("status", "Hearing, trade"),
        "final proposal": pgettext("status", "Final proposal"),
        "on agenda": pgettext("status", "On the agenda"),
        "referred back": pgettext("status", "Referred back"),
        "postponed": pgettext("status", "Postponed"),
        "adopted": pgettext("status", "Adopted"),
        "awaiting publication": pgettext("status", "Awaiting publication"),
        "in force": pgettext("status", "In force"),
        "editorially adjusted": pgettext("status", "In force, adjusted"),
        "under revision": pgettext("status", "In force, under revision"),
        "interim rules": pgettext("status", "Interim rules"),
        "superseded": pgettext("status", "Superseded"),
        "retired": pgettext("status", "Retired"),
        "merged": pgettext("status", "Merged into another"),
        "rejected": pgettext("status", "Rejected"),
        "withdrawn": pgettext("status", "Withdrawn"),
        "lapsed": pgettext("status", "Lapsed"),
    }


def outcome(key: str | None) -> str:
    """What came of a ballot, in words."""
    return {
        "adopted": pgettext("outcome", "Adopted"),
        "rejected": pgettext("outcome", "Rejected"),
        "tie": pgettext("outcome", "Tie"),
        "lapsed": pgettext("outcome", "Lapsed"),
        "referred back": pgettext("outcome", "Referred back"),
        "postponed": pgettext("outcome", "Postponed"),
        "noted": pgettext("outcome", "Noted"),
        "withdrawn": pgettext("outcome", "Withdrawn"),
    }.get(key or "", key or gettext("Not decided yet"))


def outcome_of(key: str | None, taking_part: int, quorum: int | None, because: str | None = None) -> str:
    """What came of a ballot, and why it lapsed, where it did: so many took part, and so many are needed, unless it ended
    because of something else."""
    if key != "lapsed":
        return outcome(key)
    if because == "meeting demanded":
        return gettext("Lapsed, for a meeting was demanded")
    if quorum is not None and taking_part < quorum:
        return gettext("Lapsed for want of a quorum")
    return gettext("Lapsed, for a vote was missing when it closed")


def votes(yes: int, no: int, neither: int, recused: int) -> str:
    """How a vote fell: for, against and neither; who is recused has not voted, and is counted apart."""
    fell = f"{yes}–{no}–{neither}"
    return (
        ngettext("%(votes)s, %(num)s recused", "%(votes)s, %(num)s recused", recused, votes=fell) if recused else fell
    )


def question(key: str) -> str:
    """What a ballot decides, in words."""
    return {
        "initiation": pgettext("question", "initiation"),
        "establishment": pgettext("question", "the working group"),
        "direction": pgettext("question", "the direction after the market scan"),
        "adoption": pgettext("question", "adoption"),
        "editorial": pgettext("question", "an adjustment"),
        "interim": pgettext("question", "interim rules"),
        "full": pgettext("question", "a full revision"),
        "retire": pgettext("question", "ending the target"),
        "none": pgettext("question", "going on unchanged"),
    }.get(key, key)


def vote(key: str) -> str:
    """What somebody voted, in words."""
    return {
        "for": pgettext("voted", "for"),
        "against": pgettext("voted", "against"),
        "abstain": pgettext("voted", "neither for nor against"),
        "recused": pgettext("voted", "recused"),
    }.get(key, key)


def hearing(kind: str | None) -> str:
    """What a hearing is called, by its kind."""
    return {"internal": gettext("The hearing of the members"), "trade": gettext("The hearing of the trade")}.get(
        kind or "", gettext("The hearing")
    )


def ending(key: str | None) -> str:
    """Why a membership, a seat, a representation or a role ended, in words; nothing where no reason was given."""
    return {
        "withdrawal": gettext("withdrawn from the partnership"),
        "merger": gettext("merged with another"),
        "resignation": gettext("stepped down"),
        "term over": gettext("the term is over"),
        "replacement": gettext("replaced by another"),
        "mistake": gettext("entered by mistake"),
    }.get(key or "", key or "")


def organisation(kind: str) -> str:
    """What sort of organisation it is, in words."""
    return {
        "municipality": gettext("Municipality"),
        "region": pgettext("organisation", "Region"),
        "state": gettext("State authority"),
        "other public": gettext("Other public body"),
        "trade body": gettext("Trade body"),
        "sme": gettext("Small or medium-sized enterprise"),
        "ngo": gettext("Non-governmental organisation"),
        "purchasing community": gettext("Purchasing community"),
        "research": gettext("Research institution"),
        "other": pgettext("organisation", "Other"),
    }.get(kind, kind)


def position(key: str) -> str:
    """What somebody who is heard thinks of the draft, in words."""
    return {
        "support": pgettext("position", "supports the draft"),
        "remarks": pgettext("position", "has remarks"),
        "opposed": pgettext("position", "opposes the draft"),
        "none": pgettext("position", "has no remarks"),
    }.get(key, key)


def majority(key: str) -> str:
    """A rule of majority, in words."""
    return {"cast": gettext("More for than against"), "entitled": gettext("More than half of all who may vote")}.get(
        key, key
    )


def requirement(kind: str) -> str:
    """A kind of requirement, in words."""
    return {"requirement": gettext("Requirement"), "recommendation": gettext("Recommendation")}.get(kind, kind)


def placement(key: str) -> str:
    """Where in a tender a requirement belongs, in words."""
    return {
        "specification": gettext("Specification"),
        "award": gettext("Award criterion"),
        "selection": gettext("Selection requirement"),
        "contract": gettext("Contract clause"),
    }.get(key, key)


def version_kind(key: str) -> str:
    """How a version came about, in words."""
    return {
        "new": gettext("First version"),
        "revision": gettext("Full revision"),
        "editorial": gettext("Adjustment without a vote"),
        "interim": gettext("Interim rules"),
    }.get(key, key)


def notice(kind: str) -> str:
    """What a notice is about, in words."""
    return {
        "correction": gettext("Correction"),
        "known issue": gettext("Known issue"),
        "known dates": gettext("Known dates"),
        "interim": gettext("Interim rules"),
        "retired": gettext("Retired"),
        "merged": gettext("Merged into another"),
    }.get(kind, formats.first_upper(kind))


def measure(status: str | None) -> str:
    """The status of a measure, in words."""
    return {
        "not started": pgettext("measure", "Not started"),
        "ongoing": pgettext("measure", "Ongoing"),
        "done": pgettext("measure", "Done"),
        "continuous": pgettext("measure", "Continuous"),
        "delayed": pgettext("measure", "Delayed"),
        "dropped": pgettext("measure", "Dropped"),
    }.get(status or "", status or gettext("Not stated"))


def strength(key: str) -> str:
    """How strongly a measure obliges, in the words of its source."""
    return {
        "must": pgettext("duty", "must"),
        "should": pgettext("duty", "should"),
        "assess": pgettext("duty", "must be assessed"),
        "avoid": pgettext("duty", "must be avoided"),
        "produce": pgettext("duty", "must be produced"),
    }.get(key, key)


def measure_refused(error: MandatError) -> str:
    """Why a measure cannot be changed so, in words."""
    return {
        "MeasureStatusRefused": gettext("Status: the measure cannot go there from where it stands."),
        "AssessmentMissing": gettext("Status: this measure closes only with a documented assessment, in a follow-up."),
        "ReasonMissing": gettext("Status: dropping a measure needs a reason, in a follow-up."),
        "MeasureKeeperNeeded": gettext("Only the plan's keeper may change it."),
    }.get(type(error).__name__, str(error))
