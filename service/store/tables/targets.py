"""Procurement targets and their versions, and what was announced about them."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, mapped_column

from service.domain.record_errors import TargetVersionFrozen
from service.store.tables.base import Base, Digest, Id, Key, belongs_to
from service.store.tables.records import Json, Rows, WithOrigin
from service.store.tables.shapes import rows


class Target(WithOrigin, Base):
    """A target. Its key is part of a public address, so it never changes. What it says is in its versions."""

    __tablename__ = "targets"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)

    workspace_id: Mapped[str] = mapped_column(Id, ForeignKey("workspaces.id"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(Key)
    title: Mapped[str]
    category: Mapped[str]
    cpv: Mapped[str | None] = mapped_column(Key)
    merged_into: Mapped[str | None] = mapped_column(Key)
    blocked_until: Mapped[date | None] = mapped_column(Date)
    proposed_at: Mapped[datetime]


class TargetVersion(Base):
    """One version: a draft that a case makes, until it is adopted; from then on its text never changes.

    `ordinal` counts every version that was begun; `number` is given at adoption. `digest` is that of the requirements (RFC 8785).
    """

    __tablename__ = "target_versions"
    __table_args__ = (
        belongs_to("targets", target_id="id"),
        UniqueConstraint("workspace_id", "target_id", "number"),
        UniqueConstraint("workspace_id", "target_id", "ordinal"),
        Index(None, "workspace_id", "case_id"),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    target_id: Mapped[str] = mapped_column(Id)
    ordinal: Mapped[int]
    case_id: Mapped[str | None] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(Key)
    status: Mapped[str] = mapped_column(Key)
    status_at: Mapped[datetime]
    number: Mapped[int | None]
    requirements: Mapped[Rows] = mapped_column(Json, info=rows())
    digest: Mapped[str | None] = mapped_column(Digest)
    based_on: Mapped[int | None]
    environmental_effect: Mapped[str | None]
    supply_effect: Mapped[str | None]
    change_note: Mapped[str | None]
    opened_at: Mapped[datetime]
    adopted_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    valid_on: Mapped[date | None] = mapped_column(Date)
    expires_on: Mapped[date | None] = mapped_column(Date)
    review_on: Mapped[date | None] = mapped_column(Date)
    supersedes: Mapped[int | None]


@event.listens_for(TargetVersion, "before_update")
def _stays_as_adopted(_mapper: object, _connection: object, version: TargetVersion) -> None:
    """Whatever code of ours tries: what was adopted keeps its text. Publication opens what is sealed in it."""
    now = inspect(version).attrs
    adopted, published = now.adopted_at.history, now.published_at.history
    opens = published.has_changes() and published.deleted == [None]
    changed = now.digest.history.has_changes() or (now.requirements.history.has_changes() and not opens)
    if adopted.unchanged and adopted.unchanged[0] is not None and changed:
        raise TargetVersionFrozen(status=version.status)


class Notice(WithOrigin, Base):
    """What was announced about a published target: a correction, a known issue, interim rules, its end."""

    __tablename__ = "notices"
    __table_args__ = (
        belongs_to("targets", target_id="id"),
        UniqueConstraint("workspace_id", "target_id", "ordinal"),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    target_id: Mapped[str] = mapped_column(Id)
    ordinal: Mapped[int]
    version_number: Mapped[int | None]
    kind: Mapped[str] = mapped_column(Key)
    text: Mapped[str]
    given_at: Mapped[datetime]
    expires_on: Mapped[date | None] = mapped_column(Date)
