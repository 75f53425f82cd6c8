"""Documents: names that point to bytes, and the bytes by their digest."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from service.store.tables.base import Base, Digest, Id, Key, belongs_to
from service.store.tables.records import WithOrigin


class Blob(Base):
    """Bytes, kept once for each workspace; never changed. `size` is theirs, `content` is zstd."""

    __tablename__ = "blobs"

    workspace_id: Mapped[str] = mapped_column(Id, ForeignKey("workspaces.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(Digest, primary_key=True)
    size: Mapped[int]
    content: Mapped[bytes]


class Document(WithOrigin, Base):
    """A file of a case, or of the workspace."""

    __tablename__ = "documents"
    __table_args__ = (
        belongs_to("blobs", digest="digest"),
        belongs_to("cases", case_id="id"),
        Index(None, "workspace_id", "case_id"),
        Index(None, "workspace_id", "digest"),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str | None] = mapped_column(Id)
    digest: Mapped[str] = mapped_column(Digest)
    name: Mapped[str]
    media_type: Mapped[str] = mapped_column(Key)
    added_by: Mapped[str] = mapped_column(Id)
    added_at: Mapped[datetime]
