"""The clock of a demonstration."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from service.domain.clock import in_time
from service.queries import reviews
from service.runtime import calendars
from service.store import clock as store
from service.store import workspaces
from service.store.db import reading

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def position() -> datetime | None:
    """Where the clock stands; None where there is no demonstration."""
    with reading() as session:
        return store.position(session)


def written() -> int:
    """How many entries the journal has."""
    with reading() as session:
        return store.written(session)


def next_halt(workspace_id: str, now: datetime) -> datetime | None:
    """Where a clock that goes to the next deadline stops: at what happens by itself, and while a task can still be done
    in time, unless it stands there already."""
    with reading() as session:
        due = store.next_due(session, workspace_id, now)
        found = [*_moments(session, workspace_id, now), due]
        if due is not None:
            found[-1] = max(in_time(due, ZoneInfo(calendars.of(session, workspace_id).zone)), now)
    if found[-1] == now:
        found[-1] = due
    return min((moment for moment in found if moment is not None), default=None)


def _moments(session: "Session", workspace_id: str, now: datetime) -> tuple[datetime | None, datetime | None]:
    """When something next happens by itself: a timer fires, a target is due for review."""
    return store.next_timer(session, workspace_id, now), reviews.next_after(session, workspace_id, now)


def next_timer(now: datetime) -> datetime | None:
    """The earliest time after `now` at which a timer of any workspace fires, or a target is due for review."""
    with reading() as session:
        names = workspaces.names(session)
        due = [next_of(session, name, now) for name in names for next_of in (store.next_timer, reviews.next_after)]
    return min((moment for moment in due if moment is not None), default=None)
