"""Documents and their bytes."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.store.definitions import pack, read
from service.store.tables import Blob, Document


def keep(session: Session, workspace_id: str, digest: str, content: bytes) -> None:
    """Keep bytes under their digest, unless the workspace has them already."""
    if session.get(Blob, (workspace_id, digest)) is None:
        session.add(Blob(workspace_id=workspace_id, digest=digest, size=len(content), content=pack(content)))


def document(session: Session, workspace_id: str, document_id: str) -> Document | None:
    """One document, or None."""
    return session.get(Document, (workspace_id, document_id))


def some(session: Session, workspace_id: str, document_ids: Collection[str]) -> Sequence[Document]:
    """The documents with those ids. Asks nothing when there are none."""
    if not document_ids:
        return ()
    statement = select(Document).where(Document.workspace_id == workspace_id, Document.id.in_(document_ids))
    return session.scalars(statement).all()


def content(session: Session, workspace_id: str, digest: str) -> bytes | None:
    """The bytes of that digest; None where there are none, or where they cannot be read."""
    blob = session.get(Blob, (workspace_id, digest))
    return None if blob is None else read(blob.content, "blobs", "content")


def sizes(session: Session, workspace_id: str, digests: Collection[str]) -> dict[str, int]:
    """How many bytes there are under each digest. Asks nothing when there are none."""
    if not digests:
        return {}
    statement = select(Blob.digest, Blob.size).where(Blob.workspace_id == workspace_id, Blob.digest.in_(digests))
    return {digest: size for digest, size in session.execute(statement)}


def of_case(session: Session, workspace_id: str, case_id: str) -> Sequence[Document]:
    """The documents of a case, in the order in which they came."""
    statement = select(Document).where(Document.workspace_id == workspace_id, Document.case_id == case_id)
    return session.scalars(statement.order_by(Document.added_at, Document.id)).all()
