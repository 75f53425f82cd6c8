"""A municipality's strategy, its goals, the measures of its action plan, and what was reported on them."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.domain.origins import Origin
from service.store.tables.base import Base, Id, Key, belongs_to
from service.store.tables.records import WithOrigin


class Strategy(WithOrigin, Base):
    """A strategy for a period of years, with its main goal."""

    __tablename__ = "strategies"

    workspace_id: Mapped[str] = mapped_column(Id, ForeignKey("workspaces.id"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    title: Mapped[str]
    first_year: Mapped[int]
    last_year: Mapped[int]
    main_goal: Mapped[str]


class Goal(WithOrigin, Base):
    """A subgoal, under which measures hang."""

    __tablename__ = "goals"
    __table_args__ = (
        belongs_to("strategies", strategy_id="id"),
        UniqueConstraint("workspace_id", "strategy_id", "number"),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    strategy_id: Mapped[str] = mapped_column(Id)
    number: Mapped[int]
    text: Mapped[str]


class Measure(WithOrigin, Base):
    """One row of the plan: L3's six columns, and how strongly it obliges.

    Responsible, deadline and status are blank in the source; `plan_origin` is theirs where somebody filled them in.
    """

    __tablename__ = "measures"
    __table_args__ = (
        belongs_to("goals", goal_id="id"),
        UniqueConstraint("workspace_id", "goal_id", "number"),
        Index(None, "workspace_id", "due_on"),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    goal_id: Mapped[str] = mapped_column(Id)
    number: Mapped[int]
    description: Mapped[str]
    strength: Mapped[str] = mapped_column(Key)
    responsible: Mapped[str | None] = mapped_column(Key)
    due_on: Mapped[date | None] = mapped_column(Date)
    status: Mapped[str | None] = mapped_column(Key)
    plan_origin: Mapped[Origin | None] = mapped_column(Key)
    changed_at: Mapped[datetime | None]


class MeasureReport(Base):
    """What a measure's owner reported. Her own words are sealed with the task's answers; what they open is here."""

    __tablename__ = "measure_reports"
    __table_args__ = (
        belongs_to("measures", measure_id="id"),
        UniqueConstraint("workspace_id", "measure_id", "ordinal"),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    measure_id: Mapped[str] = mapped_column(Id)
    ordinal: Mapped[int]
    case_id: Mapped[str | None] = mapped_column(Id)
    before: Mapped[str | None] = mapped_column(Key)
    after: Mapped[str] = mapped_column(Key)
    light: Mapped[str] = mapped_column(Key)
    due_on: Mapped[date | None] = mapped_column(Date)
    assessment: Mapped[str | None]
    evidence: Mapped[str | None]
    reason: Mapped[str | None]
    reported_at: Mapped[datetime]
