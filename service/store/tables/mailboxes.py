"""Where a person's mail goes, and when she wants it."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from service.domain.mail import Wish
from service.store.tables.base import Base, Id, Key, belongs_to


class Mailbox(Base):
    """A person's mail. Who has none gets none. `told_until`: up to when her daily mail has told her what is new."""

    __tablename__ = "mailboxes"
    __table_args__ = (belongs_to("people", person_id="id"),)

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    person_id: Mapped[str] = mapped_column(Id, primary_key=True)
    address: Mapped[str]
    wish: Mapped[Wish] = mapped_column(Key)
    told_until: Mapped[datetime | None]
