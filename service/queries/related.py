"""Other cases about the same target, and the one in which a case was settled.

A process says that its case is settled in another by leaving that one's id in the variable `settled_in`. Each of the two
then names the other.
"""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.cases import may_read, readable
from service.domain.errors import CaseNotFound
from service.queries.matters import called_off, ended, title_of
from service.store import cases, matters, targets
from service.store.db import reading
from service.store.matters import Matter

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SETTLED_IN = "settled_in"

MOST = 10
"""Cases about the same target that the page of a case names; the newest."""


def related(actor: Actor, case_id: str, language: str) -> dict[str, Any]:
    """What one reader may see of the cases beside a case: `cases`, the newest of the others about its target, each with how it stands and whether it was settled here (`here`), and
    `settled_in`, the one among all of them in which this case was settled. Raises `CaseNotFound`."""
    with reading() as session:
        here = actor.workspace_id
        matter = matters.one(session, here, case_id)
        if matter is None or not may_read(actor, case_id):
            raise CaseNotFound
        key = matter.target or (matter.business_key or "").partition(" (")[0]
        target = targets.target(session, here, key) if key else None
        if target is None:
            return {"cases": [], "settled_in": None}
        found = matters.about(session, here, target, readable(actor), MOST + 1)
        others = [it for it in found if it.id != case_id][:MOST]
        where = _settled(session, here, [it.id for it in (*others, matter) if it.closed_at is not None])
        return {
            "cases": [_told(session, here, it, language) | {"here": where.get(it.id) == case_id} for it in others],
            "settled_in": _named(session, actor, where.get(case_id), language),
        }


def settled_in(session: "Session", actor: Actor, case_id: str, language: str) -> dict[str, Any] | None:
    """The case in which one that is over was settled, for who may read it; None where it was settled by itself."""
    return _named(session, actor, _settled(session, actor.workspace_id, [case_id]).get(case_id), language)


def _named(session: "Session", actor: Actor, case_id: str | None, language: str) -> dict[str, Any] | None:
    matter = matters.one(session, actor.workspace_id, case_id) if case_id and may_read(actor, case_id) else None
    return {"id": case_id, "title": title_of(session, matter, actor.workspace_id, language)[0]} if matter else None


def _settled(session: "Session", workspace_id: str, case_ids: Sequence[str]) -> Mapping[str, str]:
    """In which case each of those that are over was settled, where that was another."""
    found = {}
    for row in cases.roots(session, workspace_id, case_ids):
        other = json.loads(row.variables).get(SETTLED_IN) if row.variables else None
        if isinstance(other, str):
            found[row.case_id] = other
    return found


def _told(session: "Session", workspace_id: str, it: Matter, language: str) -> dict[str, Any]:
    return {
        "id": it.id,
        "title": title_of(session, it, workspace_id, language)[0],
        "status": it.status,
        "closed_at": it.closed_at,
        "called_off": called_off(it),
        "ended": ended(session, it, workspace_id, language) if it.closed_at else None,
    }
