"""How long cases are kept: of one, and all for which something is to happen by now."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from service.domain.actors import Actor
from service.domain.cases import readable
from service.domain.errors import CaseNotFound
from service.domain.settings import Value
from service.queries.matters import title_of
from service.runtime import calendars
from service.runtime import retention as rules
from service.runtime.views import when
from service.store import matters
from service.store import retention as store
from service.store.db import reading
from service.store.tables import Case

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def of_case(session: "Session", row: Case, now: datetime) -> dict[str, Any]:
    """How long a case is kept and what happens then, with the origin of the setting that says so."""
    said = rules.values(session, row.workspace_id, now)
    found = rules.term(session, row, store.root_of(session, row.workspace_id, row.id), said)
    origin: Value = said[f"retention.{found.of}.years"]
    return {
        "class": found.of,
        "years": found.years,
        "then": found.then,
        "until": None if found.until is None else found.until.isoformat(),
        "origin": origin.origin,
        "handed_over_at": when(row.handed_over_at),
    }


def due(actor: Actor, language: str, now: datetime) -> list[dict[str, Any]]:
    """The cases whose time is over and that are to be erased, with anything left in them to erase, or to be handed over; the
    first that was over comes first. For who administers the workspace: to others there is no such list, `CaseNotFound`."""
    if not actor.administers:
        raise CaseNotFound
    here = actor.workspace_id
    with reading() as session:
        said = rules.values(session, here, now)
        today = now.astimezone(ZoneInfo(calendars.of(session, here).zone)).date()
        cases = [
            (case, rules.term(session, case, digest, said))
            for case, digest in store.over(session, here, readable(actor), now)
        ]
        found = [(case, term) for case, term in cases if term.is_due(today)]
        left = store.holding(session, here, [case.id for case, _ in found])
        about = matters.some(session, here, [case.id for case, _ in found])
        return [
            {
                "id": case.id,
                "title": title_of(session, about[case.id], here, language)[0],
                "class": term.of,
                "then": term.then,
                "closed_at": when(case.closed_at),
                "until": term.until.isoformat() if term.until else None,
            }
            for case, term in found
            if term.then == "hand-over" or case.id in left
        ]
