"""Tasks go back to their roles when the person who has them may not keep them any more."""

from service.domain import facts
from service.domain.tasks import may_keep
from service.runtime.command import Work
from service.store import cases, people, tasks


def hand_back(work: Work, person_id: str) -> None:
    """What the person has taken, and may not complete by what she holds now, is open again for those who may."""
    work.session.flush()
    now = people.holder(work.session, work.workspace_id, person_id, work.now)
    for task in tasks.taken(work.session, work.workspace_id, person_id):
        if may_keep(task, now):
            continue
        case = cases.lock(work.session, work.workspace_id, task.case_id)
        assert case is not None, "a task belongs to a case"
        task.state, task.assignee_id, task.claimed_at = "open", None, None
        work.record(case, [facts.TaskReleased(task=task.id)])
