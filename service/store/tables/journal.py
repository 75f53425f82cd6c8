"""The journal's entries, the values that they only hint at, and the answers that a repeated request is given."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from service.domain.disclosures import value_of
from service.store.tables.base import Base, Digest, Id, Key
from service.store.tables.packing import Packed

PENDING = text("leaf IS NULL")


class JournalEntry(Base):
    """One entry as canonical JSON (RFC 8785). `workspace_id` is `*` for what belongs to the installation.

    `leaf` is its place in the workspace's log, from 0; none until the sequencer has come round.
    """

    __tablename__ = "journal_entries"
    __table_args__ = (
        Index(
            "ix_journal_entries_pending",
            "workspace_id",
            "stream_id",
            "seq",
            sqlite_where=PENDING,
            postgresql_where=PENDING,
        ),
        Index("ix_journal_entries_leaf", "workspace_id", "leaf", unique=True),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    stream_id: Mapped[str] = mapped_column(Id, primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[bytes] = mapped_column(Packed)
    leaf: Mapped[int | None]


class Disclosure(Base):
    """A sealed value with its salt: what opens a commitment. Erasing a value is deleting this row."""

    __tablename__ = "disclosures"
    __table_args__ = (Index(None, "workspace_id", "case_id"),)

    workspace_id: Mapped[str] = mapped_column(Id, ForeignKey("workspaces.id"), primary_key=True)
    commitment: Mapped[str] = mapped_column(Digest, primary_key=True)
    case_id: Mapped[str] = mapped_column(Id)
    task_id: Mapped[str | None] = mapped_column(Id)
    person_id: Mapped[str | None] = mapped_column(Id)
    pointer: Mapped[str]
    salt: Mapped[bytes]
    value: Mapped[bytes]
    sealed_at: Mapped[datetime]

    @property
    def opened(self) -> Any:
        """The value; `Broken` where it is not what the commitment was made of."""
        return value_of(self.commitment, self.salt, self.value)


class Receipt(Base):
    """The answer to a request that carried an Idempotency-Key, for whoever sends the same again."""

    __tablename__ = "receipts"
    __table_args__ = (Index(None, "workspace_id", "answered_at"),)

    workspace_id: Mapped[str] = mapped_column(Id, ForeignKey("workspaces.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(Key, primary_key=True)
    request_hash: Mapped[str] = mapped_column(Digest)
    answer: Mapped[dict[str, Any]]
    answered_at: Mapped[datetime]
