"""Webhooks: for who administers a workspace, and for the relay that calls them."""

from datetime import datetime
from typing import Any

from service.domain.actors import Actor
from service.domain.outgoing_errors import WebhookNotFound
from service.queries.outbox import told
from service.runtime.views import when
from service.store import outbox as store
from service.store import people, receivers, webhooks
from service.store.db import reading

MOST = 500


def listed(actor: Actor, wall: datetime) -> list[dict[str, Any]]:
    """The receivers that are told of something, each with what of it waits (`waiting`: as `queries.outbox.told`). For who
    administers the workspace; to others none: `WebhookNotFound`."""
    if not actor.administers:
        raise WebhookNotFound
    with reading() as session:
        found = webhooks.active(session, actor.workspace_id)
        names = people.names(session, actor.workspace_id, {row.added_by for row in found})
        rests = receivers.resting(session, actor.workspace_id, wall)
        waits = store.waiting(session, actor.workspace_id, MOST, [row.id for row in found])
        return [
            {
                "id": row.id,
                "url": row.url,
                "kinds": list(row.kinds),
                "added_at": when(row.added_at),
                "added_by": names.get(row.added_by),
                "waiting": [told(it, rests.get(row.id)) for it in waits if it.receiver == row.id],
            }
            for row in found
        ]


def receiver(workspace_id: str, webhook_id: str) -> tuple[str, bytes] | None:
    """The address of a receiver, and the secret that its notices are signed with; None: it is told of nothing more."""
    with reading() as session:
        found = webhooks.webhook(session, workspace_id, webhook_id)
        return None if found is None else (found.url, found.secret)
