"""Changes of settings. What nobody has changed says what `domain.settings` has as its default."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from service.store.tables.base import Base, Id, Key
from service.store.tables.records import Json
from service.store.tables.shapes import ANY


class Setting(Base):
    """One version of a setting, from a moment on. `reference` names the rule or decision that says so."""

    __tablename__ = "settings"

    workspace_id: Mapped[str] = mapped_column(Id, ForeignKey("workspaces.id"), primary_key=True)
    key: Mapped[str] = mapped_column(Key, primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(Json, nullable=True, info=ANY)
    origin: Mapped[str] = mapped_column(Key)
    reference: Mapped[str]
    valid_from: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(Id)
    changed_at: Mapped[datetime]
