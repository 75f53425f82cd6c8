"""The ground that every table stands on: names of constraints, and the types that SQLite and PostgreSQL share."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, ForeignKeyConstraint, LargeBinary, MetaData, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Id = String(36)
"""One of ours: a UUID in its usual writing, or a workspace's key."""

Key = String(200)
"""An author's: the id of an element, a process, a role."""

Digest = String(64)
"""A sha-256 in hexadecimal."""


class AwareUTC(TypeDecorator[datetime]):
    """A moment. Only aware ones come in, only UTC goes out; SQLite has no type for it and keeps sortable text."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC for the database. A naive datetime raises ValueError: nobody knows when that was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Aware UTC from the database, whatever zone its session is set to."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table of ours. `workspace_id` stands first in every key and index."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it once, when a class is made
        str: Text,
        int: BigInteger,
        bytes: LargeBinary,
        datetime: AwareUTC,
        dict[str, Any]: JSON(none_as_null=True),
        list[str]: JSON(none_as_null=True),
        list[dict[str, Any]]: JSON(none_as_null=True),
    }


def belongs_to(table: str, **columns: str) -> ForeignKeyConstraint:
    """A row belongs to a row of `table` in its own workspace: our column = the other's.

    Checked when the transaction commits, so that the rows of one step may be written in any order.
    """
    here, there = ["workspace_id", *columns], ["workspace_id", *columns.values()]
    return ForeignKeyConstraint(here, [f"{table}.{name}" for name in there], deferrable=True, initially="DEFERRED")
