"""Sign-in sessions, and the tries that were made to begin one. They belong to accounts, and so to no workspace."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from service.store.tables.base import Base, Digest, Id


class SignInSession(Base):
    """An account is signed in in one browser. Only the hash of what the browser holds is kept."""

    __tablename__ = "sign_in_sessions"
    __table_args__ = (Index(None, "account_id"),)

    digest: Mapped[str] = mapped_column(Digest, primary_key=True)
    account_id: Mapped[str] = mapped_column(Id, ForeignKey("accounts.id", deferrable=True, initially="DEFERRED"))
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class SignInTries(Base):
    """How often signing in was tried since `began_at`. `key` is the hash of who tried, or at what."""

    __tablename__ = "sign_in_tries"

    key: Mapped[str] = mapped_column(Digest, primary_key=True)
    tries: Mapped[int]
    began_at: Mapped[datetime]
