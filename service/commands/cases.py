"""Holding a case, letting it go on, and calling it off."""

from service.domain.cases import may_read
from service.domain.errors import CaseNotFound, CaseNotSuspended, CaseOver, CaseSuspended
from service.domain.mending_facts import CaseCancelled, CaseResumed
from service.domain.mending_facts import CaseSuspended as Suspended
from service.engine.shapes import Cancel
from service.runtime import incidents as helping
from service.runtime import reasons
from service.runtime.advance import advance
from service.runtime.command import Answer, Work, command
from service.runtime.views import when
from service.store import cases, incidents, messages, tasks, timers
from service.store.tables import Case


@command
def suspend(work: Work, case_id: str, reason: str) -> Answer:
    """Hold a case: its tasks wait, its timers do not fire, and nothing comes in. Raises `CaseSuspended`, `CaseOver`."""
    case = _find(work, case_id)
    if case.suspended_at is not None:
        raise CaseSuspended(at=case.suspended_at)
    case.suspended_at = work.now
    tasks.suspend(work.session, work.workspace_id, case_id, work.now)
    timers.hold_all(work.session, work.workspace_id, case_id)
    work.record(case, [Suspended(reason=reasons.sealed(work, case, reason))])
    return _shown(case)


@command
def resume(work: Work, case_id: str, reason: str) -> Answer:
    """Let a case go on. What came due meanwhile fires now, in the order in which it was due, and the
    messages that waited come in. Raises `CaseNotSuspended`."""
    case = _find(work, case_id)
    if case.suspended_at is None:
        raise CaseNotSuspended
    case.suspended_at = None
    tasks.suspend(work.session, work.workspace_id, case_id, None)
    waiting = incidents.pending(work.session, work.workspace_id, case_id) if case.incidents else []
    messages.wake(work.session, work.workspace_id, case_id)
    timers.let_go(work.session, work.workspace_id, case_id, {row.target for row in waiting})
    work.record(case, [CaseResumed(reason=reasons.sealed(work, case, reason))])
    return _shown(case)


@command
def cancel(work: Work, case_id: str, reason: str) -> Answer:
    """Call a case off, suspended or not: all that runs in it ends, its tasks are taken back, nobody is waited for.

    Raises `CaseOver`.
    """
    case = _find(work, case_id)
    if case.suspended_at is not None:
        case.suspended_at = None
        tasks.suspend(work.session, work.workspace_id, case_id, None)
    work.record(case, [CaseCancelled(reason=reasons.sealed(work, case, reason))])
    taken_back = len(tasks.of_case(work.session, work.workspace_id, case_id))
    active = cases.active(work.session, work.workspace_id, case_id)
    for root in [row for row in active if row.parent_id is None]:
        advance(work, case, cases.active(work.session, work.workspace_id, case_id), Cancel(root.id), by=work.actor.by())
        work.session.flush()
    case.closed_at = case.closed_at or work.now
    for row in incidents.pending(work.session, work.workspace_id, case_id) if case.incidents else ():
        helping.resolve(work, case, row)
    return _shown(case) | {"tasks_taken_back": taken_back}


def _find(work: Work, case_id: str) -> Case:
    """The case, locked; one that is not over."""
    case = cases.lock(work.session, work.workspace_id, case_id)
    if case is None or not may_read(work.actor, case_id):
        raise CaseNotFound
    work.actor.must_own_processes()
    if case.closed_at is not None:
        raise CaseOver
    return case


def _shown(case: Case) -> Answer:
    return {"id": case.id, "suspended_at": when(case.suspended_at), "closed_at": when(case.closed_at)}
