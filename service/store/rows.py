"""Rows as they stand, as JSON values: for holding them against what the journal says."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Text, cast, select, type_coerce
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from service.domain.journal import instant
from service.domain.unreadable import Cell, unreadable
from service.store.tables import Base, JournalEntry

AT_ONCE = 500
"""Values that one statement asks for."""

MOST = 5
"""Rows that are told to hold the same that cannot be read."""

Found = dict[str, Any]


def where(
    session: Session, workspace_id: str, model: type[Base], column: str | None = None, values: Collection[Any] = ()
) -> Iterator[Found]:
    """The rows of a table whose column holds one of these values; every row of the workspace without a column."""
    table = model.__table__
    here = select(table).where(table.c.workspace_id == workspace_id)
    if column is None:
        yield from _plain(session, here)
        return
    listed = sorted(values, key=str)
    for begin in range(0, len(listed), AT_ONCE):
        yield from _plain(session, here.where(table.c[column].in_(listed[begin : begin + AT_ONCE])))


def lying(session: Session, workspace_id: str, cell: Cell) -> list[str]:
    """The keys of the rows of a workspace in which that lies; the first few."""
    table = Base.metadata.tables[cell.table]
    column, key = table.c[cell.column], [it for it in table.primary_key if it.name != "workspace_id"]
    if "workspace_id" not in table.c:
        return []
    there: Any = type_coerce(column, NullType()) == cell.lies
    if session.get_bind().dialect.name == "postgresql":
        there = cast(column, Text) == cell.lies if isinstance(cell.lies, str) else cast(column, JSONB) == cell.lies
    statement = select(*key).where(table.c.workspace_id == workspace_id, there).limit(MOST)
    return [", ".join(str(part) for part in row) for row in session.execute(statement)]


def bodies(session: Session, workspace_id: str, streams: Collection[str]) -> Iterator[bytes]:
    """The bytes of the entries of some streams, each stream's in order."""
    listed = sorted(streams)
    for begin in range(0, len(listed), AT_ONCE):
        statement = select(JournalEntry.body).where(
            JournalEntry.workspace_id == workspace_id,
            JournalEntry.stream_id.in_(listed[begin : begin + AT_ONCE]),
        )
        ordered = statement.order_by(JournalEntry.stream_id, JournalEntry.seq)
        yield from session.scalars(ordered, execution_options={"yield_per": 1000})


def _plain(session: Session, statement: Any) -> Iterator[Found]:
    for row in session.execute(statement).mappings():
        yield {name: plain(value) for name, value in row.items()}


def plain(value: Any) -> Any:
    """A value as entries hold it: moments and days as text. What cannot be read stays what it is."""
    if unreadable(value):
        return value
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    return dict(value) if isinstance(value, Mapping) else value
