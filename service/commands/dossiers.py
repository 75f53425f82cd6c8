"""What is taken home is written down: who got which dossier, and when."""

from service.domain.cases import may_read
from service.domain.dossier_facts import CaseExported, LogExported
from service.domain.errors import CaseMovedOn, CaseNotFound
from service.runtime.command import Answer, Work, command
from service.runtime.workspaces import owner
from service.store import cases, journal


@command
def hand_out(work: Work, case_id: str, digest: str, entries: int, withheld: int, disclosed: int) -> Answer:
    """Hand out the dossier of a case, which holds its first `entries` entries. Gives the entry that says so: the receipt.

    Raises `CaseNotFound`, and `CaseMovedOn` where the case has other entries by now.
    """
    case = cases.lock(work.session, work.workspace_id, case_id)
    if case is None or not may_read(work.actor, case_id):
        raise CaseNotFound
    if case.journal_seq != entries:
        raise CaseMovedOn
    work.record(case, [CaseExported(digest=digest, withheld=withheld, disclosed=disclosed)])
    work.session.flush()
    (receipt,) = journal.entries(work.session, *case.stream, after=entries - 1, limit=1)
    return {"receipt": receipt}


@command
def hand_out_log(work: Work, digest: str, size: int) -> Answer:
    """Hand out the whole log of a workspace. Raises `InstallationAdministratorNeeded`."""
    work.actor.must_administer_installation()
    work.record(owner(work), [LogExported(digest=digest, size=size)])
    return {"digest": digest}
