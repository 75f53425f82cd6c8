"""The clock of a demonstration: where it begins, and moving it forward."""

from datetime import datetime

from service.domain import facts
from service.domain.errors import DemonstrationRefused, NoDemonstration
from service.domain.journal import instant
from service.runtime.command import Answer, Work, command
from service.store import clock as store
from service.store import journal


@command
def forward(work: Work, moment: datetime) -> Answer:
    """Move the clock to `moment`, never back, and keep where it stands. The first time makes the database a
    demonstration's. Raises `DemonstrationRefused` where real cases are, `NoDemonstration`.
    """
    if not work.ports.demo:
        raise NoDemonstration
    owner = journal.of_installation(work.session)
    if owner.clock_at is None and store.has_cases(work.session):
        raise DemonstrationRefused
    if owner.clock_at is None or moment > owner.clock_at:
        owner.clock_at = moment
        work.record(owner, [facts.ClockMoved(to=instant(moment))])
    return {"at": instant(owner.clock_at)}
