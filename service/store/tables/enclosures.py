"""Files on their way: put to an answer that nobody has given yet."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from service.store.tables.base import Base, Digest, Id, Key, belongs_to


class Enclosure(Base):
    """A file that a person has put to her answer to a task. It is hers alone, and no document of the case.

    When the task is completed, what its answer names becomes a document of the same id, and the rest is gone with the
    drafts. `given`: an answer that was given names it, though the case could not move on with it yet.
    """

    __tablename__ = "enclosures"
    __table_args__ = (
        belongs_to("blobs", digest="digest"),
        belongs_to("tasks", task_id="id"),
        belongs_to("people", person_id="id"),
        Index(None, "workspace_id", "task_id"),
        Index(None, "workspace_id", "digest"),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    task_id: Mapped[str] = mapped_column(Id)
    person_id: Mapped[str] = mapped_column(Id)
    digest: Mapped[str] = mapped_column(Digest)
    name: Mapped[str]
    media_type: Mapped[str] = mapped_column(Key)
    added_at: Mapped[datetime]
    given: Mapped[bool]
