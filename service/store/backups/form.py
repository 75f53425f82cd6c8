"""The form of a backup: a zstd stream of lines, each a JSON text, that says the same of SQLite and PostgreSQL.

The first line is the header: form, schema, time, and every table with its columns and their kinds. Then come the rows,
table by table, each an array in the order of the columns; `{"end": table, "rows": n}` closes a table. The last line
holds the SHA-256 of all bytes before it. A table stands behind those that its rows name.
"""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, LargeBinary, TableClause, Text, column, table
from sqlalchemy.types import TypeEngine

from service.domain.backups import BackupUnreadable
from service.domain.journal import instant
from service.store.tables import Base
from service.store.tables.base import AwareUTC
from service.store.tables.cells import kept_type
from service.store.tables.packing import Packed

FORM = 1
LEFT_OUT = frozenset({"sign_in_sessions", "sign_in_tries", "outbox_receivers"})
"""Tables that no backup holds: whoever was signed in signs in again, and who kept silent is asked anew."""

BATCH = 500
"""Rows that are in memory at a time."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How values of one kind are written and read, and the type of a column that takes them."""

    type: Callable[[], TypeEngine[Any]]
    to_json: Callable[[Any], Any] = lambda value: value
    from_json: Callable[[Any], Any] = lambda value: value


def _in_letters(value: bytes) -> str:
    return base64.b64encode(value).decode()


KINDS = {
    "moment": Kind(AwareUTC, instant, datetime.fromisoformat),
    "day": Kind(Date, date.isoformat, date.fromisoformat),
    "bytes": Kind(LargeBinary, _in_letters, base64.b64decode),
    "entry": Kind(Packed, _in_letters, base64.b64decode),
    "truth": Kind(Boolean),
    "number": Kind(BigInteger),
    "json": Kind(lambda: JSON(none_as_null=True)),
    "text": Kind(Text),
}
"""In the order in which a column's type is asked: String, whatever its length, is the last."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a backup: its name, and (name, kind) of its columns in order."""

    name: str
    columns: tuple[tuple[str, str], ...]

    def clause(self) -> TableClause:
        """The table for a statement, without asking what it is like today."""
        return table(self.name, *(column(name, KINDS[kind].type()) for name, kind in self.columns))

    def row(self, line: list[Any]) -> dict[str, Any]:
        """What a line of the backup says, by column. Raises `BackupUnreadable`."""
        if len(line) != len(self.columns):
            raise BackupUnreadable(reason=f"a row of {self.name} has other columns")
        pairs = zip(self.columns, line, strict=True)
        return {name: None if value is None else KINDS[kind].from_json(value) for (name, kind), value in pairs}

    def line(self, row: Any) -> list[Any]:
        """A row as a line of the backup."""
        pairs = zip(self.columns, row, strict=True)
        return [None if value is None else KINDS[kind].to_json(value) for (_, kind), value in pairs]


def kept() -> list[Table]:
    """The tables that a backup of this version holds, each behind those that its rows name."""
    return [
        Table(it.name, tuple((column.name, _kind(column)) for column in it.columns))
        for it in Base.metadata.sorted_tables
        if it.name not in LEFT_OUT
    ]


def dumps(line: Any) -> bytes:
    """A line with its end."""
    return json.dumps(line, separators=(",", ":")).encode() + b"\n"


def _kind(column: Column[Any]) -> str:
    of = kept_type(column)
    return next(
        (name for name, kind in KINDS.items() if isinstance(of, type(kind.type()))),
        "text",
    )
