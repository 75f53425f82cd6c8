"""Whose working days count in a workspace."""

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from service.domain.calendars import Calendar
from service.engine import calendar
from service.store import workspaces

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

# A workspace stays in its country, and every step asks: one memory per database, as a process may serve several.
_countries: WeakKeyDictionary[object, dict[str, str]] = WeakKeyDictionary()


def of(session: "Session", workspace_id: str) -> Calendar:
    """The working days of a workspace's country. Raises `CalendarUnknown` for a country whose holidays nobody knows."""
    known = _countries.setdefault(session.get_bind(), {})
    if workspace_id not in known:
        known[workspace_id] = workspaces.country(session, workspace_id)
    return calendar(known[workspace_id])
