"""Hearings and the responses to them."""

from datetime import date, datetime

from sqlalchemy import Date, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.store.tables.base import Base, Digest, Id, Key, belongs_to
from service.store.tables.records import Json, Rows
from service.store.tables.shapes import rows


class Hearing(Base):
    """One hearing on one draft: internal with the members, or in the trade. `round` counts those of its kind."""

    __tablename__ = "hearings"
    __table_args__ = (
        belongs_to("cases", case_id="id"),
        belongs_to("targets", target_id="id"),
        UniqueConstraint("workspace_id", "case_id", "ordinal"),
        Index(None, "workspace_id", "version_id"),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = mapped_column(Id)
    ordinal: Mapped[int]
    target_id: Mapped[str] = mapped_column(Id)
    version_id: Mapped[str] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(Key)
    round: Mapped[int]
    draft_digest: Mapped[str | None] = mapped_column(Digest)
    invited: Mapped[Rows] = mapped_column(Json, info=rows(organisation=str | None, name=str))
    opened_at: Mapped[datetime]
    due_on: Mapped[date] = mapped_column(Date)
    extended: Mapped[bool]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(Key)
    answers: Mapped[int]
    objections: Mapped[int]
    objection_outcome: Mapped[str] = mapped_column(Key)
    treatments: Mapped[Rows] = mapped_column(Json, info=rows())

    @property
    def closed(self) -> bool:
        """Whether it takes no more answers."""
        return self.closed_at is not None


class HearingResponse(Base):
    """One response. Its points name the requirement; what was said of it is sealed: its commitment stands here.

    `task_id` is the task with which it was given or written down, `recorded_by` the person who did
    that, `document_id` the letter that came with it.
    """

    __tablename__ = "hearing_responses"
    __table_args__ = (
        belongs_to("hearings", hearing_id="id"),
        UniqueConstraint("workspace_id", "hearing_id", "ordinal"),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    hearing_id: Mapped[str] = mapped_column(Id)
    ordinal: Mapped[int]
    organisation_id: Mapped[str | None] = mapped_column(Id)
    respondent: Mapped[str | None]
    position: Mapped[str] = mapped_column(Key)
    objection: Mapped[bool]
    late: Mapped[bool]
    points: Mapped[Rows] = mapped_column(Json, info=rows(point=object))
    received_at: Mapped[datetime]
    task_id: Mapped[str | None] = mapped_column(Id)
    recorded_by: Mapped[str | None] = mapped_column(Id)
    document_id: Mapped[str | None] = mapped_column(Id)
