"""Documents, known by the digest of their bytes."""

import hashlib

from service.domain import documents as rules
from service.domain import record_facts as facts
from service.domain.cases import may_read, may_see
from service.domain.errors import CaseNotFound
from service.domain.origins import MADE_HERE, From, check
from service.runtime.command import Answer, Work, command
from service.runtime.workspaces import owner
from service.store import cases, tasks
from service.store import documents as store
from service.store.tables import Case, Document


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
    return _keep(work, _case(work, case_id), name, media_type, content, origin)


@command
def attach(work: Work, case_id: str, name: str, content: bytes) -> Answer:
    """Put a file that a person sends into a case; the same file under the same name is there once.

    She may read the case, or has a task in it that the file goes with. Gives the document's id, the digest of its bytes, and the name under which it is kept. What it is, its bytes tell.
    Raises `CaseNotFound`, `DocumentRefused`.
    """
    work.actor.must_hold_a_role()
    case = cases.lock(work.session, work.workspace_id, case_id)
    if case is None or not (may_read(work.actor, case_id) or _has_a_task(work, case_id)):
        raise CaseNotFound
    name = rules.named(name)
    kind = rules.media_type(name, content)
    digest = hashlib.sha256(content).hexdigest()
    there = store.of_case(work.session, work.workspace_id, case_id)
    before = next((it for it in there if (it.digest, it.name) == (digest, name)), None)
    if before is not None:
        return {"id": before.id, "digest": digest, "name": name}
    return _keep(work, case, name, kind, content, MADE_HERE)


def _case(work: Work, case_id: str | None) -> Case | None:
    if case_id is None:
        return None
    case = cases.lock(work.session, work.workspace_id, case_id)
    if case is None or not may_read(work.actor, case_id):
        raise CaseNotFound
    return case


def _has_a_task(work: Work, case_id: str) -> bool:
    return any(may_see(work.actor, task) for task, _ in tasks.of_case(work.session, work.workspace_id, case_id))


def _keep(work: Work, case: Case | None, name: str, media_type: str, content: bytes, origin: From) -> Answer:
    digest = hashlib.sha256(content).hexdigest()
    store.keep(work.session, work.workspace_id, digest, content)
    row = Document(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        case_id=None if case is None else case.id,
        digest=digest,
        name=name,
        media_type=media_type,
        added_by=work.actor.by().actor,
        added_at=work.now,
        origin=origin.origin,
        origin_ref=origin.reference,
    )
    work.session.add(row)
    fact = facts.DocumentAdded(document=row.id, digest=digest, size=len(content))
    work.record(case or owner(work), [fact])
    return {"id": row.id, "digest": digest, "name": name}
