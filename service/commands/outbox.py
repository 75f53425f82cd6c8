"""The outbox: a relay takes what is due and says what became of it, and a person helps what is dead."""

from collections.abc import Collection, Sequence
from datetime import timedelta
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
from service.store import witnesses
from service.store.tables import Outgoing

MOST = 1000
"""Dead messages that one command helps."""


@command
def lease(work: Work, holder: str, kinds: Collection[Kind], span: timedelta = rules.LEASE) -> Answer:
    """Take what is due of those kinds for a relay, for so long. What is taken and not marked comes back by itself."""
    now = work.ports.wall()
    rows = store.lease(
        work.session, work.workspace_id, kinds, holder=holder, now=now, until=now + span, most=rules.BATCH
    )
    return {
        "messages": [
            {"id": row.id, "kind": row.kind, "recipient": row.recipient, "payload": row.payload, "trace": row.trace_id}
            for row in rows
        ]
    }


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
    row.attempts, row.error, row.holder, row.leased_until = row.attempts + 1, error, None, None
    if final or row.attempts >= rules.TRIES:
        row.state = "dead"
        if row.payload.get("letter") == LETTER:
            _given_up(work, row)
        work.record(owner(work), [OutboxDied(message=row.id, of=row.kind, error=error, tries=row.attempts)])
    else:
        row.next_at = work.ports.wall() + rules.pause(row.attempts, work.ports.randomness(rules.CHANCE))
    return {"marked": True, "dead": row.state == "dead"}


@command
def send_again(work: Work, message_ids: Sequence[str] | None) -> Answer:
    """Let dead messages be tried again from the beginning: those, or with None all. Raises `MessageNotFound`."""
    workspace, rows = owner(work), _dead(work, message_ids)
    for row in rows:
        row.state, row.attempts, row.next_at = "waiting", 0, work.ports.wall()
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
