"""Documents, known by the digest of their bytes."""

import hashlib

from service.domain import record_facts as facts
from service.domain.cases import may_read
from service.domain.errors import CaseNotFound
from service.domain.origins import MADE_HERE, From, check
from service.runtime.command import Answer, Work, command
from service.runtime.workspaces import owner
from service.store import cases
from service.store import documents as store
from service.store.tables import Document


@command
def add(
    work: Work,
    name: str,
    media_type: str,
    content: bytes,
    case_id: str | None = None,
    origin: From = MADE_HERE,
) -> Answer:
    """Keep a file, in a case or for the whole workspace. The same bytes are kept once. Raises `CaseNotFound`."""
    work.actor.must_hold_a_role()
    check(origin.origin, origin.reference)
    case = None if case_id is None else cases.lock(work.session, work.workspace_id, case_id)
    if case_id is not None and (case is None or not may_read(work.actor, case_id)):
        raise CaseNotFound
    stream = case or owner(work)
    digest = hashlib.sha256(content).hexdigest()
    store.keep(work.session, work.workspace_id, digest, content)
    row = Document(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        case_id=case_id,
        digest=digest,
        name=name,
        media_type=media_type,
        added_by=work.actor.by().actor,
        added_at=work.now,
        origin=origin.origin,
        origin_ref=origin.reference,
    )
    work.session.add(row)
    work.record(stream, [facts.DocumentAdded(document=row.id, digest=digest, size=len(content))])
    return {"id": row.id, "digest": digest}
