"""Ballots: who may vote, what the votes come to, and what a meeting may conclude from them.

Every number is a setting with its origin (P19, P42: the rules of procedure are not available). One vote for each
organisation. An organisation that is recused is not entitled on the item; silence is no vote.
"""

import hashlib
import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, get_args

from service.domain.record_errors import OutcomeContradictsVotes, VoterNotEligible

Choice = Literal["for", "against", "abstain", "recused"]
Result = Literal["adopted", "rejected", "tie", "lapsed"]
Outcome = Literal["adopted", "rejected", "tie", "lapsed", "referred back", "postponed", "noted", "withdrawn"]
"""What a meeting says of an item: the votes' result, or a course that needs no vote."""

Reason = Literal["meeting demanded"]
"""Why a ballot ended, where its votes do not tell."""

COUNTS = ("eligible", "in_favour", "against", "abstained", "recused")
"""What is counted in a ballot."""

CHOICES: tuple[str, ...] = get_args(Choice)
OUTCOMES: tuple[str, ...] = get_args(Outcome)
REASONS: tuple[str, ...] = get_args(Reason)


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings that a ballot is judged by: `sg.quorum`, `sg.majority`, `sg.tie`, `sg.abstain`, `sg.recusal`."""

    quorum: Fraction
    majority: Literal["cast", "entitled"] = "cast"
    tie: Literal["not-adopted", "chair"] = "not-adopted"
    abstain: Literal["quorum-only", "neither"] = "quorum-only"
    recusal: Literal["not-entitled", "entitled"] = "not-entitled"


KEYS = ("sg.quorum", "sg.majority", "sg.tie", "sg.abstain", "sg.recusal")


def rules(values: Mapping[str, Any]) -> Rules:
    """The rules that settings' values by key make. A share is taken as the decimal that was written."""
    return Rules(
        quorum=Fraction(str(values["sg.quorum"])),
        majority=values["sg.majority"],
        tie=values["sg.tie"],
        abstain=values["sg.abstain"],
        recusal=values["sg.recusal"],
    )


def as_kept(kept: Mapping[str, Any]) -> Rules:
    """The rules that a ballot keeps: settings by key, each with its value."""
    return rules({key: kept[key]["value"] for key in KEYS})


USUAL: Mapping[str, Any] = {
    key: {"value": value, "version": 0, "origin": "standard"}
    for key, value in zip(KEYS, (0.5, "cast", "not-adopted", "quorum-only", "not-entitled"), strict=True)
}
"""What stands in the place of a ballot's rules where these cannot be read."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many organisations were eligible, and how each group of them voted. Who is in no group said nothing."""

    eligible: int
    in_favour: int = 0
    against: int = 0
    abstained: int = 0
    recused: int = 0

    def entitled(self, by: Rules) -> int:
        """How many count as the whole: all who are eligible, but for those recused where the rules say so."""
        return self.eligible - (self.recused if by.recusal == "not-entitled" else 0)

    def needed(self, by: Rules) -> int:
        """How many have to take part: the quorum's share of all who are entitled, and one at the least."""
        return max(1, math.ceil(by.quorum * self.entitled(by)))

    def taking_part(self, by: Rules) -> int:
        """How many count as present."""
        return self.in_favour + self.against + (self.abstained if by.abstain == "quorum-only" else 0)


def tally(eligible: Collection[str], votes: Mapping[str, str]) -> Tally:
    """Count votes (organisation id → choice). Raises `VoterNotEligible` for one that has no vote here."""
    stranger = next((organisation for organisation in votes if organisation not in eligible), None)
    if stranger is not None:
        raise VoterNotEligible(organisation=stranger)
    counts = {choice: sum(vote == choice for vote in votes.values()) for choice in CHOICES}
    return Tally(len(set(eligible)), counts["for"], counts["against"], counts["abstain"], counts["recused"])


def result(votes: Tally, by: Rules) -> Result:
    """What the votes come to. Fewer than the quorum: the item lapses, whatever the votes say."""
    entitled = votes.entitled(by)
    if votes.taking_part(by) < votes.needed(by):
        return "lapsed"
    if by.majority == "entitled":
        return "adopted" if 2 * votes.in_favour > entitled else "rejected"
    if votes.in_favour == votes.against:
        return "tie"
    return "adopted" if votes.in_favour > votes.against else "rejected"


def conclude(outcome: str, found: Result, by: Rules) -> None:
    """Raise `OutcomeContradictsVotes` where a meeting concludes what its votes do not bear.

    A tie is broken by the chair where the rules say so, and may be let fall in any case. An item may always lapse, be
    referred back, postponed, noted or withdrawn.
    """
    bears = {
        "adopted": found == "adopted" or (found == "tie" and by.tie == "chair"),
        "rejected": found in ("rejected", "tie"),
        "tie": found == "tie",
    }
    if not bears.get(outcome, outcome in OUTCOMES):
        raise OutcomeContradictsVotes(outcome=outcome, result=found)


def set_hash(eligible: Collection[str]) -> str:
    """SHA-256 of the eligible organisations' ids, sorted, as a JSON list: names who could vote without naming them."""
    return hashlib.sha256(json.dumps(sorted(set(eligible)), separators=(",", ":")).encode()).hexdigest()
