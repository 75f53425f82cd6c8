"""The workspaces of the service, and the streams of the journal that they and the installation own."""

from datetime import datetime

from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from service.domain.journal import GENESIS
from service.store.tables.base import Base, Digest, Id, Key


class Chained:
    """What owns a stream of the journal: where the stream stands, and a version to compare and set.

    Writing an entry changes this row, and the row's version makes a fork impossible.
    """

    version: Mapped[int]
    journal_seq: Mapped[int] = mapped_column(default=0)
    journal_head: Mapped[str] = mapped_column(Digest, default=GENESIS)

    @property
    def stream(self) -> tuple[str, str]:
        """The workspace that the stream is found under, and the stream's name."""
        raise NotImplementedError

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, object]:
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]  # made by the mapper


class Workspace(Chained, Base):
    """One body's room in the service. Its id is its key: public addresses hold it, so it never changes.

    `country` (ISO 3166) says whose public holidays count.
    """

    __tablename__ = "workspaces"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str]
    language: Mapped[str] = mapped_column(Key)
    time_zone: Mapped[str] = mapped_column(Key)
    country: Mapped[str] = mapped_column(Key)

    @property
    def stream(self) -> tuple[str, str]:
        """The workspace that the stream is found under, and the stream's name."""
        return self.id, self.id


class Installation(Chained, Base):
    """The one row that owns the installation's stream. `clock_at`: where a demonstration's clock stands; else none."""

    __tablename__ = "installation"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    clock_at: Mapped[datetime | None]

    @property
    def stream(self) -> tuple[str, str]:
        """The owner that the stream is found under, and the stream's name."""
        return self.id, self.id
