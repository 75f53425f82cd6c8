"""What a person's daily mail tells of: tasks that are new to her, and tasks that are due soon."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from service.domain.actors import Actor
from service.store.reach import MINE, MOST, WORKSPACE, free, reach, values
from service.store.tables import Task
from service.store.tables.base import AwareUTC

_SINCE = bindparam("since", type_=AwareUTC())
_SOON = bindparam("soon", type_=AwareUTC())


def telling(session: Session, actor: Actor, since: datetime, soon: datetime, limit: int) -> Sequence[tuple[str, bool]]:
    """The (id, whether it is new) of tasks that are hers or that she may take, and that came behind `since` or are due
    by `soon`: the most urgent first, at most `limit`."""
    hers = or_(MINE.where, *(part.where for part in free(reach(actor))))
    new = or_(Task.opened_at > _SINCE, MINE.where & (Task.claimed_at > _SINCE))
    statement = (
        select(Task.id, new)
        .where(Task.workspace_id == WORKSPACE, hers, or_(new, Task.queue_at <= _SOON))
        .order_by(Task.queue_at, Task.id)
        .limit(MOST)
    )
    given: Mapping[str, Any] = {**values(actor, after=None, limit=limit), "since": since, "soon": soon}
    return [(task_id, bool(is_new)) for task_id, is_new in session.execute(statement, given)]
