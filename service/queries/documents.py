"""Documents: the bytes of one, for who may read it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.errors import RowUnreadable
from service.domain.record_errors import DocumentNotFound
from service.runtime import documents as rules
from service.store import documents as store
from service.store import enclosures
from service.store.db import reading
from service.store.tables import Enclosure

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


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
    """A document of a case that the actor may read, or of her workspace, or a file with an answer of hers that is still
    to be given. Raises `DocumentNotFound`, and `RowUnreadable` where its bytes are
    none of ours any more."""
    with reading() as session:
        found = store.document(session, actor.workspace_id, document_id)
        readable = found is not None and may_read(actor, found.case_id or "")
        row = found if found is not None and readable else _hers(session, actor, document_id)
        content = store.content(session, actor.workspace_id, row.digest)
        if content is None:
            raise RowUnreadable(table="blobs", column="content")
        return File(row.name, row.media_type, row.digest, content)


def _hers(session: "Session", actor: Actor, enclosure_id: str) -> Enclosure:
    """A file that the actor has put to an answer that she has not given yet. Raises `DocumentNotFound`."""
    row = enclosures.enclosure(session, actor.workspace_id, enclosure_id)
    if row is None or actor.person_id is None or row.person_id != actor.person_id:
        raise DocumentNotFound
    return row
