"""The log over the journal: how large each is, its tree in tiles, what was signed, and with which keys."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from service.domain.outbox import Kind
from service.store.tables.base import Base, Id, Key


class Log(Base):
    """The log of a workspace, or with `*` of the installation. Its size is compared and set when it grows.

    `origin` names it to the world and never changes. `signed_size` and `signed_at` are those of the last checkpoint.
    """

    __tablename__ = "logs"

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    origin: Mapped[str] = mapped_column(Key)
    size: Mapped[int]
    root: Mapped[bytes]
    signed_size: Mapped[int | None]
    signed_at: Mapped[datetime | None]

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, object]:
        return {"version_id_col": cls.__table__.c.size, "version_id_generator": False}


class LogTile(Base):
    """Up to 256 hashes of the tree (`domain.tiles`). The last of each level is written anew as the log grows."""

    __tablename__ = "log_tiles"

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    hashes: Mapped[bytes]


class LogCheckpoint(Base):
    """What was signed: the note as it goes out. The same size is signed again when a day has gone by."""

    __tablename__ = "log_checkpoints"

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    size: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(primary_key=True)
    note: Mapped[str]


class LogKey(Base):
    """A public key (base64) that signs checkpoints since `since`, until the next. The journal says who brought it in."""

    __tablename__ = "log_keys"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public: Mapped[str] = mapped_column(Key)
    since: Mapped[datetime]


class Witness(Base):
    """Somebody outside who is given the checkpoints of a workspace, by mail, webhook or file (`domain.outbox.Kind`).

    At most one message is on its way to her, `message_id`, queued at `sent_at`, and the next no sooner than `minutes`
    later. `size` is that of the latest checkpoint which she has. `secret` signs what a webhook is told.
    """

    __tablename__ = "witnesses"

    workspace_id: Mapped[str] = mapped_column(Id, ForeignKey("workspaces.id"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[Kind] = mapped_column(Key)
    address: Mapped[str]
    secret: Mapped[bytes]
    minutes: Mapped[int]
    added_by: Mapped[str] = mapped_column(Key)
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    message_id: Mapped[str | None] = mapped_column(Id)
    sent_at: Mapped[datetime | None]
    size: Mapped[int | None]
    got_at: Mapped[datetime | None]
