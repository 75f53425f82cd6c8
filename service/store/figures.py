"""What ran of one version of a process, and what the journal tells of it: read for figures, a part at a time."""

import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.errors import JournalSpoilt
from service.store.tables import Case, Instance, JournalEntry

FEW = 500


@dataclass(frozen=True, slots=True)
class Ran:
    """An instance: when it began and how it ended if it has, and how many entries the stream of its case has."""

    id: str
    case_id: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str
    entries: int


def ran(
    session: Session,
    version: tuple[str, str, str],
    since: datetime | None,
    until: datetime | None,
) -> Generator[Ran, None, None]:
    """The instances that go by a version of a process (workspace, digest of the bundle, key) and began from `since` on and
    before `until`, the newest first."""
    workspace_id, digest, process_key = version
    columns = (Instance.id, Instance.case_id, Instance.started_at, Instance.ended_at, Instance.status)
    statement = (
        select(*columns, Case.journal_seq)
        .join(Case, (Case.workspace_id == Instance.workspace_id) & (Case.id == Instance.case_id))
        .where(
            Instance.workspace_id == workspace_id,
            Instance.bundle_digest == digest,
            Instance.process_key == process_key,
        )
        .order_by(Instance.started_at.desc(), Instance.id.desc())
    )
    if since is not None:
        statement = statement.where(Instance.started_at >= since)
    if until is not None:
        statement = statement.where(Instance.started_at < until)
    with session.execute(statement, execution_options={"yield_per": FEW}) as rows:
        for row in rows:
            yield Ran(*row)


def entries(session: Session, workspace_id: str, case_id: str) -> Iterator[dict[str, Any]]:
    """The entries of a case, in order, a few in memory at a time. Raises `JournalSpoilt`."""
    statement = (
        select(JournalEntry.body)
        .where(JournalEntry.workspace_id == workspace_id, JournalEntry.stream_id == case_id)
        .order_by(JournalEntry.seq)
    )
    with session.scalars(statement, execution_options={"yield_per": FEW}) as bodies:
        for body in bodies:
            try:
                entry: dict[str, Any] = json.loads(body)
            except ValueError:
                raise JournalSpoilt from None
            yield entry
