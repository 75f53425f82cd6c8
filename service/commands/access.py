"""What is not for everybody: closing a case to others, and looking, which leaves an entry before anything is shown."""

from collections.abc import Collection

from service.domain.access import CaseNotClosedOff, ReadersMissing, check_ground
from service.domain.access_facts import CaseClosedOff, CaseOpenedUp, CaseRead, HeldSearched, PersonExported
from service.domain.cases import is_closed, may_read
from service.domain.errors import CaseNotFound, PersonNotFound
from service.runtime import reasons
from service.runtime.command import Answer, Work, command
from service.runtime.workspaces import owner
from service.store import cases, people
from service.store.tables import Case


@command
def note(work: Work, case_id: str, what: str) -> Answer:
    """Keep that somebody is about to read a case that is closed to others. Raises `CaseNotFound`."""
    case = _case(work, case_id)
    if is_closed(work.actor, case_id):
        work.record(case, [CaseRead(what=what)])
    return {"case_id": case_id}


@command
def close_off(work: Work, case_id: str, basis: str, readers: Collection[str], reason: str) -> Answer:
    """Let only the holders of these roles read a case from now on, on a ground of the workspace's country, and who has a
    role in the case itself. Administrators and auditors still read it, and each reading leaves an entry.

    Who has a task in it does it as before, and sees no more of the case than that. Closing it anew changes who reads it.
    Raises `CaseNotFound`, `ProcessOwnerNeeded`, `AccessGroundUnknown`, `ReadersMissing`, `ReasonRefused`.
    """
    case = _case(work, case_id)
    work.actor.must_own_processes()
    check_ground(owner(work).country, basis)
    known = people.roles(work.session, work.workspace_id)
    named = sorted(set(readers))
    if not named or not known.keys() >= set(named):
        raise ReadersMissing
    case.access_basis, case.readers = basis, f" {' '.join(named)} "
    sealed = reasons.sealed(work, case, reason)
    work.record(case, [CaseClosedOff(basis=basis, readers=tuple(named), reason=sealed)])
    return {"case_id": case_id, "basis": basis, "readers": named}


@command
def open_up(work: Work, case_id: str, reason: str) -> Answer:
    """Let everybody who reads cases here read it again. Raises `CaseNotFound`, `ProcessOwnerNeeded`, `CaseNotClosedOff`,
    `ReasonRefused`."""
    case = _case(work, case_id)
    work.actor.must_own_processes()
    if case.readers is None:
        raise CaseNotClosedOff
    case.access_basis = case.readers = None
    work.record(case, [CaseOpenedUp(reason=reasons.sealed(work, case, reason))])
    return {"case_id": case_id}


@command
def searched(
    work: Work,
    /,
    by: str,
    person: str | None = None,
    case_id: str | None = None,
    people: Collection[str] = (),
    **counts: int,
) -> Answer:
    """Keep that somebody looks at sealed values that were found by words, by a person or by a case, how many (`values`,
    `documents`, `records`), and which people, by their ids, wrote or brought what she is shown."""
    work.actor.must_administer()
    looked = HeldSearched(by=by, person=person, case=case_id, people=tuple(sorted(people)), **counts)
    work.record(owner(work), [looked])
    return {"by": by}


@command
def export(work: Work, person_id: str, digest: str, reason: str) -> Answer:
    """Keep that all that is held on a person is given away, as a text of that SHA-256: to herself, or with a reason to who
    administers the workspace. Raises `PersonNotFound`, `ReasonRefused`."""
    hers = work.actor.person_id == person_id
    workspace = owner(work)
    if people.person(work.session, work.workspace_id, person_id) is None or not (hers or work.actor.administers):
        raise PersonNotFound
    words = None if hers else reasons.sealed(work, workspace, reason)
    work.record(workspace, [PersonExported(person=person_id, digest=digest, reason=words)])
    return {"digest": digest}


def _case(work: Work, case_id: str) -> Case:
    case = cases.lock(work.session, work.workspace_id, case_id)
    if case is None or not may_read(work.actor, case_id):
        raise CaseNotFound
    return case
