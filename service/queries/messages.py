"""Messages that are on their way, or whose time is over; and which cases a signal is heard in."""

from collections.abc import Sequence
from datetime import datetime

from service.domain.actors import Actor
from service.domain.message_errors import MessageNotYours, SignalUnheard
from service.store import messages, people
from service.store.db import reading

MOST = 200


def sent(workspace_id: str) -> Sequence[str]:
    """The ids of messages for whose event nobody has looked yet, the oldest first."""
    with reading() as session:
        return messages.sent(session, workspace_id, MOST)


def any_expiring(workspace_id: str, now: datetime) -> bool:
    """Whether a message is kept whose time is over."""
    with reading() as session:
        return messages.any_expiring(session, workspace_id, now)


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
