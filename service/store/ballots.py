"""Ballots and their votes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.record_errors import VoterNotEligible
from service.store.tables import Ballot, Vote


def ballot(session: Session, workspace_id: str, ballot_id: str) -> Ballot | None:
    """One ballot, or None."""
    return session.get(Ballot, (workspace_id, ballot_id))


def open_one(session: Session, workspace_id: str, case_id: str, kind: str) -> Ballot | None:
    """The ballot of a kind that is open in a case, the newest where there are several."""
    statement = select(Ballot).where(
        Ballot.workspace_id == workspace_id,
        Ballot.case_id == case_id,
        Ballot.kind == kind,
        Ballot.closed_at.is_(None),
    )
    return session.scalar(statement.order_by(Ballot.ordinal.desc()).limit(1))


def of_case(session: Session, workspace_id: str, case_id: str) -> Sequence[Ballot]:
    """The ballots of a case, the oldest first."""
    statement = select(Ballot).where(Ballot.workspace_id == workspace_id, Ballot.case_id == case_id)
    return session.scalars(statement.order_by(Ballot.ordinal)).all()


def last_closed(session: Session, workspace_id: str, case_id: str, target_id: str, question: str) -> Ballot | None:
    """The ballot of a case that was closed last about a target and a question."""
    statement = select(Ballot).where(
        Ballot.workspace_id == workspace_id,
        Ballot.case_id == case_id,
        Ballot.target_id == target_id,
        Ballot.question == question,
        Ballot.closed_at.is_not(None),
    )
    return session.scalar(statement.order_by(Ballot.ordinal.desc()).limit(1))


def votes(session: Session, workspace_id: str, ballot_id: str) -> Sequence[Vote]:
    """The votes of a ballot, by organisation."""
    statement = select(Vote).where(Vote.workspace_id == workspace_id, Vote.ballot_id == ballot_id)
    return session.scalars(statement.order_by(Vote.organisation_id)).all()


def vote(session: Session, workspace_id: str, ballot_id: str, organisation_id: str) -> Vote | None:
    """What an organisation voted in a ballot."""
    return session.get(Vote, (workspace_id, ballot_id, organisation_id))


def cast(
    session: Session, ballot: Ballot, organisation_id: str, choice: str, *, now: datetime, task_id: str | None = None
) -> None:
    """Keep what an organisation votes; a later word takes the place of the earlier. Raises `VoterNotEligible`."""
    if organisation_id not in {voter["organisation"] for voter in ballot.voters}:
        raise VoterNotEligible(organisation=organisation_id)
    row = vote(session, ballot.workspace_id, ballot.id, organisation_id)
    if row is None:
        row = Vote(workspace_id=ballot.workspace_id, ballot_id=ballot.id, organisation_id=organisation_id)
        session.add(row)
    row.choice, row.cast_at, row.task_id = choice, now, task_id
