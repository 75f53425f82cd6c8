"""The whole database as it stands at one moment, whatever is written meanwhile: for backups and for verifying."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, exc
from sqlalchemy.orm import Session

from service.domain.backups import DatabaseOutdated
from service.store.db import newest, reader, schema
from service.store.outages import outage


@contextmanager
def moment() -> Iterator[Connection]:
    """A connection that sees the database as it stands now, for as long as it takes. Raises `DatabaseOutdated`,
    and what `outages.outage` makes of it.

    On SQLite the write-ahead log grows meanwhile, and is folded afterwards.
    """
    engine = reader()
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
                connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
                connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
            else:
                connection.exec_driver_sql("BEGIN")
            if schema(connection) != newest():
                raise DatabaseOutdated
            yield connection
    except (exc.TimeoutError, exc.OperationalError) as error:
        there = getattr(error.orig, "sqlite_errorname", "") != "SQLITE_CANTOPEN"  # type: ignore[union-attr]  # or none
        raise (outage(error) if there else DatabaseOutdated()) from error


def session_on(connection: Connection) -> Session:
    """A session that reads by that connection."""
    return Session(connection, autoflush=False)
