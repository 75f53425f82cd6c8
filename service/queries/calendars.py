"""Whose working days count in a workspace."""

from service.domain.calendars import Calendar
from service.runtime import calendars
from service.store.db import reading


def of(workspace_id: str) -> Calendar:
    """The calendar of a workspace that there is."""
    with reading() as session:
        return calendars.of(session, workspace_id)
