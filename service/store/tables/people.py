"""Accounts that sign in, people who hold roles, and tokens for programs. A person is not an account."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.store.tables.base import Base, Digest, Id, Key, belongs_to


class Account(Base):
    """Whom an issuer vouches for. `local` is our own issuer; only its accounts may have a password.

    `persona`: in a demonstration anybody may be her, without a password.
    """

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    issuer: Mapped[str] = mapped_column(Key)
    subject: Mapped[str] = mapped_column(Key)
    password_hash: Mapped[str | None]
    administrator: Mapped[bool]
    persona: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class Person(Base):
    """Somebody with a part in a workspace, whether she signs in or not. `language`: the one that she, or who gave her
    address, has set for her pages and her mail."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("workspace_id", "account_id"),)

    workspace_id: Mapped[str] = mapped_column(Id, ForeignKey("workspaces.id"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    account_id: Mapped[str | None] = mapped_column(Id, ForeignKey("accounts.id", deferrable=True, initially="DEFERRED"))
    name: Mapped[str]
    language: Mapped[str | None] = mapped_column(Key)


class Role(Base):
    """A role of a workspace. `label` is what the body itself calls it: a lane may bear either."""

    __tablename__ = "roles"
    __table_args__ = (UniqueConstraint("workspace_id", "label"),)

    workspace_id: Mapped[str] = mapped_column(Id, ForeignKey("workspaces.id"), primary_key=True)
    key: Mapped[str] = mapped_column(Key, primary_key=True)
    label: Mapped[str] = mapped_column(Key)


class RoleHolding(Base):
    """A person holds a role for a time: from `valid_from` until before `valid_to`, everywhere or in one case."""

    __tablename__ = "role_holdings"
    __table_args__ = (
        belongs_to("people", person_id="id"),
        belongs_to("roles", role_key="key"),
        belongs_to("cases", case_id="id"),
        Index(None, "workspace_id", "person_id"),
        Index(None, "workspace_id", "role_key"),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    person_id: Mapped[str] = mapped_column(Id)
    role_key: Mapped[str] = mapped_column(Key)
    case_id: Mapped[str | None] = mapped_column(Id)
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]
    end_reason: Mapped[str | None] = mapped_column(Key)


class Token(Base):
    """A key for programs to one workspace. Only its hash is kept; `prefix` finds it and may be shown."""

    __tablename__ = "tokens"
    __table_args__ = (UniqueConstraint("prefix"),)

    workspace_id: Mapped[str] = mapped_column(Id, ForeignKey("workspaces.id"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    account_id: Mapped[str] = mapped_column(Id, ForeignKey("accounts.id", deferrable=True, initially="DEFERRED"))
    prefix: Mapped[str] = mapped_column(Key)
    digest: Mapped[str] = mapped_column(Digest)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
