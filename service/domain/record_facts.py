"""The facts about records: settings, organisations, targets, ballots, hearings, measures, erasures.

As in `facts`, a shape is never edited. What a person wrote is not here: texts are named by their digest. `content` is
that of what a row says in words that anybody may read (`store.contents`); entries of an earlier day have none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from service.domain.facts import Fact

# --- the workspace -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingChanged(Fact):
    """A setting got another value, as the decision or rule that `reference` names says."""

    KIND: ClassVar[str] = "setting.changed"
    setting: str
    version: int
    value: Any
    reference: str
    valid_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRegistered(Fact):
    """An organisation came into the workspace's register."""

    KIND: ClassVar[str] = "organisation.registered"
    organisation: str
    of: str
    origin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipBegun(Fact):
    """An organisation became a member of the partnership."""

    KIND: ClassVar[str] = "membership.begun"
    membership: str
    organisation: str
    valid_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipEnded(Fact):
    """An organisation is a member of the partnership no longer from `valid_to` on."""

    KIND: ClassVar[str] = "membership.ended"
    membership: str
    organisation: str
    valid_to: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentativeNamed(Fact):
    """A person acts for an organisation from then on."""

    KIND: ClassVar[str] = "representative.named"
    representative: str
    person: str
    organisation: str
    valid_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentativeEnded(Fact):
    """A person acts for an organisation no longer from `valid_to` on."""

    KIND: ClassVar[str] = "representative.ended"
    representative: str
    person: str
    organisation: str
    valid_to: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyEstablished(Fact):
    """A body was established, with these organisations in its seats; `target` is what a working group is for."""

    KIND: ClassVar[str] = "body.established"
    body: str
    of: str
    seats: tuple[str, ...] = ()
    lead: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatTaken(Fact):
    """An organisation took a seat in a body; `votes`: it has a vote there."""

    KIND: ClassVar[str] = "seat.taken"
    seat: str
    body: str
    organisation: str
    votes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatEnded(Fact):
    """An organisation sits in a body no longer from `valid_to` on. Ballots that were opened before keep its vote."""

    KIND: ClassVar[str] = "seat.ended"
    seat: str
    body: str
    organisation: str
    valid_to: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosuresErased(Fact):
    """Sealed values were erased on a legal ground: what opens these commitments is gone."""

    KIND: ClassVar[str] = "disclosures.erased"
    commitments: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentAdded(Fact):
    """A document was put into the workspace, known by the digest of its bytes; of that media type, by whom."""

    KIND: ClassVar[str] = "document.added"
    document: str
    digest: str
    size: int
    media_type: str | None = None
    by: str | None = None


# --- a case and its target -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStatusChanged(Fact):
    """The case reached a part of its process to which the diagram gives this status."""

    KIND: ClassVar[str] = "case.status_changed"
    status: str
    activity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRegistered(Fact):
    """A target that was made elsewhere came into the register; `number` is that of its version in force or over."""

    KIND: ClassVar[str] = "target.registered"
    target: str
    version: str | None = None
    number: int | None = None
    status: str | None = None
    origin: str | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetProposed(Fact):
    """A target was proposed and got its key; `version` is the draft that the case makes."""

    KIND: ClassVar[str] = "target.proposed"
    target: str
    version: str
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetStatusChanged(Fact):
    """A version of a target moved on."""

    KIND: ClassVar[str] = "target.status_changed"
    target: str
    version: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetDrafted(Fact):
    """The draft of a version got another text, of that digest."""

    KIND: ClassVar[str] = "target.drafted"
    target: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetAdopted(Fact):
    """A version was adopted and its text frozen: from now on it is number `number`."""

    KIND: ClassVar[str] = "target.adopted"
    target: str
    version: str
    number: int
    digest: str
    ballot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetPublished(Fact):
    """A version was published and is in force; `supersedes` is the number of the one before it."""

    KIND: ClassVar[str] = "target.published"
    target: str
    version: str
    number: int
    digest: str
    valid_from: str
    supersedes: int | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeGiven(Fact):
    """A notice was put on a published target."""

    KIND: ClassVar[str] = "notice.given"
    notice: str
    target: str
    of: str
    content: str | None = None


# --- ballots and hearings ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotOpened(Fact):
    """A ballot was opened: the papers of digest `item` are frozen, and who may vote is fixed."""

    KIND: ClassVar[str] = "ballot.opened"
    ballot: str
    of: str
    question: str
    eligible: int
    eligible_hash: str
    rules: Mapping[str, Any]
    item: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteCast(Fact):
    """An organisation voted. What it voted is in the ballot, and in the answers of the task."""

    KIND: ClassVar[str] = "vote.cast"
    ballot: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotClosed(Fact):
    """A ballot was closed with an outcome, which its votes bear."""

    KIND: ClassVar[str] = "ballot.closed"
    ballot: str
    outcome: str
    result: str
    eligible: int
    eligible_hash: str
    in_favour: int
    against: int
    abstained: int
    recused: int
    amendment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingOpened(Fact):
    """A hearing was opened on the draft of that digest."""

    KIND: ClassVar[str] = "hearing.opened"
    hearing: str
    of: str
    round: int
    due_on: str
    invited: int
    draft: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingExtended(Fact):
    """A hearing got a later deadline."""

    KIND: ClassVar[str] = "hearing.extended"
    hearing: str
    due_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingAnswered(Fact):
    """A response to a hearing was recorded; `late`: it came behind the last day."""

    KIND: ClassVar[str] = "hearing.answered"
    hearing: str
    response: str
    organisation: str | None = None
    points: int = 0
    objection: bool = False
    late: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingEnded(Fact):
    """A hearing was closed."""

    KIND: ClassVar[str] = "hearing.closed"
    hearing: str
    outcome: str
    answers: int
    objections: int


# --- the action plan -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyRegistered(Fact):
    """A strategy with its goals came into the workspace."""

    KIND: ClassVar[str] = "strategy.registered"
    strategy: str
    goals: int
    origin: str | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureAdded(Fact):
    """A measure came into the action plan."""

    KIND: ClassVar[str] = "measure.added"
    measure: str
    number: int
    strength: str
    origin: str | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureChanged(Fact):
    """The plan says something else about a measure: which role is responsible, by when, or its status.

    Whoever is called by a name that is no role's key stands in the plan alone.
    """

    KIND: ClassVar[str] = "measure.changed"
    measure: str
    responsible: str | None = None
    due_on: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureReported(Fact):
    """A measure's owner reported: the status before and after, and the light that it shows."""

    KIND: ClassVar[str] = "measure.reported"
    measure: str
    report: str
    after: str
    light: str
    before: str | None = None
    content: str | None = None
