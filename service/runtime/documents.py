"""Files on their way into a case: what they are, who may bring them, and how they are kept."""

import hashlib
from collections.abc import Collection
from typing import TYPE_CHECKING

from service.domain import documents as rules
from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.origins import MADE_HERE, From
from service.domain.record_facts import DocumentAdded
from service.domain.tasks import is_candidate
from service.runtime import definitions
from service.runtime.command import Work
from service.store import cases, enclosures, people, tasks
from service.store import documents as store
from service.store.tables import Case, Document, Enclosure, Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def may_attach(session: "Session", actor: Actor, case_id: str) -> bool:
    """Whether the actor may put a file into a case: she works in it, and does not only read it.

    She may read it, and has or had a task in it, or may take one, or holds a role that one of its processes has a lane
    for. So does who administers the installation.
    """
    here = actor.workspace_id
    if not may_read(actor, case_id):
        return False
    if actor.administrator or (actor.person_id is not None and tasks.had(session, here, case_id, actor.person_id)):
        return True
    if any(is_candidate(task, actor) for task, _ in tasks.of_case(session, here, case_id)):
        return True
    return any(actor.holds(role, case_id) for role in drawn_roles(session, here, case_id))


def drawn_roles(session: "Session", workspace_id: str, case_id: str) -> Collection[str]:
    """The keys of the roles for which the processes of a case have a lane."""
    drawn = {(it.bundle_digest, it.process_key) for it in cases.instances(session, workspace_id, case_id)}
    elements = [
        element
        for digest, key in drawn
        for element in definitions.drawn(definitions.by_digest(session, workspace_id, digest, key)).elements
    ]
    lanes = {it.properties.get("candidateRole") or it.lane for it in elements} - {None}
    return people.matching_roles(session, workspace_id, {lane for lane in lanes if lane}).values()


def sent(work: Work, case: Case, name: str, content: bytes) -> tuple[Document, DocumentAdded]:
    """Keep a file that a person sent; what it is, its bytes tell. Raises `DocumentRefused`."""
    name = rules.named(name)
    return keep(work, case, name, rules.media_type(name, content), content)


def enclose(work: Work, task: Task, person_id: str, name: str, content: bytes) -> Enclosure:
    """Keep a file that a person puts to her answer to a task, the same file once. Raises `DocumentRefused`."""
    name, digest = rules.named(name), hashlib.sha256(content).hexdigest()
    kind = rules.media_type(name, content)
    there = enclosures.of_task(work.session, work.workspace_id, task.id, person_id)
    before = next((it for it in there if (it.digest, it.name) == (digest, name)), None)
    if before is not None:
        return before
    store.keep(work.session, work.workspace_id, digest, content)
    row = Enclosure(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        task_id=task.id,
        person_id=person_id,
        digest=digest,
        name=name,
        media_type=kind,
        added_at=work.now,
        given=False,
    )
    work.session.add(row)
    return row


def closed(work: Work, case: Case, task_ids: Collection[str]) -> list[DocumentAdded]:
    """Tasks no longer wait: what their answers name is the case's now, which is told; all else is thrown away."""
    found = enclosures.take_out(work.session, work.workspace_id, task_ids)
    given = [it for it in found if it.given]
    work.session.add_all(
        Document(
            workspace_id=work.workspace_id,
            id=it.id,
            case_id=case.id,
            digest=it.digest,
            name=it.name,
            media_type=it.media_type,
            added_by=it.person_id,
            added_at=work.now,
            origin=MADE_HERE.origin,
            origin_ref=MADE_HERE.reference,
        )
        for it in given
    )
    if len(given) < len(found):
        work.session.flush()
        enclosures.forget(work.session, work.workspace_id, {it.digest for it in found if not it.given})
    sizes = store.sizes(work.session, work.workspace_id, {it.digest for it in given})
    return [
        DocumentAdded(
            document=it.id, digest=it.digest, size=sizes[it.digest], media_type=it.media_type, by=it.person_id
        )
        for it in given
    ]


def keep(
    work: Work, case: Case | None, name: str, media_type: str, content: bytes, origin: From = MADE_HERE
) -> tuple[Document, DocumentAdded]:
    """Keep a file, in a case or for the workspace, the same bytes once; gives the document, and the fact to record."""
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
    told = DocumentAdded(document=row.id, digest=digest, size=len(content), media_type=media_type, by=row.added_by)
    return row, told
