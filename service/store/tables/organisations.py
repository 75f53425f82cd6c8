"""Organisations: who they are, who is a member, who sits where, and who acts for them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.store.tables.base import Base, Id, Key, belongs_to
from service.store.tables.records import WithOrigin


class Organisation(WithOrigin, Base):
    """A public body or a stakeholder. `kind` is one of `domain.organisations.KINDS`."""

    __tablename__ = "organisations"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    workspace_id: Mapped[str] = mapped_column(Id, ForeignKey("workspaces.id"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Key)
    kind: Mapped[str] = mapped_column(Key)


class Membership(Base):
    """An organisation is a member of the partnership for a time."""

    __tablename__ = "memberships"
    __table_args__ = (
        belongs_to("organisations", organisation_id="id"),
        Index(None, "workspace_id", "organisation_id"),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    organisation_id: Mapped[str] = mapped_column(Id)
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]
    end_reason: Mapped[str | None] = mapped_column(Key)


class Representative(Base):
    """A person acts for an organisation for a time, in whatever role she holds."""

    __tablename__ = "representatives"
    __table_args__ = (
        belongs_to("organisations", organisation_id="id"),
        belongs_to("people", person_id="id"),
        Index(None, "workspace_id", "person_id"),
        Index(None, "workspace_id", "organisation_id"),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    person_id: Mapped[str] = mapped_column(Id)
    organisation_id: Mapped[str] = mapped_column(Id)
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]
    end_reason: Mapped[str | None] = mapped_column(Key)


class Body(WithOrigin, Base):
    """The steering group, a working group and its like. A working group belongs to the case that it works in."""

    __tablename__ = "bodies"
    __table_args__ = (UniqueConstraint("workspace_id", "key"), belongs_to("cases", case_id="id"))

    workspace_id: Mapped[str] = mapped_column(Id, ForeignKey("workspaces.id"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(Key)
    kind: Mapped[str] = mapped_column(Key)
    name: Mapped[str]
    case_id: Mapped[str | None] = mapped_column(Id)
    established_at: Mapped[datetime]
    dissolved_at: Mapped[datetime | None]


class Seat(Base):
    """An organisation sits in a body for a time. `lead`: it leads; `votes`: it has a vote there."""

    __tablename__ = "seats"
    __table_args__ = (
        belongs_to("bodies", body_id="id"),
        belongs_to("organisations", organisation_id="id"),
        Index(None, "workspace_id", "body_id"),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    body_id: Mapped[str] = mapped_column(Id)
    organisation_id: Mapped[str] = mapped_column(Id)
    competence: Mapped[str | None] = mapped_column(Key)
    lead: Mapped[bool]
    votes: Mapped[bool]
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]
    end_reason: Mapped[str | None] = mapped_column(Key)
