"""Erasures that were asked for, and taking out of the tables what one is about."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Text as AsText
from sqlalchemy import cast, delete, select, update
from sqlalchemy.orm import Session

from service.domain.erasures import State
from service.store import enclosures
from service.store.disclosures import ERASED
from service.store.tables import (
    Document,
    Draft,
    Enclosure,
    Erasure,
    HearingResponse,
    Mailbox,
    Outgoing,
    Person,
    Receipt,
)

QUIETLY = {"synchronize_session": False}


def erasure(session: Session, workspace_id: str, erasure_id: str) -> Erasure | None:
    """One erasure, or None."""
    return session.get(Erasure, (workspace_id, erasure_id))


def every(session: Session, workspace_id: str | None = None, state: State | None = None) -> Sequence[Erasure]:
    """Erasures, the newest first: of one workspace or of all, in one state or in any."""
    statement = select(Erasure).order_by(Erasure.requested_at.desc(), Erasure.id.desc())
    if workspace_id is not None:
        statement = statement.where(Erasure.workspace_id == workspace_id)
    if state is not None:
        statement = statement.where(Erasure.state == state)
    return session.scalars(statement).all()


def remove_documents(session: Session, workspace_id: str, document_ids: Collection[str]) -> int:
    """Delete documents, files on their way that are the same, and the bytes that nothing else names; gives how many
    documents there were. A response that came with one names it no more."""
    if not document_ids:
        return 0
    named = (Document.workspace_id == workspace_id) & Document.id.in_(document_ids)
    digests = set(session.scalars(select(Document.digest).where(named)))
    session.execute(
        update(HearingResponse)
        .where(HearingResponse.workspace_id == workspace_id, HearingResponse.document_id.in_(document_ids))
        .values(document_id=None),
        execution_options=QUIETLY,
    )
    gone = session.execute(delete(Document).where(named), execution_options=QUIETLY).rowcount  # type: ignore[attr-defined]  # a DELETE has one
    same = (Enclosure.workspace_id == workspace_id) & Enclosure.digest.in_(digests)
    session.execute(delete(Enclosure).where(same), execution_options=QUIETLY)
    enclosures.forget(session, workspace_id, digests)
    session.info[ERASED] = True
    return int(gone)


def remove_people(session: Session, workspace_id: str, person_ids: Collection[str]) -> int:
    """Forget who these people are: the name becomes a number, the account another's business, and language, mail, drafts
    and files on their way are gone; gives how many people there were that had not been forgotten before."""
    gone = 0
    for person_id in person_ids:
        row = session.get(Person, (workspace_id, person_id))
        if row is None or row.name == forgotten(person_id):
            continue
        gone += 1
        row.name, row.account_id, row.language = forgotten(person_id), None, None
        hers: Iterable[Any] = (
            delete(Mailbox).where(Mailbox.workspace_id == workspace_id, Mailbox.person_id == person_id),
            delete(Draft).where(Draft.workspace_id == workspace_id, Draft.person_id == person_id),
            delete(Outgoing).where(
                Outgoing.workspace_id == workspace_id, Outgoing.kind == "mail", Outgoing.recipient == person_id
            ),
        )
        for statement in hers:
            session.execute(statement, execution_options=QUIETLY)
        files = (Enclosure.workspace_id == workspace_id) & (Enclosure.person_id == person_id)
        digests = set(session.scalars(select(Enclosure.digest).where(files)))
        session.execute(delete(Enclosure).where(files), execution_options=QUIETLY)
        enclosures.forget(session, workspace_id, digests)
    if gone:
        session.info[ERASED] = True
    return gone


def forgotten(person_id: str) -> str:
    """What somebody is called whose name was erased: the same word in all our languages, and the end of her number."""
    return f"Person {person_id[-6:]}"


def remove_copies(session: Session, workspace_id: str, texts: Collection[str]) -> int:
    """Delete what is on its way and holds one of these texts: drafts, mails that a diagram wrote, and kept answers to
    requests; gives how many rows. Each is read whole: there are few."""
    if not texts:
        return 0
    gone = 0
    for draft in session.scalars(select(Draft).where(Draft.workspace_id == workspace_id)):
        gone += _drop(session, draft, draft.answers, texts)
    for mail in session.scalars(select(Outgoing).where(Outgoing.workspace_id == workspace_id)):
        gone += _drop(session, mail, mail.payload, texts)
    for text in texts:
        found = select(Receipt).where(
            Receipt.workspace_id == workspace_id, cast(Receipt.answer, AsText).contains(_ascii(text), autoescape=True)
        )
        for receipt in session.scalars(found):
            gone += _drop(session, receipt, receipt.answer, texts)
    return gone


def _ascii(text: str) -> str:
    """The longest run of a text that JSON writes as it stands, so that the database can look for it."""
    runs = "".join(char if char.isascii() and char.isalnum() else " " for char in text).split()
    return max(runs, key=len, default="")


def _drop(session: Session, row: object, value: Any, texts: Collection[str]) -> int:
    if not holds(value, texts):
        return 0
    session.delete(row)
    session.info[ERASED] = True
    return 1


def holds(value: Any, texts: Collection[str]) -> bool:
    """Whether one of these texts stands somewhere in a JSON value."""
    if isinstance(value, str):
        return any(text in value for text in texts)
    if isinstance(value, Mapping):
        return any(holds(inner, texts) for inner in value.values())
    if isinstance(value, list):
        return any(holds(inner, texts) for inner in value)
    return False
