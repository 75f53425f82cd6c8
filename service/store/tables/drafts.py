"""Answers that nobody has given yet."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from service.store.tables.base import Base, Id, belongs_to
from service.store.tables.records import Json


class Draft(Base):
    """What a person has written into a task's form so far. It is gone when the task is completed.

    `version` counts the times that it was saved, so that an older window does not write over a newer one.
    """

    __tablename__ = "drafts"
    __table_args__ = (belongs_to("tasks", task_id="id"), belongs_to("people", person_id="id"))

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    task_id: Mapped[str] = mapped_column(Id, primary_key=True)
    person_id: Mapped[str] = mapped_column(Id, primary_key=True)
    version: Mapped[int]
    answers: Mapped[dict[str, Any]] = mapped_column(Json)
    saved_at: Mapped[datetime]
