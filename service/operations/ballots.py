"""Ballots: opening one freezes who may vote on what, closing one says what came of it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypedDict

from marshmallow import Schema, fields, validate

from service.domain import ballots as rules
from service.domain import record_facts as facts
from service.domain.record_errors import BallotClosed, BallotNotFound, BodyNotFound, OutcomeContradictsVotes
from service.operations.fields import ID, text
from service.operations.members import Named, named
from service.operations.registry import Place, operation
from service.operations.targets import ADOPTION
from service.operations.versions import follow
from service.store import ballots as store
from service.store import organisations, settings
from service.store import targets as targets_store
from service.store.ballots import cast
from service.store.tables import Ballot

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SECRET = "sg.ballot_secret"


class Opened(TypedDict):
    """A ballot that was opened: its id, and the organisations that may vote."""

    ballot: str
    voters: list[Named]


class Closed(TypedDict):
    """What came of a ballot: the outcome it was closed with, what the votes alone come to, and how they fell."""

    outcome: rules.Outcome
    result: rules.Result
    eligible: int
    in_favour: int
    against: int
    abstained: int
    recused: int


@operation(
    "ballots.open",
    kind=text(required=True),
    question=text(required=True),
    target=text(load_default=None, allow_none=True),
    meeting_on=fields.Date(load_default=None, allow_none=True),
    secret=fields.Boolean(load_default=False),
)
def open_ballot(session: "Session", place: Place, asked: Mapping[str, Any]) -> Opened:
    """Open a ballot in the body `kind`: the papers are frozen by digest, and who may vote is fixed.

    Gives the ballot's id and the eligible organisations. The settings that it will be judged by are kept with it, each
    with its version: a ballot that runs finishes under the rules that it began with. Raises `BodyNotFound`.
    """
    body = organisations.body(session, place.workspace_id, asked["kind"])
    if body is None:
        raise BodyNotFound(key=asked["kind"])
    seats = organisations.seated(session, place.workspace_id, body.id, place.now, voting=True)
    voters = [named(organisation) for _, organisation in seats]
    found = settings.values(session, place.workspace_id, (*rules.KEYS, SECRET), place.now)
    counting = {
        key: {"value": it.value, "version": it.version, "origin": it.origin} for key, it in sorted(found.items())
    }
    of_case = targets_store.of_case(session, place.workspace_id, place.case_id)
    target = asked["target"] and targets_store.target(session, place.workspace_id, asked["target"])
    digest = of_case[1].digest if of_case and target and of_case[0].id == target.id else None
    eligible = [voter["organisation"] for voter in voters]
    ballot = Ballot(
        workspace_id=place.workspace_id,
        id=place.new_id(),
        case_id=place.case_id,
        ordinal=1 + len(store.of_case(session, place.workspace_id, place.case_id)),
        instance_id=place.instance_id,
        kind=asked["kind"],
        question=asked["question"],
        target_id=target.id if target else None,
        item_digest=digest,
        voters=voters,
        eligible_hash=rules.set_hash(eligible),
        rules=counting,
        secret=found[SECRET].value == "always" or (asked["secret"] and found[SECRET].value == "on-request"),
        meeting_on=asked["meeting_on"],
        opened_at=place.now,
    )
    session.add(ballot)
    session.flush()
    place.tell(
        facts.BallotOpened(
            ballot=ballot.id,
            of=ballot.kind,
            question=ballot.question,
            eligible=len(eligible),
            eligible_hash=ballot.eligible_hash,
            rules=counting,
            item=digest,
        )
    )
    return {"ballot": ballot.id, "voters": voters}


@operation(
    "ballots.record",
    ballot=fields.String(required=True, validate=ID),
    organisation=fields.String(required=True, validate=ID),
    vote=fields.String(required=True, validate=validate.OneOf(rules.CHOICES)),
)
def record(session: "Session", place: Place, asked: Mapping[str, Any]) -> str:
    """Record what an organisation votes, where no task of its own does; the last word before the closing counts.

    Raises `BallotNotFound`, `BallotClosed`, `VoterNotEligible`.
    """
    ballot = _open(session, place, asked["ballot"])
    cast(session, ballot, asked["organisation"], asked["vote"], now=place.said_at)
    session.flush()
    place.tell(facts.VoteCast(ballot=ballot.id, organisation=asked["organisation"]))
    return str(asked["vote"])


class Cast(Schema):
    """One vote as a diagram gathered it; what else its form asked for is of no matter here."""

    class Meta:
        """Fields of the form that are not counted are left aside."""

        unknown = "exclude"

    vote = fields.String(required=True, validate=validate.OneOf(rules.CHOICES))


@operation(
    "ballots.close",
    ballot=fields.String(required=True, validate=ID),
    outcome=fields.String(required=True, validate=validate.OneOf(rules.OUTCOMES)),
    votes=fields.List(fields.Nested(Cast), load_default=list),
    amendment=fields.String(load_default="none", validate=validate.OneOf(["none", "editorial", "substantive"])),
    present=fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=0)),
    because=fields.String(load_default=None, allow_none=True, validate=validate.OneOf(rules.REASONS)),
)
def close(session: "Session", place: Place, asked: Mapping[str, Any]) -> Closed:
    """Close a ballot with an outcome that its recorded votes bear.

    `votes` are those that the diagram gathered: they must be as many of each kind as are recorded. `present` is how
    many of those entitled had met, where the item was taken at a meeting; `because` is why the ballot ended where its votes
    do not tell: a member demanded a meeting. An item of adoption that is referred back or
    postponed takes its target's draft with it. Raises `BallotNotFound`, `BallotClosed`,
    `OutcomeContradictsVotes`.
    """
    ballot = _open(session, place, asked["ballot"])
    eligible = [voter["organisation"] for voter in ballot.voters]
    recorded = {vote.organisation_id: vote.choice for vote in store.votes(session, place.workspace_id, ballot.id)}
    by = rules.as_kept(ballot.rules)
    tally = rules.tally(eligible, recorded)
    found = rules.result(tally, by)
    if asked["votes"] and sorted(vote["vote"] for vote in asked["votes"]) != sorted(recorded.values()):
        raise OutcomeContradictsVotes(outcome=asked["outcome"], result="other votes than were recorded")
    rules.conclude(asked["outcome"], found, by)
    counts = {
        "eligible": tally.eligible,
        "in_favour": tally.in_favour,
        "against": tally.against,
        "abstained": tally.abstained,
        "recused": tally.recused,
    }
    ballot.closed_at, ballot.outcome, ballot.result = place.now, asked["outcome"], found
    ballot.amendment = asked["amendment"]
    beside = {name: asked[name] for name in ("present", "because") if asked[name] is not None}
    ballot.tally = {**counts, **beside}
    session.flush()
    place.tell(
        facts.BallotClosed(
            ballot=ballot.id,
            outcome=asked["outcome"],
            result=found,
            eligible_hash=ballot.eligible_hash,
            amendment=asked["amendment"],
            **counts,
        )
    )
    if ballot.question == ADOPTION and asked["outcome"] in ("referred back", "postponed"):
        follow(session, place, asked["outcome"])
    return {
        "outcome": asked["outcome"],
        "result": found,
        "eligible": tally.eligible,
        "in_favour": tally.in_favour,
        "against": tally.against,
        "abstained": tally.abstained,
        "recused": tally.recused,
    }


def _open(session: "Session", place: Place, ballot_id: str) -> Ballot:
    ballot = store.ballot(session, place.workspace_id, ballot_id)
    if ballot is None or ballot.case_id != place.case_id:
        raise BallotNotFound
    if ballot.closed_at is not None:
        raise BallotClosed(outcome=ballot.outcome)
    return ballot
