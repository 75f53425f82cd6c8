"""The clock of a demonstration."""

from datetime import datetime

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
    """The earliest time after `now` at which a timer of the workspace fires or a task of it is due."""
    with reading() as session:
        return store.next_deadline(session, workspace_id, now)


def next_timer(now: datetime) -> datetime | None:
    """The earliest time after `now` at which a timer of any workspace fires."""
    with reading() as session:
        due = [store.next_timer(session, workspace, now) for workspace in workspaces.names(session)]
    return min((moment for moment in due if moment is not None), default=None)
