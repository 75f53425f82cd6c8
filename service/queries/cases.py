"""Cases: a page of them, and one with what runs and waits in it."""

from typing import Any

from service.domain.actors import Actor
from service.domain.cases import may_read, readable
from service.domain.errors import CaseNotFound
from service.queries import cursors
from service.queries.withheld import Veil
from service.runtime import views
from service.runtime.views import when
from service.store import cases as store
from service.store import documents, incidents
from service.store.db import reading
from service.store.tables import Case

MOST = 100


def page(actor: Actor, *, cursor: str | None = None, limit: int = 25) -> dict[str, Any]:
    """A page of the cases that the actor may read, the newest first; `next` is the cursor of the page behind it.

    Raises `CursorRefused`.
    """
    limit = min(limit, MOST)
    after = cursors.place(cursor)
    sight = readable(actor)
    with reading() as session:
        rows = store.page(session, actor.workspace_id, sight, after=after, limit=limit + 1)
        shown, behind = cursors.page(rows, limit, lambda row: (row.opened_at, row.id))
        return {"cases": [_shown(row) for row in shown], "next": behind}


def one(actor: Actor, case_id: str) -> dict[str, Any]:
    """A case with its instances, its documents and its unresolved incidents. Raises `CaseNotFound`."""
    with reading() as session:
        row = store.case(session, actor.workspace_id, case_id)
        if row is None or not may_read(actor, case_id):
            raise CaseNotFound
        veil = Veil(session, actor, row)
        return _shown(row) | {
            "instances": [veil.instance(it) for it in store.instances(session, actor.workspace_id, case_id)],
            "documents": [
                {"id": it.id, "name": it.name, "digest": it.digest, "media_type": it.media_type}
                for it in documents.of_case(session, actor.workspace_id, case_id)
            ],
            "troubles": [views.incident(it) for it in incidents.pending(session, actor.workspace_id, case_id)],
        }


def _shown(row: Case) -> dict[str, Any]:
    return {
        "id": row.id,
        "business_key": row.business_key,
        "status": row.status,
        "opened_at": when(row.opened_at),
        "closed_at": when(row.closed_at),
        "suspended_at": when(row.suspended_at),
        "access_basis": row.access_basis,
        "incidents": row.incidents,
        "entries": row.journal_seq,
    }


def newest_case(workspace_id: str, process_key: str) -> str | None:
    """The id of the case that was opened last with that process; None: there is none."""
    with reading() as session:
        return store.newest_of(session, workspace_id, process_key)
