"""Documents: the bytes of one, for who may read it."""

from dataclasses import dataclass

from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.record_errors import DocumentNotFound
from service.runtime import documents as rules
from service.store import documents as store
from service.store.db import reading


@dataclass(frozen=True, slots=True)
class File:
    """A document as it is handed out. `digest` is the SHA-256 of the content."""

    name: str
    media_type: str
    digest: str
    content: bytes


def may_attach(actor: Actor, case_id: str) -> bool:
    """Whether the actor may put a document into a case that she may read."""
    with reading() as session:
        return rules.may_attach(session, actor, case_id)


def one(actor: Actor, document_id: str) -> File:
    """A document of a case that the actor may read, or of her workspace. Raises `DocumentNotFound`."""
    with reading() as session:
        row = store.document(session, actor.workspace_id, document_id)
        if row is None or not may_read(actor, row.case_id or ""):
            raise DocumentNotFound
        content = store.content(session, actor.workspace_id, row.digest)
        assert content is not None, "a document has its bytes"
        return File(row.name, row.media_type, row.digest, content)
