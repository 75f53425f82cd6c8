"""What the nightly replays have found: of each case the last time, and of each workspace the last night."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from service.domain.replays import SAME
from service.store.tables.base import Base, Id, Key, belongs_to
from service.store.tables.records import Json


class Replay(Base):
    """The last nightly replay of a case. `outcome` is same, differs or not replayed (`domain.replays`); where it is not the
    first, `seq` and `reason` say at which entry, and why. No value of the case is here."""

    __tablename__ = "replays"
    __table_args__ = (belongs_to("cases", case_id="id"), Index(None, "workspace_id", "outcome"))

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = mapped_column(Id, primary_key=True)
    replayed_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(Key, default=SAME)
    seq: Mapped[int | None]
    reason: Mapped[dict[str, Any] | None] = mapped_column(Json)


class ReplayNight(Base):
    """The last night's sample of a workspace: since when, how many cases are left, and what was found in the others.

    `held_until` is until when one worker alone goes on with it.
    """

    __tablename__ = "replay_nights"

    workspace_id: Mapped[str] = mapped_column(Id, ForeignKey("workspaces.id"), primary_key=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    held_until: Mapped[datetime | None]
    remaining: Mapped[int]
    same: Mapped[int] = mapped_column(default=0)
    different: Mapped[int] = mapped_column(default=0)
    not_replayed: Mapped[int] = mapped_column(default=0)
