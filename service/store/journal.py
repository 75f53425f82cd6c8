"""Writing and reading the journal: canonical bytes in, checked streams out."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import rfc8785
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.errors import JournalSpoilt
from service.domain.facts import Fact
from service.domain.journal import GENESIS, INSTALLATION, Break, By, Head, envelope, first_break, leaf_hash
from service.store import decided
from service.store.tables import Case, Chained, Installation, JournalEntry, Workspace


def append(
    session: Session,
    owner: Chained,
    facts: Iterable[Fact],
    *,
    by: By,
    now: datetime,
    demo: bool,
    trace: str | None = None,
) -> None:
    """Write facts to the stream that `owner` owns, and those that decide into the register of decisions. The owner's
    version guards the place that they take.

    `demo` marks the entries of a service whose clock was moved by hand. They name no `trace`, so that a seed repeats them.
    """
    workspace_id, stream_id = owner.stream
    head = Head(stream_id, owner.journal_seq, owner.journal_head)
    written = []
    for fact in facts:
        entry = envelope(
            head, kind=fact.KIND, v=fact.V, by=by, now=now, data=fact.data(), trace=None if demo else trace
        )
        if demo:
            entry["clock"] = "demo"
        trace = None
        body = rfc8785.dumps(entry)
        session.add(JournalEntry(workspace_id=workspace_id, stream_id=stream_id, seq=head.seq, body=body))
        written.append(entry)
        head = Head(stream_id, head.seq + 1, leaf_hash(body))
    owner.journal_seq, owner.journal_head = head.seq, head.hash
    if isinstance(owner, Case):
        decided.register(session, owner, written)


def new_stream() -> dict[str, Any]:
    """The values with which a new owner's stream begins."""
    return {"journal_seq": 0, "journal_head": GENESIS}


def of_workspace(session: Session, workspace_id: str) -> Workspace | None:
    """The workspace, locked until the transaction ends: the owner of its stream. Rows that name it are not kept waiting."""
    return session.scalar(select(Workspace).where(Workspace.id == workspace_id).with_for_update(key_share=True))


def of_installation(session: Session) -> Installation:
    """The installation, locked until the transaction ends: the owner of its stream."""
    return session.scalars(select(Installation).where(Installation.id == INSTALLATION).with_for_update()).one()


def entries(
    session: Session, workspace_id: str, stream_id: str, *, after: int = -1, limit: int | None = None
) -> list[dict[str, Any]]:
    """Entries of one stream behind number `after`, in order, at most `limit` of them."""
    statement = (
        select(JournalEntry.body)
        .where(
            JournalEntry.workspace_id == workspace_id,
            JournalEntry.stream_id == stream_id,
            JournalEntry.seq > after,
        )
        .order_by(JournalEntry.seq)
        .limit(limit)
    )
    return [read(body) for body in session.scalars(statement)]


def latest(session: Session, workspace_id: str, stream_id: str, limit: int) -> list[dict[str, Any]]:
    """The last `limit` entries of one stream, in order."""
    statement = (
        select(JournalEntry.body)
        .where(JournalEntry.workspace_id == workspace_id, JournalEntry.stream_id == stream_id)
        .order_by(JournalEntry.seq.desc())
        .limit(limit)
    )
    return [read(body) for body in reversed(session.scalars(statement).all())]


def heads(session: Session) -> list[Head]:
    """Where every stream stands: the installation's, the workspaces' and the cases'."""
    owners: list[Chained] = [
        *session.scalars(select(Installation)),
        *session.scalars(select(Workspace)),
        *session.scalars(select(Case)),
    ]
    return [Head(owner.stream[1], owner.journal_seq, owner.journal_head) for owner in owners]


def verify(session: Session, owner: Chained) -> Break | None:
    """Check the whole stream of `owner`: the first fault, or None. Reads every entry of the stream."""
    workspace_id, stream_id = owner.stream
    statement = (
        select(JournalEntry.body)
        .where(JournalEntry.workspace_id == workspace_id, JournalEntry.stream_id == stream_id)
        .order_by(JournalEntry.seq)
    )
    bodies = session.scalars(statement).all()
    head = Head(stream_id, owner.journal_seq, owner.journal_head)
    return first_break(stream_id, [(body, _object(body)) for body in bodies], head)


def read(body: bytes) -> dict[str, Any]:
    """An entry. Raises `JournalSpoilt`."""
    found = _object(body)
    if not found:
        raise JournalSpoilt
    return found


def _object(body: bytes) -> dict[str, Any]:
    """An entry; empty where somebody has spoilt it."""
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
