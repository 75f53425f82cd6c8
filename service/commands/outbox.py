"""The outbox: a relay takes what is due and says what became of it, and a person helps what is dead."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import get_args

from service.domain import outbox as rules
from service.domain.outbox import Kind
from service.domain.outgoing_errors import DiscardReasonUnknown, MessageNotFound
from service.domain.outgoing_facts import OutboxDied, OutboxDiscarded, OutboxSent, OutboxSentAgain
from service.domain.witnesses import LETTER
from service.runtime import views
from service.runtime.command import Answer, Work, command
from service.runtime.workspaces import owner
from service.store import outbox as store
from service.store import receivers, witnesses
from service.store.tables import Outgoing

MOST = 1000
"""Messages that one command helps, or counts as tried together."""


@command
def lease(work: Work, holder: str, kinds: Collection[Kind], span: timedelta = rules.LEASE) -> Answer:
    """Take one receiver and what is due for it, of those kinds, for a relay and for so long. Gives the `receiver`, None where
    nothing is due, and the `messages`. What is neither marked nor given back comes back by itself."""
    now = work.ports.wall()
    rows = store.lease(
        work.session, work.workspace_id, kinds, holder=holder, now=now, until=now + span, most=rules.BATCH
    )
    return {
        "receiver": _receiver(rows[0]) if rows else None,
        "messages": [
            {"id": row.id, "kind": row.kind, "recipient": row.recipient, "payload": row.payload, "trace": row.trace_id}
            for row in rows
        ],
    }


@command
def give_back(work: Work, receiver: str, holder: str, rests_until: datetime | None = None) -> Answer:
    """A relay is through with a receiver that has answered. What it took and did not come to waits for the next relay, until
    that moment if there is one."""
    store.release(work.session, work.workspace_id, holder)
    receivers.give_back(work.session, work.workspace_id, receiver, holder, rests_until)
    return {}


@command
def mark_sent(work: Work, message_id: str, holder: str) -> Answer:
    """What a relay took has arrived. Nothing happens where it has it no longer."""
    row = store.held(work.session, work.workspace_id, message_id, holder)
    if row is None:
        return {"marked": False}
    now = work.ports.wall()
    row.state, row.sent_at, row.error = "sent", now, None
    row.attempts, row.holder, row.leased_until = row.attempts + 1, None, None
    store.sweep(work.session, work.workspace_id, now - rules.KEPT)
    if row.payload.get("letter") == LETTER:
        _witnessed(work, row)  # not recorded: the entry would make the log grow, and be signed, and sent in its turn
    else:
        work.record(owner(work), [OutboxSent(message=row.id, of=row.kind)])
    return {"marked": True}


@command
def mark_failed(work: Work, message_id: str, holder: str, error: str, final: bool) -> Answer:
    """What a relay took has not arrived: it is tried again later, or is dead. Nothing where it has it no longer."""
    row = store.held(work.session, work.workspace_id, message_id, holder)
    if row is None:
        return {"marked": False}
    died = _failed(work, row, error, final)
    if died:
        work.record(owner(work), died)
    return {
        "marked": True,
        "dead": bool(died),
        "tries": row.attempts,
        "next_at": None if died else views.when(row.next_at),
    }


@command
def mark_silent(work: Work, receiver: str, holder: str, error: str) -> Answer:
    """A receiver that a relay took has kept silent: it rests, and all that is due for it counts as tried, for one try says
    the same of all. Gives how many `messages` that are, how many are `dead`, and until when it rests (`next_at`)."""
    now = work.ports.wall()
    row = receivers.fell_silent(work.session, work.workspace_id, receiver, holder, now)
    if row is None:
        return {"messages": 0, "dead": 0, "next_at": None}
    tried = work.session.scalars(store.due_to(work.workspace_id, receiver, now, holder).limit(MOST)).all()
    died = [fact for it in tried for fact in _failed(work, it, error, False)]
    if died:
        work.record(owner(work), died)
    return {"messages": len(tried), "dead": len(died), "next_at": views.when(row.rests_until)}


@command
def try_now(work: Work, receiver: str) -> Answer:
    """Try at once what waits for a receiver, the mail server being `mail`. Raises `MessageNotFound` where nothing does."""
    work.actor.must_administer()
    rows = store.waiting_for(work.session, work.workspace_id, receiver, MOST)
    if not rows:
        raise MessageNotFound
    for row in rows:
        row.next_at = min(row.next_at, work.ports.wall())
    receivers.wake(work.session, work.workspace_id, receiver)
    work.record(owner(work), [OutboxSentAgain(messages=tuple(row.id for row in rows))])
    return {"messages": len(rows)}


@command
def send_again(work: Work, message_ids: Sequence[str] | None) -> Answer:
    """Let dead messages be tried again from the beginning: those, or with None all. Raises `MessageNotFound`."""
    workspace, rows = owner(work), _dead(work, message_ids)
    for row in rows:
        row.state, row.attempts, row.next_at = "waiting", 0, work.ports.wall()
    for receiver in {_receiver(row) for row in rows}:
        receivers.wake(work.session, work.workspace_id, receiver)
    work.record(workspace, [OutboxSentAgain(messages=tuple(row.id for row in rows))])
    return {"messages": [views.outgoing(row) for row in rows]}


@command
def discard(work: Work, message_ids: Sequence[str], reason: str) -> Answer:
    """Never send dead messages after all. Raises `MessageNotFound`, `DiscardReasonUnknown`."""
    workspace, rows = owner(work), _dead(work, message_ids)
    if reason not in rules.DISCARDS:
        raise DiscardReasonUnknown(known=", ".join(get_args(rules.Discard)))
    for row in rows:
        work.session.delete(row)
    work.record(workspace, [OutboxDiscarded(messages=tuple(row.id for row in rows), reason=reason)])
    return {"discarded": len(rows)}


def _receiver(row: Outgoing) -> str:
    return rules.MAIL if row.kind == "mail" else row.recipient


def _failed(work: Work, row: Outgoing, error: str, final: bool) -> list[OutboxDied]:
    """A message was tried in vain; gives what is to be recorded where it is dead."""
    row.attempts, row.error, row.holder, row.leased_until = row.attempts + 1, error, None, None
    if not final and row.attempts < rules.TRIES:
        row.next_at = work.ports.wall() + rules.pause(row.attempts, work.ports.randomness(rules.CHANCE))
        return []
    row.state = "dead"
    if row.payload.get("letter") == LETTER:
        _given_up(work, row)
    return [OutboxDied(message=row.id, of=row.kind, error=error, tries=row.attempts)]


def _witnessed(work: Work, row: Outgoing) -> None:
    """A witness has got a checkpoint."""
    witness = witnesses.witness(work.session, work.workspace_id, row.recipient)
    if witness is not None:
        witness.size = max(witness.size or 0, row.payload["data"]["size"])
        witness.got_at, witness.message_id = work.ports.wall(), None


def _given_up(work: Work, row: Outgoing) -> None:
    """A witness has not got a checkpoint; the next one may be on its way to her."""
    witness = witnesses.witness(work.session, work.workspace_id, row.recipient)
    if witness is not None and witness.message_id == row.id:
        witness.message_id = None


def _dead(work: Work, ids: Sequence[str] | None) -> Sequence[Outgoing]:
    work.actor.must_administer()
    rows = store.dead(work.session, work.workspace_id, ids, MOST)
    if not rows or (ids is not None and len(rows) != len(set(ids))):
        raise MessageNotFound
    return rows
