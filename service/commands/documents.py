"""Documents, known by the digest of their bytes."""

import hashlib

from service.domain import documents as rules
from service.domain.cases import may_read
from service.domain.errors import CaseNotFound
from service.domain.origins import MADE_HERE, From, check
from service.domain.record_errors import DocumentNotYours
from service.runtime import documents
from service.runtime.command import Answer, Work, command
from service.runtime.workspaces import owner
from service.store import cases
from service.store import documents as store
from service.store.tables import Case


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
    case = _case(work, case_id)
    work.actor.must_hold_a_role()
    check(origin.origin, origin.reference)
    row, added = documents.keep(work, case, name, media_type, content, origin)
    work.record(case or owner(work), [added])
    return {"id": row.id, "digest": row.digest, "name": name}


@command
def attach(work: Work, case_id: str, name: str, content: bytes) -> Answer:
    """Put a file that a person sends into a case; the same file under the same name is there once.

    She works in the case, and does not only read it (`may_attach`). Gives the document's id, the digest of its bytes,
    and the name under which it is kept. What it is, its bytes tell.
    Raises `CaseNotFound`, `DocumentNotYours`, `DocumentRefused`.
    """
    case = cases.lock(work.session, work.workspace_id, case_id)
    if case is None:
        raise CaseNotFound
    if not documents.may_attach(work.session, work.actor, case_id):
        raise DocumentNotYours if may_read(work.actor, case_id) else CaseNotFound
    name, digest = rules.named(name), hashlib.sha256(content).hexdigest()
    there = store.of_case(work.session, work.workspace_id, case_id)
    before = next((it for it in there if (it.digest, it.name) == (digest, name)), None)
    if before is not None:
        return {"id": before.id, "digest": digest, "name": name}
    row, added = documents.sent(work, case, name, content)
    work.record(case, [added])
    return {"id": row.id, "digest": digest, "name": name}


def _case(work: Work, case_id: str | None) -> Case | None:
    if case_id is None:
        return None
    case = cases.lock(work.session, work.workspace_id, case_id)
    if case is None or not may_read(work.actor, case_id):
        raise CaseNotFound
    return case
