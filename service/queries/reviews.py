"""The days on which targets must be looked at again: the workspace's own clock, for no case waits for them."""

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from service.domain.journal import INSTALLATION
from service.domain.requests import RequestKey
from service.runtime import calendars
from service.store import receipts, targets
from service.store.db import reading

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def due(workspace_id: str, now: datetime) -> list[tuple[str, RequestKey]]:
    """The targets whose day has come and whose revision was not begun for it, with the key under which it is begun once."""
    with reading() as session:
        begins = _begins(session, workspace_id)
        waiting = [(key, request) for moment, key, request in begins if moment <= now]
        return [(key, request) for key, request in waiting if receipts.find(session, request) is None]


def next_after(session: "Session", workspace_id: str, now: datetime) -> datetime | None:
    """The earliest moment after `now` at which a day for review begins; None: no target has one."""
    return min((moment for moment, _, _ in _begins(session, workspace_id) if moment > now), default=None)


def _begins(session: "Session", workspace_id: str) -> list[tuple[datetime, str, RequestKey]]:
    """Every day for review as the moment at which it begins where the workspace is."""
    found = targets.to_review(session, workspace_id)
    zone = ZoneInfo(calendars.of(session, workspace_id).zone) if found else UTC
    return [
        (datetime.combine(day, time(), zone).astimezone(UTC), key, _once(workspace_id, key, day)) for key, day in found
    ]


def _once(workspace_id: str, key: str, day: date) -> RequestKey:
    return RequestKey(workspace_id, INSTALLATION, f"review {key} {day.isoformat()}", "review")
