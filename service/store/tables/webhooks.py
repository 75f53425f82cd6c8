"""Who outside is told of what happens."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from service.store.tables.base import Base, Id, Key


class Webhook(Base):
    """A receiver of events of some kinds (`domain.events`).

    `secret` is what notices to it are signed with; it must be here to sign, and is shown once. `removed_at`: it is told
    of nothing more; the row stays for the notices that name it.
    """

    __tablename__ = "webhooks"

    workspace_id: Mapped[str] = mapped_column(Id, ForeignKey("workspaces.id"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    url: Mapped[str]
    secret: Mapped[bytes]
    kinds: Mapped[list[str]]
    added_by: Mapped[str] = mapped_column(Key)
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
