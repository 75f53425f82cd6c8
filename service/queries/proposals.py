"""Versions of processes that wait for a second person's approval."""

from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.queries.texts import texts, title
from service.runtime.views import when
from service.store import people
from service.store import proposals as store
from service.store.db import reading
from service.store.tables import ProposedDeployment

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def waiting(actor: Actor, language: str) -> list[dict[str, Any]]:
    """All that wait in the actor's workspace, for who may approve them; an empty list for everybody else."""
    if not actor.owns_processes:
        return []
    with reading() as session:
        return [told(session, actor, row, language) for row in store.every(session, actor.workspace_id)]


def told(session: "Session", actor: Actor, row: ProposedDeployment, language: str) -> dict[str, Any]:
    """One version that waits: what it is called, who wrote it, when and why. `own`: the actor did."""
    names = people.names(session, actor.workspace_id, {row.proposed_by})
    said = texts(session, actor.workspace_id, row.bundle_digest, language)
    return {
        "id": row.id,
        "key": row.bundle_key,
        "title": title(said, None, row.bundle_key, language),
        "digest": row.bundle_digest,
        "note": row.note,
        "by": names.get(row.proposed_by),
        "at": when(row.proposed_at),
        "own": row.proposed_by == actor.by().actor,
    }
