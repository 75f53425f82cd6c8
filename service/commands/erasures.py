"""Erasures: one person asks, on a legal ground and with a reason; another approves, and then it is done at once."""

from service.domain.disclosures import check_basis
from service.domain.erasure_facts import ErasureDone, ErasureRefused, ErasureRequested
from service.domain.erasures import (
    ErasureDecided,
    ErasureEmpty,
    ErasureNotFound,
    PersonStillTakesPart,
    SecondPersonNeeded,
    Wanted,
)
from service.domain.record_facts import DisclosuresErased
from service.runtime import erasing, reasons
from service.runtime.command import Answer, Work, command
from service.runtime.workspaces import owner
from service.store import disclosures, documents, erasures, people
from service.store.tables import Erasure


@command
def request(work: Work, wanted: Wanted, basis: str, reason: str) -> Answer:
    """Ask that what opens these commitments, these documents and who these people are be erased.

    Nothing is erased yet. Raises `LegalBasisUnknown`, `ErasureEmpty` where something of it is not there,
    `PersonStillTakesPart`, `ReasonRefused`.
    """
    work.actor.must_administer()
    check_basis(basis)
    workspace = owner(work)
    wanted = erasing.whole(work.session, work.workspace_id, _all_there(work, wanted))
    words = reasons.sealed(work, workspace, reason)
    row = Erasure(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        basis=basis,
        reason=words["sealed"],
        commitments=list(wanted.commitments),
        documents=list(wanted.documents),
        people=list(wanted.people),
        state="waiting",
        requested_by=work.actor.by().actor,
        requested_at=work.now,
    )
    work.session.add(row)
    asked = ErasureRequested(
        erasure=row.id,
        basis=basis,
        reason=words,
        commitments=wanted.commitments,
        documents=wanted.documents,
        people=wanted.people,
    )
    work.record(workspace, [asked])
    return {"id": row.id}


@command
def approve(work: Work, erasure_id: str) -> Answer:
    """Carry out what was asked for, in this one transaction; gives how much was removed.

    Outside a demonstration somebody else asks than approves, whoever she is. The cases replay as before: what the journal
    holds are commitments, and the salt goes with the value, so that nobody can find it again by trying. Raises
    `ErasureNotFound`, `ErasureDecided`, `SecondPersonNeeded`, `PersonStillTakesPart`, `ErasureEmpty`.
    """
    work.actor.must_administer()
    workspace, row = owner(work), _waiting(work, erasure_id)
    if row.requested_by == work.actor.by().actor and not work.ports.demo:
        raise SecondPersonNeeded
    wanted = erasing.whole(work.session, work.workspace_id, row.wanted)
    _check_people(work, wanted)
    removed = erasing.carry_out(work.session, work.workspace_id, wanted)
    if not (removed.values or removed.documents or removed.people):
        raise ErasureEmpty
    sealed = [DisclosuresErased(commitments=wanted.commitments, basis=row.basis)] if wanted.commitments else []
    done = ErasureDone(
        erasure=row.id,
        basis=row.basis,
        requested_by=row.requested_by,
        documents=wanted.documents,
        people=wanted.people,
        copies=removed.copies,
    )
    row.commitments, row.removed = list(wanted.commitments), removed.plain()
    row.state, row.decided_by, row.decided_at = "done", work.actor.by().actor, work.now
    row.entry = workspace.journal_seq + len(sealed)
    work.record(workspace, [*sealed, done])
    return {"id": row.id, "removed": removed.plain()}


@command
def refuse(work: Work, erasure_id: str) -> Answer:
    """Do not carry it out: who asked for it withdraws it, or another refuses. Raises `ErasureNotFound`, `ErasureDecided`."""
    work.actor.must_administer()
    workspace, row = owner(work), _waiting(work, erasure_id)
    row.state, row.decided_by, row.decided_at = "refused", work.actor.by().actor, work.now
    work.record(workspace, [ErasureRefused(erasure=row.id)])
    return {"id": row.id}


def _waiting(work: Work, erasure_id: str) -> Erasure:
    row = erasures.erasure(work.session, work.workspace_id, erasure_id)
    if row is None:
        raise ErasureNotFound
    if row.state != "waiting":
        raise ErasureDecided(state=row.state)
    return row


def _all_there(work: Work, wanted: Wanted) -> Wanted:
    """The same, once it is sure that all of it is there. Raises `ErasureEmpty`, `PersonStillTakesPart`."""
    sealed = {row.commitment for row in disclosures.some(work.session, work.workspace_id, wanted.commitments)}
    files = {row.id for row in documents.some(work.session, work.workspace_id, wanted.documents)}
    if wanted.empty or sealed != set(wanted.commitments) or files != set(wanted.documents):
        raise ErasureEmpty
    _check_people(work, wanted)
    return wanted


def _check_people(work: Work, wanted: Wanted) -> None:
    for person_id in wanted.people:
        if people.person(work.session, work.workspace_id, person_id) is None:
            raise ErasureEmpty
        if people.takes_part(work.session, work.workspace_id, person_id, work.now):
            raise PersonStillTakesPart
