"""Letting timers fire."""

from service.domain.errors import TaskNotWaiting
from service.engine.shapes import Due
from service.runtime.advance import advance
from service.runtime.command import Answer, Work, command
from service.store import cases, timers


@command
def fire(work: Work, case_id: str, timer_id: str) -> Answer:
    """Fire one timer that is due. Raises `TaskNotWaiting` when it was cleared or fired meanwhile, or is not due."""
    case = cases.lock(work.session, work.workspace_id, case_id)
    timer = timers.timer(work.session, work.workspace_id, timer_id)
    if case is None or timer is None or timer.held or timer.due_at > work.now:
        raise TaskNotWaiting
    active = cases.active(work.session, work.workspace_id, case_id)
    outcome = advance(work, case, active, Due(timer.instance_id, timer.id), by=work.actor.by())
    return {"fired": outcome.incident is None}
