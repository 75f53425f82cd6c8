"""What happens when the time for keeping a case is over. What is erased then is asked for and approved like all else."""

from datetime import date
from zoneinfo import ZoneInfo

from service.domain.access_facts import CaseHandedOver
from service.domain.cases import may_read
from service.domain.errors import CaseNotFound
from service.domain.retention import RetentionNotDue
from service.runtime import calendars, reasons, retention
from service.runtime.command import Answer, Work, command
from service.store import cases
from service.store import retention as store


@command
def hand_over(work: Work, case_id: str, receipt: str) -> Answer:
    """Keep that a case whose time is over was handed over to the archives; `receipt` are the words by which they say so.

    Raises `CaseNotFound`, `AdministratorNeeded`, `RetentionNotDue` also where it was handed over before, `ReasonRefused`.
    """
    case = cases.lock(work.session, work.workspace_id, case_id)
    if case is None or not may_read(work.actor, case_id):
        raise CaseNotFound
    work.actor.must_administer()
    said = retention.values(work.session, work.workspace_id, work.now)
    term = retention.term(work.session, case, store.root_of(work.session, work.workspace_id, case_id), said)
    if case.handed_over_at is not None or term.then != "hand-over" or not term.is_due(_today(work)):
        raise RetentionNotDue
    sealed = reasons.sealed(work, case, receipt)
    case.handed_over_at = work.now
    work.record(case, [CaseHandedOver(retention=term.of, receipt=sealed)])
    return {"case_id": case_id}


def _today(work: Work) -> date:
    return work.now.astimezone(ZoneInfo(calendars.of(work.session, work.workspace_id).zone)).date()
