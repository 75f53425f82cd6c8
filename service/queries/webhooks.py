"""Webhooks: for who administers a workspace, and for the relay that calls them."""

from typing import Any

from service.domain.actors import Actor
from service.domain.outgoing_errors import WebhookNotFound
from service.runtime.views import when
from service.store import people, webhooks
from service.store.db import reading


def listed(actor: Actor) -> list[dict[str, Any]]:
    """The receivers that are told of something. For who administers the workspace; to others none: `WebhookNotFound`."""
    if not actor.administers:
        raise WebhookNotFound
    with reading() as session:
        found = webhooks.active(session, actor.workspace_id)
        names = people.names(session, actor.workspace_id, {row.added_by for row in found})
        return [
            {
                "id": row.id,
                "url": row.url,
                "kinds": list(row.kinds),
                "added_at": when(row.added_at),
                "added_by": names.get(row.added_by),
            }
            for row in found
        ]


def receiver(workspace_id: str, webhook_id: str) -> tuple[str, bytes] | None:
    """The address of a receiver, and the secret that its notices are signed with; None: it is told of nothing more."""
    with reading() as session:
        found = webhooks.webhook(session, workspace_id, webhook_id)
        return None if found is None else (found.url, found.secret)
