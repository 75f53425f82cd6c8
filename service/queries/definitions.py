"""What is deployed."""

from typing import Any

from service.domain.actors import Actor
from service.runtime.views import when
from service.store import definitions
from service.store.db import reading


def in_force(actor: Actor) -> list[dict[str, Any]]:
    """The processes that can be started in the actor's workspace now, by key."""
    with reading() as session:
        return [
            {
                "key": row.process_key,
                "bundle": row.bundle_key,
                "digest": row.bundle_digest,
                "version": row.version,
                "deployed_at": when(row.deployed_at),
            }
            for row in definitions.all_in_force(session, actor.workspace_id)
        ]


def known(workspace_id: str) -> dict[str, tuple[frozenset[str], str]]:
    """Every bundle of a workspace: the digests that it was ever deployed with, and who deployed it last."""
    with reading() as session:
        rows = definitions.deployments(session, workspace_id)
    found: dict[str, tuple[frozenset[str], str]] = {}
    for row in rows:
        before, _ = found.get(row.bundle_key, (frozenset(), ""))
        found[row.bundle_key] = (before | {row.bundle_digest}, row.deployed_by)
    return found
