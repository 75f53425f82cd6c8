"""Timers: those that are due, and those that wait."""

from collections.abc import Sequence
from datetime import datetime

from service.store import timers
from service.store.db import reading

MOST = 100


def due(workspace_id: str, now: datetime) -> Sequence[tuple[str, str]]:
    """The (case id, timer id) of the next timers due by `now`, earliest first."""
    with reading() as session:
        return timers.due(session, workspace_id, now, MOST)


def waiting(workspace_id: str) -> Sequence[tuple[str, str, datetime]]:
    """The (case id, activity id, moment) of every timer that waits in a workspace, earliest first."""
    with reading() as session:
        return timers.waiting(session, workspace_id)
