"""What is held on somebody: found by who gave it, by words in it, or by the case that it is in."""

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.store.definitions import read
from service.store.tables import Blob, Disclosure, Document, JournalEntry, Person

BATCH = 1000


def holding(session: Session, workspace_id: str, texts: Collection[str]) -> list[str]:
    """The commitments of sealed values in which one of these texts stands, whatever its capitals.

    Reads every sealed value of the workspace: no database of ours looks for words in another case inside bytes.
    """
    sought = [text.casefold() for text in texts]
    statement = select(Disclosure.commitment, Disclosure.value).where(Disclosure.workspace_id == workspace_id)
    found = session.execute(statement.order_by(Disclosure.commitment), execution_options={"yield_per": BATCH})
    return [commitment for commitment, value in found if any(text in _folded(value) for text in sought)]


def entries_with(session: Session, workspace_id: str, text: str) -> Iterator[dict[str, Any]]:
    """The entries of a workspace's streams in which a text stands somewhere, whatever its capitals. Reads every entry."""
    sought = json.dumps(text, ensure_ascii=False)[1:-1].casefold()
    statement = select(JournalEntry.body).where(JournalEntry.workspace_id == workspace_id)
    statement = statement.order_by(JournalEntry.stream_id, JournalEntry.seq)
    for body in session.scalars(statement, execution_options={"yield_per": BATCH}):
        if sought in _folded(body):
            yield json.loads(body)


def equal(session: Session, workspace_id: str, values: Collection[bytes]) -> Sequence[Disclosure]:
    """The sealed values that are the same to the byte."""
    if not values:
        return ()
    statement = select(Disclosure).where(Disclosure.workspace_id == workspace_id, Disclosure.value.in_(values))
    return session.scalars(statement.order_by(Disclosure.sealed_at, Disclosure.commitment)).all()


def sealed_by(session: Session, workspace_id: str, person_id: str) -> Sequence[Disclosure]:
    """What a person has written and was sealed, the oldest first."""
    statement = select(Disclosure).where(Disclosure.workspace_id == workspace_id, Disclosure.person_id == person_id)
    return session.scalars(statement.order_by(Disclosure.sealed_at, Disclosure.commitment)).all()


def documents_by(session: Session, workspace_id: str, person_id: str) -> Sequence[Document]:
    """The documents that a person has put in, the oldest first."""
    statement = select(Document).where(Document.workspace_id == workspace_id, Document.added_by == person_id)
    return session.scalars(statement.order_by(Document.added_at, Document.id)).all()


def documents_called(session: Session, workspace_id: str, text: str) -> Sequence[Document]:
    """The documents with a text in their name, or as it stands in their bytes: a letter as PDF keeps its words packed, and
    is found by its name."""
    named = select(Document).where(
        Document.workspace_id == workspace_id, Document.name.icontains(text, autoescape=True)
    )
    found = {row.id: row for row in session.scalars(named)}
    plain = (
        select(Document, Blob.content)
        .join(Blob, (Blob.workspace_id == Document.workspace_id) & (Blob.digest == Document.digest))
        .where(Document.workspace_id == workspace_id, Document.media_type.startswith("text/"))
    )
    for row, content in session.execute(plain):
        if text.casefold() in (read(content, "blobs", "content") or b"").decode(errors="replace").casefold():
            found[row.id] = row
    return sorted(found.values(), key=lambda it: (it.added_at, it.id))


def same_file(session: Session, workspace_id: str, digests: Collection[str]) -> Sequence[Document]:
    """Every document that has these bytes."""
    if not digests:
        return ()
    statement = select(Document).where(Document.workspace_id == workspace_id, Document.digest.in_(digests))
    return session.scalars(statement.order_by(Document.added_at, Document.id)).all()


def _folded(value: bytes) -> str:
    return value.decode().casefold()


def people(session: Session, workspace_id: str) -> Sequence[Person]:
    """Everybody with a part in the workspace, now or once, in order of their names."""
    statement = select(Person).where(Person.workspace_id == workspace_id)
    return session.scalars(statement.order_by(Person.name, Person.id)).all()
