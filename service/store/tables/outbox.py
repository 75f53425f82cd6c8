"""What is to be sent: written with the step that it comes of, taken away by a relay."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from service.domain.outbox import Kind, State
from service.store.tables.base import Base, Id, Key, belongs_to

WAITING, SENT, DEAD = text("state = 'waiting'"), text("state = 'sent'"), text("state = 'dead'")


class Receiver(Base):
    """Somebody to whom messages go: `mail` for the mail server, else a webhook's or a witness's id.

    While `leased_until` lies ahead, the relay `holder` alone sends to it; before `rests_until` nobody does. `silences`
    counts how many times in a row nothing came back.
    """

    __tablename__ = "outbox_receivers"

    workspace_id: Mapped[str] = mapped_column(Id, ForeignKey("workspaces.id"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    holder: Mapped[str | None] = mapped_column(Key)
    leased_until: Mapped[datetime | None]
    silences: Mapped[int] = mapped_column(default=0)
    rests_until: Mapped[datetime | None]


class Outgoing(Base):
    """One mail or notice, sent under its `id`.

    `recipient` is a person's id for a mail, so that her address is looked up when it is sent, and a webhook's id for a
    notice. `payload` says what to tell; it holds no address. While `leased_until` lies ahead, the relay `holder` has
    it. `error` says why the last try failed. `trace_id` leads back to the request that it came of.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        belongs_to("cases", case_id="id"),
        Index("ix_outbox_waiting", "workspace_id", "next_at", "id", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_outbox_sent", "workspace_id", "sent_at", sqlite_where=SENT, postgresql_where=SENT),
        Index("ix_outbox_dead", "workspace_id", "id", sqlite_where=DEAD, postgresql_where=DEAD),
    )

    workspace_id: Mapped[str] = mapped_column(Id, ForeignKey("workspaces.id"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str | None] = mapped_column(Id)
    kind: Mapped[Kind] = mapped_column(Key)
    recipient: Mapped[str] = mapped_column(Id)
    payload: Mapped[dict[str, Any]]
    state: Mapped[State] = mapped_column(Key, default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    holder: Mapped[str | None] = mapped_column(Key)
    error: Mapped[str | None] = mapped_column(Key)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    trace_id: Mapped[str | None] = mapped_column(Key)
