"""All that is held on one person, table by table: whoever asks for it gets it whole."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.store.tables import (
    Account,
    Ballot,
    Draft,
    Hearing,
    HearingResponse,
    JournalEntry,
    Organisation,
    Outgoing,
    Person,
    Representative,
    Role,
    RoleHolding,
    Task,
    Vote,
)

BATCH = 2_000


def account(session: Session, workspace_id: str, person_id: str) -> str | None:
    """The name of her account, if she has one."""
    statement = select(Account.subject).join(Person, Person.account_id == Account.id)
    return session.scalar(statement.where(Person.workspace_id == workspace_id, Person.id == person_id))


def holdings(session: Session, workspace_id: str, person_id: str) -> Sequence[tuple[RoleHolding, str]]:
    """The roles that she ever held, each with its label."""
    statement = (
        select(RoleHolding, Role.label)
        .join(Role, (Role.workspace_id == RoleHolding.workspace_id) & (Role.key == RoleHolding.role_key))
        .where(RoleHolding.workspace_id == workspace_id, RoleHolding.person_id == person_id)
        .order_by(RoleHolding.valid_from, RoleHolding.id)
    )
    return [(row, label) for row, label in session.execute(statement)]


def represented(session: Session, workspace_id: str, person_id: str) -> Sequence[tuple[Representative, str]]:
    """The organisations that she ever acted for, each with its name."""
    same = (Organisation.workspace_id == Representative.workspace_id) & (
        Organisation.id == Representative.organisation_id
    )
    statement = (
        select(Representative, Organisation.name)
        .join(Organisation, same)
        .where(Representative.workspace_id == workspace_id, Representative.person_id == person_id)
        .order_by(Representative.valid_from, Representative.id)
    )
    return [(row, name) for row, name in session.execute(statement)]


def tasks(session: Session, workspace_id: str, person_id: str) -> Sequence[Task]:
    """The tasks that she has or had."""
    statement = select(Task).where(Task.workspace_id == workspace_id, Task.assignee_id == person_id)
    return session.scalars(statement.order_by(Task.opened_at, Task.id)).all()


def votes(session: Session, workspace_id: str, task_ids: Collection[str]) -> Sequence[tuple[Vote, Ballot]]:
    """The votes that were cast with those tasks, each with its ballot."""
    statement = (
        select(Vote, Ballot)
        .join(Ballot, (Ballot.workspace_id == Vote.workspace_id) & (Ballot.id == Vote.ballot_id))
        .where(Vote.workspace_id == workspace_id, Vote.task_id.in_(task_ids))
        .order_by(Vote.cast_at)
    )
    return [(vote, ballot) for vote, ballot in session.execute(statement)] if task_ids else []


def responses(session: Session, workspace_id: str, person_id: str) -> Sequence[tuple[HearingResponse, Hearing]]:
    """What she has answered in hearings, or written down there."""
    statement = (
        select(HearingResponse, Hearing)
        .join(
            Hearing,
            (Hearing.workspace_id == HearingResponse.workspace_id) & (Hearing.id == HearingResponse.hearing_id),
        )
        .where(HearingResponse.workspace_id == workspace_id, HearingResponse.recorded_by == person_id)
        .order_by(HearingResponse.received_at)
    )
    return [(response, hearing) for response, hearing in session.execute(statement)]


def drafts(session: Session, workspace_id: str, person_id: str) -> Sequence[Draft]:
    """What she has written and not given yet."""
    statement = select(Draft).where(Draft.workspace_id == workspace_id, Draft.person_id == person_id)
    return session.scalars(statement.order_by(Draft.saved_at)).all()


def mails(session: Session, workspace_id: str, person_id: str) -> Sequence[Outgoing]:
    """The mails to her that are still kept."""
    statement = select(Outgoing).where(
        Outgoing.workspace_id == workspace_id, Outgoing.kind == "mail", Outgoing.recipient == person_id
    )
    return session.scalars(statement.order_by(Outgoing.created_at, Outgoing.id)).all()


def entries_naming(session: Session, workspace_id: str, names: Collection[str]) -> Iterator[Any]:
    """The bodies of the workspace's entries in which one of these ids stands, stream by stream. Reads all of the journal: an
    index of who is named where would be a register of people of its own."""
    sought = [name.encode() for name in names]
    statement = select(JournalEntry.body).where(JournalEntry.workspace_id == workspace_id)
    ordered = statement.order_by(JournalEntry.stream_id, JournalEntry.seq)
    for body in session.scalars(ordered, execution_options={"yield_per": BATCH}):
        if any(name in body for name in sought):
            yield body
