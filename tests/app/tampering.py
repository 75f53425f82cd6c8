"""Somebody who has the database changes rows behind the journal's back, and keeps quiet about foreign keys."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Connection, Table, create_engine, select, text, update
from sqlalchemy.pool import NullPool

from service.store import db
from service.store.tables import Base
from service.store.tables.cells import kept_type

Key = Mapping[str, Any]


@contextmanager
def database() -> Iterator[Connection]:
    """A connection of her own that looks away from foreign keys."""
    engine = create_engine(db.db.engine.url, poolclass=NullPool)
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET session_replication_role = replica")
        else:
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        yield connection
        connection.commit()
    engine.dispose()


def table(name: str) -> Table:
    return Base.metadata.tables[name]


Change = tuple[str, Key, Mapping[str, Any]]
"""A table, what a row of it is found by, and what it is to say."""


def change(changes: Iterable[Change]) -> list[Change]:
    """Let rows say something else; gives what brings them back."""
    back: list[Change] = []
    with database() as connection:
        for name, where, columns in changes:
            it = table(name)
            here = [it.c[column] == value for column, value in where.items()]
            row = connection.execute(select(it).where(*here)).mappings().one()
            connection.execute(update(it).where(*here).values(**columns))
            back.append((name, where, {column: row[column] for column in columns}))
    return back


@contextmanager
def changed(*changes: Change) -> Iterator[None]:
    """The same, for as long as the context lasts."""
    back = change(changes)
    try:
        yield
    finally:
        change(reversed(back))


def every(name: str, workspace_id: str) -> list[dict[str, Any]]:
    """The rows of a table."""
    it = table(name)
    with database() as connection:
        found = connection.execute(select(it).where(it.c.workspace_id == workspace_id).order_by(*it.primary_key))
        return [dict(row) for row in found.mappings()]


def one(name: str, **where: Any) -> dict[str, Any]:
    """The first row of a table that holds these values, by its key."""
    it = table(name)
    statement = select(it).where(*(it.c[column] == value for column, value in where.items())).order_by(*it.primary_key)
    with database() as connection:
        return dict(connection.execute(statement).mappings().first() or {})


def key(name: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """What a row is found by."""
    return {column.name: row[column.name] for column in table(name).primary_key}


def other(value: Any) -> Any:  # noqa: PLR0911 - one for each kind of value
    """A value of the same kind that is another."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1000
        case datetime():
            return value + timedelta(days=1)
        case date():
            return value + timedelta(days=1)
        case bytes():
            return b'"forged"'
        case list():
            return [*value, {"organisation": "forged", "name": "forged", "point": "forged"}]
        case dict():
            return value | {"forged": 1}
    return "forged"


Lies = tuple[str, Key, str, str]
"""A table, what a row of it is found by, a column, and as SQL what lies there instead."""


@contextmanager
def garbled(lies: Iterable[Lies]) -> Iterator[None]:
    """Whatever the database takes lies in these places, for as long as the context lasts: no type of ours is asked."""
    back: list[tuple[str, Key, str, Any]] = []
    with database() as connection:
        for name, where, column, said in lies:
            here = " AND ".join(f"{part} = :{part}" for part in where)
            kept = connection.execute(text(f"SELECT {column} FROM {name} WHERE {here}"), where).scalar()  # noqa: S608 - names of our tables
            connection.execute(text(f"UPDATE {name} SET {column} = {said} WHERE {here}"), where)  # noqa: S608 - names of our tables
            parsed = connection.dialect.name == "postgresql" and isinstance(kept_type(table(name).c[column]), JSON)
            back.append((name, where, column, json.dumps(kept) if parsed and kept is not None else kept))
    try:
        yield
    finally:
        with database() as connection:
            for name, where, column, kept in reversed(back):
                here = " AND ".join(f"{part} = :{part}" for part in where)
                statement = f"UPDATE {name} SET {column} = :kept WHERE {here}"  # noqa: S608 - names of our tables
                connection.execute(text(statement), {**where, "kept": kept})
