"""Cases and the instances that run in them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, query_expression

from service.store.tables.base import Base, Digest, Id, Key, belongs_to
from service.store.tables.shapes import packed_object
from service.store.tables.workspaces import Chained

ACTIVE = text("status = 'active'")
CLOSED_OFF = text("readers IS NOT NULL")


class Case(Chained, Base):
    """One matter. Its version is what a step compares and sets; its journal is the stream of the same id.

    `incidents` counts those that nobody has resolved. While it is suspended nothing moves in it. `status` is what the
    diagram calls the part it has reached. `heard` is read along: whether anybody would hear of what happens in it.
    `access_basis` is the ground on which it is closed to all but `readers`, the keys of roles with a blank around each;
    without one, whoever reads cases here reads it. `handed_over_at`: the archives have it since then.
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index(None, "workspace_id", "opened_at", "id"),
        Index("ix_cases_closed_off", "workspace_id", sqlite_where=CLOSED_OFF, postgresql_where=CLOSED_OFF),
    )

    workspace_id: Mapped[str] = mapped_column(Id, ForeignKey("workspaces.id"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    business_key: Mapped[str | None]
    status: Mapped[str | None] = mapped_column(Key)
    state_hash: Mapped[str] = mapped_column(Digest)
    incidents: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    suspended_at: Mapped[datetime | None]
    access_basis: Mapped[str | None] = mapped_column(Key)
    readers: Mapped[str | None]
    handed_over_at: Mapped[datetime | None]
    heard: Mapped[int | None] = query_expression()

    @property
    def stream(self) -> tuple[str, str]:
        """The workspace that the stream is found under, and the stream's name."""
        return self.workspace_id, self.id


class Instance(Base):
    """One run of a definition. `snapshot` is there while it is active; `variables` when it has ended."""

    __tablename__ = "instances"
    __table_args__ = (
        belongs_to("cases", case_id="id"),
        Index(None, "workspace_id", "case_id", "number"),
        Index("ix_instances_version", "workspace_id", "bundle_digest", "process_key", "started_at", "id"),
        Index("ix_instances_active", "workspace_id", sqlite_where=ACTIVE, postgresql_where=ACTIVE),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = mapped_column(Id)
    number: Mapped[int]
    parent_id: Mapped[str | None] = mapped_column(Id)
    parent_task_id: Mapped[str | None] = mapped_column(Id)
    parent_activity_id: Mapped[str | None] = mapped_column(Key)
    bundle_digest: Mapped[str] = mapped_column(Digest)
    process_key: Mapped[str] = mapped_column(Key)
    status: Mapped[str] = mapped_column(Key)
    version: Mapped[int]
    state_digest: Mapped[str | None] = mapped_column(Digest)
    snapshot: Mapped[bytes | None]
    variables: Mapped[bytes | None] = mapped_column(info=packed_object())
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_event: Mapped[str | None] = mapped_column(Key)
