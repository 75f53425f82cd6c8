"""Carrying out an erasure: what it is about is deleted in the transaction of the command that says so."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from service.domain.erasure_facts import ErasureRepeated
from service.domain.erasures import SHORTEST, Listed, Removed, Wanted
from service.domain.record_facts import DisclosuresErased
from service.runtime.command import Work
from service.store import disclosures, erasures, held, journal
from service.store.tables import Erasure

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def whole(session: "Session", workspace_id: str, wanted: Wanted) -> Wanted:
    """What is still there of what an erasure is about, with the answers that name its documents: those lead nowhere then."""
    there = {row.commitment for row in disclosures.some(session, workspace_id, wanted.commitments)}
    naming = set(held.holding(session, workspace_id, wanted.documents)) if wanted.documents else set()
    return Wanted(
        tuple(sorted(there | naming)), tuple(sorted(set(wanted.documents))), tuple(sorted(set(wanted.people)))
    )


def carry_out(session: "Session", workspace_id: str, wanted: Wanted) -> Removed:
    """Delete what opens the commitments, the documents with their bytes, and who the people are; and what is on its way and
    holds the same words: drafts, files, mails, kept answers."""
    rows = disclosures.some(session, workspace_id, wanted.commitments)
    texts = {text for row in rows for text in words(row.opened)} | set(wanted.documents)
    if rows:
        disclosures.erase(session, workspace_id, [row.commitment for row in rows])
    documents = erasures.remove_documents(session, workspace_id, wanted.documents)
    people = erasures.remove_people(session, workspace_id, wanted.people)
    copies = erasures.remove_copies(session, workspace_id, texts)
    return Removed(values=len(rows), documents=documents, people=people, copies=copies)


def repeat(work: Work, listed: Listed) -> Removed | None:
    """Erase once more what a backup from before that erasure has brought back, and write that down in the workspace; gives
    how much that was. None where nothing came back, or the workspace is not there."""
    here = listed.workspace
    workspace = journal.of_workspace(work.session, here)
    row = erasures.erasure(work.session, here, listed.erasure)
    if workspace is None or (row is not None and row.state == "done"):
        return None
    there = disclosures.some(work.session, here, listed.wanted.commitments)
    sealed = tuple(sorted(it.commitment for it in there))
    removed = carry_out(work.session, here, listed.wanted)
    if row is None:
        row = Erasure(
            workspace_id=here,
            id=listed.erasure,
            basis=listed.basis,
            reason="",
            requested_by=listed.requested_by,
            requested_at=datetime.fromisoformat(listed.at),
        )
        work.session.add(row)
    row.commitments, row.documents, row.people = (
        list(listed.wanted.commitments),
        list(listed.wanted.documents),
        list(listed.wanted.people),
    )
    row.state, row.decided_by, row.decided_at = "done", listed.approved_by, datetime.fromisoformat(listed.at)
    row.entry, row.removed = workspace.journal_seq + bool(sealed), removed.plain()
    again = ErasureRepeated(
        erasure=listed.erasure,
        at=listed.at,
        basis=listed.basis,
        requested_by=listed.requested_by,
        approved_by=listed.approved_by,
        documents=listed.wanted.documents,
        people=listed.wanted.people,
    )
    told = [DisclosuresErased(commitments=sealed, basis=listed.basis)] if sealed else []
    work.record(workspace, [*told, again])
    return removed


def words(value: Any) -> Iterator[str]:
    """The texts in a value that are too long to stand elsewhere by chance."""
    if isinstance(value, str):
        if len(value.strip()) >= SHORTEST:
            yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner)
