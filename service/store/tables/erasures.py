"""Erasures that were asked for, and what became of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from service.domain.erasures import State, Wanted
from service.store.tables.base import Base, Digest, Id, Key
from service.store.tables.records import Json
from service.store.tables.shapes import holding, texts


class Erasure(Base):
    """One erasure: what it is about, on which ground, who asked and who decided. It holds nothing of what was erased.

    `reason` is the commitment to the words of who asked. `entry` is the number of the journal's entry, in the stream of
    the workspace, that says that it was carried out; `removed` counts what went.
    """

    __tablename__ = "erasures"
    __table_args__ = (Index(None, "workspace_id", "state", "requested_at"),)

    workspace_id: Mapped[str] = mapped_column(Id, ForeignKey("workspaces.id"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    basis: Mapped[str] = mapped_column(Key)
    reason: Mapped[str] = mapped_column(Digest)
    commitments: Mapped[list[str]] = mapped_column(Json, info=texts())
    documents: Mapped[list[str]] = mapped_column(Json, info=texts())
    people: Mapped[list[str]] = mapped_column(Json, info=texts())
    state: Mapped[State] = mapped_column(Key)
    requested_by: Mapped[str] = mapped_column(Id)
    requested_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(Id)
    decided_at: Mapped[datetime | None]
    entry: Mapped[int | None]
    removed: Mapped[dict[str, Any] | None] = mapped_column(Json, info=holding())

    @property
    def wanted(self) -> Wanted:
        """What it is about."""
        return Wanted(tuple(self.commitments), tuple(self.documents), tuple(self.people))
