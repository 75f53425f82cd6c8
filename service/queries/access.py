"""Who may read a case: whether it is closed to others, on which ground, and who has read it since."""

from typing import TYPE_CHECKING, Any

from service.domain import access as rules
from service.domain.access_facts import CaseRead
from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.errors import CaseNotFound
from service.queries.matters import title_of
from service.runtime import documents
from service.store import access as store
from service.store import cases, journal, matters, people, workspaces
from service.store.db import reading
from service.store.tables import Case

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SHOWN = 50
"""Reads that the page of a case tells, of its last `LOOKED_AT` entries."""

LOOKED_AT = 5_000


def case_of(actor: Actor, name: str, value: str) -> str:
    """The case that an address leads into, by what it names (`case_id`, `task_id` …); empty where it leads into none."""
    if name == "case_id":
        return value
    with reading() as session:
        return store.case_of(session, actor.workspace_id, name, value) or ""


def closed(session: "Session", row: Case) -> dict[str, Any] | None:
    """On which ground a case is closed to others, and to all but which roles; None where it is open."""
    if row.readers is None or row.access_basis is None:
        return None
    labels = people.roles(session, row.workspace_id)
    return {
        "basis": row.access_basis,
        "said": rules.said(row.access_basis),
        "readers": [{"key": key, "label": labels.get(key, key)} for key in row.readers.split()],
    }


def of_case(actor: Actor, case_id: str, language: str) -> dict[str, Any]:
    """What who owns the process needs to close a case or to open it: the grounds of the country, the roles, those that the
    case's diagrams are drawn for, and who has read it while it was closed, the last first.

    Raises `CaseNotFound`, `ProcessOwnerNeeded`.
    """
    with reading() as session:
        here = actor.workspace_id
        row, matter = cases.case(session, here, case_id), matters.one(session, here, case_id)
        if row is None or matter is None or not may_read(actor, case_id):
            raise CaseNotFound
        if not actor.audits:
            actor.must_own_processes()
        labels = people.roles(session, here)
        return {
            "id": row.id,
            "title": title_of(session, matter, here, language)[0],
            "closed": closed(session, row),
            "grounds": rules.grounds(workspaces.country(session, here)),
            "roles": labels,
            "drawn": sorted(set(documents.drawn_roles(session, here, case_id)) & labels.keys()),
            "reads": _reads(session, row),
        }


def _reads(session: "Session", row: Case) -> list[dict[str, Any]]:
    last = reversed(journal.latest(session, *row.stream, LOOKED_AT))
    found = [it for it in last if it["kind"] == CaseRead.KIND][:SHOWN]
    names = people.names(session, row.workspace_id, {it["actor"] for it in found})
    return [{"at": it["at"], "who": names.get(it["actor"]), "what": it["data"]["what"]} for it in found]
