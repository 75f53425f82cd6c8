"""The one place where what lies in the database becomes a value: it reads whatever lies there.

SQLite takes anything into any column, and JSON takes anything on either database. Where something else lies than the
column is for, its reader gets a value of the same kind that says nothing (`domain.unreadable`); who is about to write gets
`RowUnreadable`, so that nothing follows from it.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from service.domain.errors import RowUnreadable
from service.domain.unreadable import Cell, meet, refused
from service.store.tables.base import AwareUTC, Base
from service.store.tables.shapes import Shape

KINDS: tuple[tuple[type[TypeEngine[Any]], type], ...] = (
    (AwareUTC, datetime),
    (Date, date),
    (Boolean, bool),
    (Integer, int),
    (String, str),
    (LargeBinary, bytes),
)
"""What a column of each type holds."""

ALREADY: Mapping[str, frozenset[type]] = {"postgresql": frozenset({str, int, bool, bytes})}
"""What a database itself keeps out of columns of another kind."""


class Told(TypeDecorator[Any]):
    """A column of a type of ours, or of SQLAlchemy's, with the one thing added that it can always be read."""

    impl = String
    cache_ok = True
    coerce_to_is_types = (type(None), bool)  # as every other type has it

    def __init__(self, kept: TypeEngine[Any], table: str, column: str, shape: Shape) -> None:
        super().__init__()
        self.kept, self.table, self.column, self.shape = kept, table, column, shape
        self.impl = self.impl_instance = kept  # type: ignore[assignment]  # each column has its own

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        """What it is compared with is what the type says that is kept."""
        return self.kept.coerce_compared_value(op, value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Reads what lies there."""
        plain, shape = super().result_processor(dialect, coltype), self.shape
        if shape.kind in ALREADY.get(dialect.name, ()):
            return plain
        flag = shape.kind is bool

        def read(lies: Any) -> Any:
            if lies is None:
                return None
            try:
                value = lies if plain is None else plain(lies)
                fits = shape.fits(value) and not (flag and lies not in (0, 1))
            except Exception:  # noqa: BLE001 - whatever lies there, and however a reader of it fails
                return self._unreadable(lies)
            return value if fits else self._unreadable(lies)

        return read

    def _unreadable(self, lies: Any) -> Any:
        if refused():
            raise RowUnreadable(table=self.table, column=self.column)
        meet(Cell(self.table, self.column, lies))
        return self.shape.blank()


def guard(table: str, column: Column[Any]) -> None:
    """Let a column be read whatever lies in it."""
    kept = column.type
    shape = column.info.get("shape") or next((Shape(kind) for of, kind in KINDS if isinstance(kept, of)), None)
    if shape is not None:
        column.type = Told(kept, table, column.name, shape)


def kept_type(column: Column[Any]) -> TypeEngine[Any]:
    """The type with which a column keeps what it holds."""
    return column.type.kept if isinstance(column.type, Told) else column.type


def guard_all() -> None:
    """Let every column of ours be read whatever lies in it. Packed entries are read as they lie: who checks the journal
    finds what was spoilt in them."""
    for table in Base.metadata.tables.values():
        for column in table.columns:
            guard(table.name, column)
