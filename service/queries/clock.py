"""The clock of a demonstration."""

from datetime import datetime

from service.queries import reviews
from service.store import clock as store
from service.store import workspaces
from service.store.db import reading


def position() -> datetime | None:
    """Where the clock stands; None where there is no demonstration."""
    with reading() as session:
        return store.position(session)


def written() -> int:
    """How many entries the journal has."""
    with reading() as session:
        return store.written(session)


def next_deadline(workspace_id: str, now: datetime) -> datetime | None:
    """The earliest time after `now` at which a timer of the workspace fires, a task of it is due or a target for review."""
    with reading() as session:
        found = (store.next_deadline(session, workspace_id, now), reviews.next_after(session, workspace_id, now))
        return min((moment for moment in found if moment is not None), default=None)


def next_timer(now: datetime) -> datetime | None:
    """The earliest time after `now` at which a timer of any workspace fires, or a target is due for review."""
    with reading() as session:
        names = workspaces.names(session)
        due = [next_of(session, name, now) for name in names for next_of in (store.next_timer, reviews.next_after)]
    return min((moment for moment in due if moment is not None), default=None)
