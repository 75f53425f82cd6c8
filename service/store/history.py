"""The journal of one workspace read from one end to the other, stream by stream, a few rows in memory at a time."""

from collections.abc import Generator
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, or_, select

from service.store.tables import Ballot, Case, Deployment, Instance, JournalEntry, Workspace

STREAMING = {"yield_per": 1000}


def entries(
    connection: Connection, workspace_id: str, process: str | None, until: datetime | None
) -> Generator[tuple[str, bytes], None, None]:
    """Stream and canonical bytes of each entry, each stream's in their order.

    With a `process`, only of the cases in which it ran: its key, or that of its bundle. With `until`, none of the cases
    that were opened at that time or later.
    """
    statement = select(JournalEntry.stream_id, JournalEntry.body).where(JournalEntry.workspace_id == workspace_id)
    if process is not None:
        ran = select(Instance.case_id).where(Instance.workspace_id == workspace_id, _runs(workspace_id, process))
        statement = statement.where(JournalEntry.stream_id.in_(ran))
    if until is not None:
        later = select(Case.id).where(Case.workspace_id == workspace_id, Case.opened_at >= until)
        statement = statement.where(JournalEntry.stream_id.not_in(later))
    statement = statement.order_by(JournalEntry.stream_id, JournalEntry.seq)
    with connection.execute(statement, execution_options=STREAMING) as rows:
        for row in rows:
            yield row.stream_id, row.body


def knows(connection: Connection, workspace_id: str, process: str) -> bool:
    """Whether a process or a bundle of that key was ever deployed or ran."""
    ran = select(Instance.id).where(Instance.workspace_id == workspace_id, _runs(workspace_id, process)).limit(1)
    there = select(Deployment.id).where(Deployment.workspace_id == workspace_id, Deployment.bundle_key == process)
    return any(connection.scalar(it) is not None for it in (there.limit(1), ran))


def with_votes_withheld(connection: Connection, workspace_id: str) -> frozenset[str]:
    """The cases with a ballot that is open or secret."""
    statement = select(Ballot.case_id).where(
        Ballot.workspace_id == workspace_id, or_(Ballot.secret, Ballot.closed_at.is_(None))
    )
    return frozenset(connection.scalars(statement.distinct()))


def size(connection: Connection, workspace_id: str) -> tuple[int, int]:
    """How many cases a workspace has, and how many entries their streams and its own hold."""
    statement = select(func.count(), func.coalesce(func.sum(Case.journal_seq), 0)).where(
        Case.workspace_id == workspace_id
    )
    cases, entries = connection.execute(statement).one()
    own = connection.scalar(select(Workspace.journal_seq).where(Workspace.id == workspace_id)) or 0
    return int(cases), int(entries) + own


def _runs(workspace_id: str, process: str) -> ColumnElement[bool]:
    digests = select(Deployment.bundle_digest).where(
        Deployment.workspace_id == workspace_id, Deployment.bundle_key == process
    )
    return or_(Instance.process_key == process, Instance.bundle_digest.in_(digests))
