"""The outbox as a relay asks for it, and as who administers the workspace sees it."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.outbox import Kind
from service.domain.outgoing_errors import MessageNotFound
from service.runtime import views
from service.runtime.views import when
from service.store import outbox as store
from service.store import people, receivers, webhooks, witnesses
from service.store.db import reading
from service.store.outbox import Group

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

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
        names = _names(session, here, {(row.kind, row.recipient) for row in shown})
        return {
            "messages": [
                views.outgoing(row)
                | {"to": names.get(row.recipient), "about": row.payload.get("letter") or row.payload.get("kind")}
                for row in shown
            ],
            "next": shown[-1].id if len(rows) > limit else None,
            "counts": store.counts(session, here),
        }


def waiting(actor: Actor, wall: datetime) -> list[dict[str, Any]]:
    """What waits, told together for each receiver and each answer that its last tries got, the oldest first.

    `to` is the person's name where all are for one, a receiver's address, and None for mail to several; `count` of them
    wait since `since`, the most tried was tried `attempts` times, and the first is tried again at `next_at`, at `wall` now
    or later. For who administers the workspace; to others there is nothing: `MessageNotFound`.
    """
    if not actor.administers:
        raise MessageNotFound
    with reading() as session:
        here = actor.workspace_id
        groups = store.waiting(session, here, SHOWN)
        names = _names(session, here, {(it.kind, it.recipient) for it in groups if it.recipient is not None})
        rests = receivers.resting(session, here, wall)
        return [told(it, rests.get(it.receiver)) | {"to": names.get(it.recipient or "")} for it in groups]


def told(group: Group, rests_until: datetime | None) -> dict[str, Any]:
    """A group of messages that wait, without a name: its receiver may rest for longer than they wait."""
    return {
        "kind": group.kind,
        "receiver": group.receiver,
        "error": group.error,
        "count": group.count,
        "attempts": group.attempts,
        "since": when(group.since),
        "next_at": when(max(group.next_at, rests_until or group.next_at)),
    }


def _names(session: "Session", workspace_id: str, whom: Collection[tuple[str, str]]) -> dict[str, str]:
    """What people are called, and where receivers are: by the (kind, id) of each."""
    mail, outside = ({it for kind, it in whom if (kind == "mail") is of_mail} for of_mail in (True, False))
    names = people.names(session, workspace_id, mail)
    names |= webhooks.addresses(session, workspace_id, outside)
    if outside - set(names):
        names |= {row.id: row.address for row in witnesses.active(session, workspace_id) if row.id in outside}
    return names
