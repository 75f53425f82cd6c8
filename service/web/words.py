"""What the product's own words are called: statuses, outcomes, origins. A word of an author's is shown as it is."""

from service.web.i18n import gettext, pgettext

Tone = str


def status(key: str | None) -> str:
    """The status of a case or a target, in words."""
    return statuses().get(key or "", key or gettext("Begun"))


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
        "lapsed": pgettext("outcome", "Lapsed for want of a quorum"),
        "referred back": pgettext("outcome", "Referred back"),
        "postponed": pgettext("outcome", "Postponed"),
        "noted": pgettext("outcome", "Noted"),
        "withdrawn": pgettext("outcome", "Withdrawn"),
    }.get(key or "", key or gettext("Not decided yet"))


def majority(key: str) -> str:
    """A rule of majority, in words."""
    return {"cast": gettext("More for than against"), "entitled": gettext("More than half of all who may vote")}.get(
        key, key
    )
