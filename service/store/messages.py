"""Messages: those on their way and those that are kept, and the events that wait for one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Literal

import rfc8785
from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from service.domain.journal import By
from service.domain.messages import SETTING, State, choices
from service.store import settings
from service.store.tables import AwaitedEvent, Message, MessageAddress

APART = {"synchronize_session": False}


def digest(value: Any) -> str:
    """SHA-256 of a JSON value, as hex: the same for 1 and 1.0, another for true."""
    return sha256(rfc8785.dumps(value)).hexdigest()


def address(kind: Literal["message", "signal"], name: str, keys: Mapping[str, Any]) -> str:
    """Where an event waits: the digest of what it waits for."""
    return digest([kind, name, dict(keys)])


def addresses(name: str, keys: Mapping[str, Any]) -> list[str]:
    """The addresses at which a message may be taken, that with most correlation values first."""
    return [address("message", name, chosen) for chosen in choices(keys)]


def written(
    place: tuple[str, str],
    what: tuple[str, Mapping[str, Any], Any],
    by: By,
    *,
    sent_at: datetime,
    expires_at: datetime,
    from_case_id: str | None = None,
) -> Message:
    """A message for which nobody has looked for a receiver: its (workspace id, id), its (name, keys, payload)."""
    (workspace_id, message_id), (name, keys, payload) = place, what
    return Message(
        workspace_id=workspace_id,
        id=message_id,
        name=name,
        keys=dict(keys),
        payload=payload,
        state="sent",
        sender=from_case_id or by.actor,
        sent_id=message_id,
        content=digest([name, dict(keys), payload]),
        sent_by=asdict(by),
        from_case_id=from_case_id,
        sent_at=sent_at,
        expires_at=expires_at,
    )


def expiry(session: Session, workspace_id: str, now: datetime) -> datetime:
    """Until when a message is kept whose sender does not say."""
    days: int = settings.values(session, workspace_id, [SETTING], now)[SETTING].value
    return now + timedelta(days=days)


def awaiting(session: Session, workspace_id: str, among: Sequence[str]) -> Sequence[AwaitedEvent]:
    """The events that wait at one of the addresses, in the order of these, who waits longest first."""
    statement = select(AwaitedEvent).where(AwaitedEvent.workspace_id == workspace_id, AwaitedEvent.address.in_(among))
    rows = session.scalars(statement.order_by(AwaitedEvent.began_at, AwaitedEvent.id)).all()
    return sorted(rows, key=lambda row: among.index(row.address))


def still(session: Session, workspace_id: str, event_id: str) -> bool:
    """Whether an event waits now."""
    statement = select(AwaitedEvent.id).where(AwaitedEvent.workspace_id == workspace_id, AwaitedEvent.id == event_id)
    return session.scalar(statement) is not None


def of_instance(session: Session, workspace_id: str, instance_id: str) -> Sequence[AwaitedEvent]:
    """The events of an instance that wait."""
    statement = select(AwaitedEvent).where(
        AwaitedEvent.workspace_id == workspace_id, AwaitedEvent.instance_id == instance_id
    )
    return session.scalars(statement.order_by(AwaitedEvent.id)).all()


def leave(session: Session, workspace_id: str, event_ids: Collection[str]) -> None:
    """Events wait no longer. Asks nothing when there are none."""
    if event_ids:
        gone = delete(AwaitedEvent).where(AwaitedEvent.workspace_id == workspace_id, AwaitedEvent.id.in_(event_ids))
        session.execute(gone, execution_options=APART)


def meet(session: Session, among: Collection[str]) -> None:
    """Whoever begins to wait at an address and whoever leaves a message there come one after the other, so that the
    second sees the first. On SQLite all who write do."""
    if session.get_bind().dialect.name == "postgresql":
        keys = sorted(int.from_bytes(bytes.fromhex(it)[:8], signed=True) for it in among)
        locks = text("SELECT pg_advisory_xact_lock(it) FROM unnest(CAST(:keys AS bigint[])) AS it")
        session.execute(locks, {"keys": keys})


def kept(session: Session, workspace_id: str, at: str, now: datetime) -> Message | None:
    """The message that has waited longest at an address, locked; one that another is about to bring is passed over."""
    statement = (
        select(Message)
        .join(
            MessageAddress,
            (MessageAddress.workspace_id == Message.workspace_id) & (MessageAddress.message_id == Message.id),
        )
        .where(
            MessageAddress.workspace_id == workspace_id,
            MessageAddress.address == at,
            Message.state == "waiting",
            Message.expires_at > now,
        )
        .order_by(Message.sent_at, Message.id)
        .limit(1)
    )
    return session.scalar(statement.with_for_update(of=Message, skip_locked=True))


def keep(session: Session, row: Message) -> None:
    """Let a message wait at its addresses."""
    row.state = "waiting"
    here = row.workspace_id
    session.add_all(
        MessageAddress(workspace_id=here, address=at, message_id=row.id) for at in addresses(row.name, row.keys or {})
    )


def forget(session: Session, row: Message) -> None:
    """A message is over: what it held goes, and it waits nowhere."""
    row.payload = None
    at = (MessageAddress.workspace_id == row.workspace_id) & (MessageAddress.message_id == row.id)
    session.execute(delete(MessageAddress).where(at), execution_options=APART)


def wake(session: Session, workspace_id: str, case_id: str) -> None:
    """Look again at the messages that are kept and for which an event of the case waits."""
    here = (MessageAddress.workspace_id == workspace_id) & (AwaitedEvent.workspace_id == workspace_id)
    waited_for = (
        select(MessageAddress.message_id)
        .join(AwaitedEvent, AwaitedEvent.address == MessageAddress.address)
        .where(here, AwaitedEvent.case_id == case_id)
    )
    session.execute(
        update(Message)
        .where(Message.workspace_id == workspace_id, Message.state == "waiting", Message.id.in_(waited_for))
        .values(state="sent"),
        execution_options=APART,
    )


def sent(session: Session, workspace_id: str, limit: int) -> Sequence[str]:
    """The ids of messages for whose event nobody has looked yet, the oldest first."""
    statement = select(Message.id).where(Message.workspace_id == workspace_id, Message.state == "sent")
    return session.scalars(statement.order_by(Message.id).limit(limit)).all()


def take_sent(session: Session, workspace_id: str, message_id: str) -> Message | None:
    """One of those, locked; None where another has it or had it."""
    statement = select(Message).where(
        Message.workspace_id == workspace_id, Message.id == message_id, Message.state == "sent"
    )
    return session.scalar(statement.with_for_update(skip_locked=True))


def known(session: Session, workspace_id: str, sender: str, sent_id: str) -> Message | None:
    """What that sender has sent under that id."""
    statement = select(Message).where(
        Message.workspace_id == workspace_id, Message.sender == sender, Message.sent_id == sent_id
    )
    return session.scalar(statement)


def expiring(session: Session, workspace_id: str, now: datetime, limit: int) -> Sequence[Message]:
    """Messages that are kept and whose time is over, locked."""
    statement = select(Message).where(
        Message.workspace_id == workspace_id, Message.state == "waiting", Message.expires_at <= now
    )
    rows = statement.order_by(Message.expires_at, Message.id).limit(limit)
    return session.scalars(rows.with_for_update(skip_locked=True)).all()


def any_expiring(session: Session, workspace_id: str, now: datetime) -> bool:
    """Whether there is one of those."""
    statement = select(Message.id).where(
        Message.workspace_id == workspace_id, Message.state == "waiting", Message.expires_at <= now
    )
    return session.scalar(statement.limit(1)) is not None


def hearing(session: Session, workspace_id: str, signal: str) -> Sequence[tuple[str, str | None]]:
    """The (case id, role drawn) of the events that wait for a signal."""
    statement = (
        select(AwaitedEvent.case_id, AwaitedEvent.role)
        .where(AwaitedEvent.workspace_id == workspace_id, AwaitedEvent.address == address("signal", signal, {}))
        .order_by(AwaitedEvent.began_at, AwaitedEvent.id)
    )
    return [(case_id, role) for case_id, role in session.execute(statement)]


def is_kept(session: Session, row: Message) -> bool:
    """Whether a message waits at its addresses already."""
    at = (MessageAddress.workspace_id == row.workspace_id) & (MessageAddress.message_id == row.id)
    return session.scalar(select(MessageAddress.message_id).where(at).limit(1)) is not None


def page(session: Session, workspace_id: str, state: State, after: str | None, limit: int) -> Sequence[Message]:
    """Messages in that state, the oldest first, behind the id `after`."""
    statement = select(Message).where(Message.workspace_id == workspace_id, Message.state == state)
    if after is not None:
        statement = statement.where(Message.id > after)
    return session.scalars(statement.order_by(Message.id).limit(limit)).all()


def sweep(session: Session, workspace_id: str, before: datetime) -> None:
    """Forget the messages that were over before that moment: the journal has them."""
    old = delete(Message).where(Message.workspace_id == workspace_id, Message.over_at < before)
    session.execute(old, execution_options=APART)
