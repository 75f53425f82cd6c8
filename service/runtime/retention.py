"""The term of a case: its bundle's class and the workspace's settings at that moment."""

import json
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from service.domain import retention as rules
from service.domain.retention import Term
from service.domain.settings import Value
from service.runtime import calendars
from service.store import definitions
from service.store import settings as store
from service.store.tables import Case

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MANIFEST = "bundle.json"


def values(session: "Session", workspace_id: str, now: datetime) -> dict[str, Value]:
    """The settings that say how long cases are kept, at `now`, by key."""
    return store.values(session, workspace_id, rules.keys(), now)


def term(session: "Session", case: Case, digest: str | None, said: dict[str, Value]) -> Term:
    """How long a case is kept that began with that bundle. Days are those of the workspace's zone."""
    zone = ZoneInfo(calendars.of(session, case.workspace_id).zone)
    ended_on = None if case.closed_at is None else case.closed_at.astimezone(zone).date()
    return rules.term(_named(session, case, digest), ended_on, {key: it.value for key, it in said.items()})


def _named(session: "Session", case: Case, digest: str | None) -> str | None:
    file = None if digest is None else definitions.file(session, case.workspace_id, digest, MANIFEST)
    found = {} if file is None else json.loads(file)
    named = found.get("retention")
    return named if isinstance(named, str) else None
