"""Messages that are on their way, or whose time is over; and which cases a signal is heard in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.message_errors import MessageNotYours, SignalUnheard
from service.domain.messages import State
from service.domain.outgoing_errors import MessageNotFound
from service.runtime.views import when
from service.store import messages, people
from service.store.db import reading

MOST, SHOWN = 200, 50


def sent(workspace_id: str) -> Sequence[str]:
    """The ids of messages for whose event nobody has looked yet, the oldest first."""
    with reading() as session:
        return messages.sent(session, workspace_id, MOST)


def any_expiring(workspace_id: str, now: datetime) -> bool:
    """Whether a message is kept whose time is over."""
    with reading() as session:
        return messages.any_expiring(session, workspace_id, now)


def listed(actor: Actor, state: State, *, after: str | None = None, limit: int = SHOWN) -> dict[str, Any]:
    """Messages in that state, the oldest first, behind the id `after`: what each is called and its correlation values, who
    sent it, until when it is kept, and when it was over. What it holds is not told. For who administers the workspace or
    owns processes; to others there is nothing: `MessageNotFound`."""
    if not (actor.administers or actor.owns_processes):
        raise MessageNotFound
    with reading() as session:
        rows = messages.page(session, actor.workspace_id, state, after, limit + 1)
        shown = rows[:limit]
        names = people.names(session, actor.workspace_id, {row.person_id for row in shown if row.person_id})
        return {
            "messages": [
                {
                    "id": row.id,
                    "name": row.name,
                    "keys": row.keys if row.state == "waiting" else {},
                    "state": row.state,
                    "sent_by": names.get(row.person_id or ""),
                    "from_case_id": row.from_case_id
                    if row.from_case_id and may_read(actor, row.from_case_id)
                    else None,
                    "sent_at": when(row.sent_at),
                    "expires_at": when(row.expires_at),
                    "over_at": when(row.over_at),
                }
                for row in shown
            ],
            "next": shown[-1].id if len(rows) > limit else None,
        }


def hearing(actor: Actor, signal: str) -> list[str]:
    """The ids of the cases in which the actor may give a signal, each once, who waits longest first.

    Raises `SignalUnheard` where none waits for it, `MessageNotYours` where she may give it in none that do.
    """
    with reading() as session:
        found = messages.hearing(session, actor.workspace_id, signal)
        roles = people.matching_roles(session, actor.workspace_id, {role for _, role in found if role})
    if not found:
        raise SignalUnheard(name=signal)
    hers = [it for it, role in found if actor.owns_processes or actor.holds(roles.get(role or ""), it)]
    if not hers:
        raise MessageNotYours(name=signal)
    return list(dict.fromkeys(hers))
