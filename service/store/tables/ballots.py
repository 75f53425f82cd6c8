"""Ballots and votes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.domain.ballots import COUNTS, USUAL, as_kept
from service.domain.unreadable import NoObject
from service.store.tables.base import Base, Digest, Id, Key, belongs_to
from service.store.tables.records import Json, Rows
from service.store.tables.shapes import holding, objects, rows


class Ballot(Base):
    """One vote on one thing. `rules` holds the settings that count, each with its version; they outlive a change.

    `voters` are the eligible organisations with their names as they were; `item_digest` is what is voted on.
    `secret`: readers are shown the tally and not who voted what. It hides nothing from who reads the database.
    """

    __tablename__ = "ballots"
    __table_args__ = (
        belongs_to("cases", case_id="id"),
        UniqueConstraint("workspace_id", "case_id", "ordinal"),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = mapped_column(Id)
    ordinal: Mapped[int]
    instance_id: Mapped[str] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(Key)
    question: Mapped[str] = mapped_column(Key)
    target_id: Mapped[str | None] = mapped_column(Id)
    item_digest: Mapped[str | None] = mapped_column(Digest)
    voters: Mapped[Rows] = mapped_column(Json, info=rows(organisation=str | None, name=str))
    eligible_hash: Mapped[str] = mapped_column(Digest)
    rules: Mapped[dict[str, Any]] = mapped_column(
        Json, info=objects(as_kept, lambda: NoObject(USUAL), value=object, version=int, origin=str)
    )
    secret: Mapped[bool]
    meeting_on: Mapped[date | None] = mapped_column(Date)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(Key)
    result: Mapped[str | None] = mapped_column(Key)
    amendment: Mapped[str | None] = mapped_column(Key)
    tally: Mapped[dict[str, Any] | None] = mapped_column(Json, info=holding(**dict.fromkeys(COUNTS, int)))


class Vote(Base):
    """What an organisation voted: one for each. Reasons and remarks are sealed with the task's answers, not here."""

    __tablename__ = "votes"
    __table_args__ = (belongs_to("ballots", ballot_id="id"),)

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    ballot_id: Mapped[str] = mapped_column(Id, primary_key=True)
    organisation_id: Mapped[str] = mapped_column(Id, primary_key=True)
    choice: Mapped[str] = mapped_column(Key)
    task_id: Mapped[str | None] = mapped_column(Id)
    cast_at: Mapped[datetime]
