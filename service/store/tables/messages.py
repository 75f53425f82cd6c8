"""Messages on their way, and the events that wait for one."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from service.domain.messages import State
from service.store.tables.base import Base, Digest, Id, Key, belongs_to
from service.store.tables.records import Json

SENT, WAITING = text("state = 'sent'"), text("state = 'waiting'")


class AwaitedEvent(Base):
    """An event of an active instance that waits for a message or a signal. `address` is the digest of its kind, its name
    and the correlation values that it waits with; `role` is as the diagram has it."""

    __tablename__ = "awaited_events"
    __table_args__ = (
        belongs_to("instances", instance_id="id"),
        Index(None, "workspace_id", "address", "began_at", "id"),
        Index(None, "workspace_id", "case_id"),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = mapped_column(Id)
    instance_id: Mapped[str] = mapped_column(Id)
    activity_id: Mapped[str] = mapped_column(Key)
    name: Mapped[str] = mapped_column(Key)
    address: Mapped[str] = mapped_column(Digest)
    role: Mapped[str | None]
    form: Mapped[str | None] = mapped_column(Key)
    bundle_digest: Mapped[str] = mapped_column(Digest)
    began_at: Mapped[datetime]


class Message(Base):
    """One message. What it holds, and its keys, are there until it is over.

    `sender` with `sent_id` is how its sender names it, `content` the digest of what was sent under that, `answer` what
    the sender was answered. `from_case_id` is the case that threw it: then it holds a process's own values, and no form
    judges them. `case_id` is the case that took it.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("workspace_id", "sender", "sent_id"),
        Index("ix_messages_sent", "workspace_id", "id", sqlite_where=SENT, postgresql_where=SENT),
        Index("ix_messages_expiring", "workspace_id", "expires_at", sqlite_where=WAITING, postgresql_where=WAITING),
    )

    workspace_id: Mapped[str] = mapped_column(Id, ForeignKey("workspaces.id"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Key)
    keys: Mapped[dict[str, Any] | None] = mapped_column(Json)
    payload: Mapped[Any | None] = mapped_column(Json)
    state: Mapped[State] = mapped_column(Key)
    sender: Mapped[str] = mapped_column(Key)
    sent_id: Mapped[str] = mapped_column(Key)
    content: Mapped[str] = mapped_column(Digest)
    sent_by: Mapped[dict[str, Any]]
    person_id: Mapped[str | None] = mapped_column(Id)
    from_case_id: Mapped[str | None] = mapped_column(Id)
    case_id: Mapped[str | None] = mapped_column(Id)
    answer: Mapped[dict[str, Any] | None]
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    over_at: Mapped[datetime | None]


class MessageAddress(Base):
    """An address at which a message that is kept may be taken: one for each choice of its correlation values."""

    __tablename__ = "message_addresses"
    __table_args__ = (belongs_to("messages", message_id="id"),)

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    address: Mapped[str] = mapped_column(Digest, primary_key=True)
    message_id: Mapped[str] = mapped_column(Id, primary_key=True)


class ReplyLink(Base):
    """A link by which one organisation outside answers one task. Only the hash of what it holds is kept.

    `answers` is what it has sent, sealed as variables hold it. `ended_at`: answered, or another link took its place.
    """

    __tablename__ = "reply_links"
    __table_args__ = (
        belongs_to("tasks", task_id="id"),
        belongs_to("organisations", organisation_id="id"),
        Index(None, "workspace_id", "digest", unique=True),
        Index(None, "workspace_id", "task_id"),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    digest: Mapped[str] = mapped_column(Digest)
    task_id: Mapped[str] = mapped_column(Id)
    organisation_id: Mapped[str] = mapped_column(Id)
    due_on: Mapped[date] = mapped_column(Date)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answers: Mapped[dict[str, Any] | None]
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
