"""Writing a backup while the service is at work: all of it as it stood at one moment."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

import zstandard
from sqlalchemy import Connection, exc, select

from service.domain.backups import DatabaseOutdated
from service.domain.errors import DatabaseBusy
from service.domain.journal import instant
from service.store.backups.form import BATCH, FORM, Table, dumps, kept
from service.store.db import newest, reader, schema
from service.store.tables import Base


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the SHA-256 of the file, the form of the tables, and how many rows."""

    digest: str
    schema: str
    rows: int


def write(file: BinaryIO, made_at: datetime) -> Written:
    """Write all that the database holds. Raises `DatabaseOutdated`, `DatabaseBusy`.

    On SQLite the log grows while it is read, and is folded when it is done.
    """
    to, within = _Hashing(file), hashlib.sha256()
    with _moment() as connection, _packing(to) as stream:

        def say(line: object) -> None:
            text = dumps(line)
            within.update(text)
            stream.write(text)

        tables, rows = kept(), 0
        said = [{"name": it.name, "columns": it.columns} for it in tables]
        say({"mandat": "backup", "form": FORM, "schema": newest(), "made_at": instant(made_at), "tables": said})
        for table in tables:
            count = 0
            for line in _rows(connection, table):
                say(line)
                count += 1
            say({"end": table.name, "rows": count})
            rows += count
        stream.write(dumps({"sha256": within.hexdigest()}))
    return Written(to.digest.hexdigest(), newest(), rows)


class _Hashing:
    """Hashes what it writes on."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()


def _packing(to: _Hashing) -> zstandard.ZstdCompressionWriter:
    return zstandard.ZstdCompressor(level=6).stream_writer(to, closefd=False)  # type: ignore[arg-type]  # it only writes


@contextmanager
def _moment() -> Iterator[Connection]:
    """A connection that sees the database as it stands now, whatever is written meanwhile."""
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
        raise (DatabaseBusy if there else DatabaseOutdated) from error


def _rows(connection: Connection, table: Table) -> Iterator[list[object]]:
    of = Base.metadata.tables[table.name]
    found = connection.execution_options(yield_per=BATCH).execute(select(of).order_by(*of.primary_key))
    for row in found:
        yield table.line(row)
