"""The outbox as a relay asks for it, and as who administers the workspace sees it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from service.domain.actors import Actor
from service.domain.outbox import Kind
from service.domain.outgoing_errors import MessageNotFound
from service.domain.witnesses import LETTER
from service.runtime import views
from service.store import outbox as store
from service.store import people, webhooks, witnesses
from service.store.db import reading

SHOWN = 50


def is_due(workspace_id: str, kinds: Collection[Kind], now: datetime) -> bool:
    """Whether a relay has anything to send."""
    with reading() as session:
        return store.is_due(session, workspace_id, kinds, now)


def listed(actor: Actor, state: str = "dead", *, after: str | None = None, limit: int = SHOWN) -> dict[str, Any]:
    """What is in that state, the oldest first, behind the id `after`, and how many there are in each.

    `to` is the person's name or the receiver's address. For who administers the workspace; to others there is nothing:
    `MessageNotFound`.
    """
    if not actor.administers:
        raise MessageNotFound
    with reading() as session:
        here = actor.workspace_id
        rows = store.page(session, here, state, after, limit + 1)
        shown = rows[:limit]
        names = people.names(session, here, {row.recipient for row in shown if row.kind == "mail"})
        names |= webhooks.addresses(session, here, {row.recipient for row in shown if row.kind == "webhook"})
        told = {row.recipient for row in shown if row.payload.get("letter") == LETTER}
        names |= {row.id: row.address for row in witnesses.active(session, here) if row.id in told} if told else {}
        return {
            "messages": [
                views.outgoing(row)
                | {"to": names.get(row.recipient), "about": row.payload.get("letter") or row.payload.get("kind")}
                for row in shown
            ],
            "next": shown[-1].id if len(rows) > limit else None,
            "counts": store.counts(session, here),
        }
