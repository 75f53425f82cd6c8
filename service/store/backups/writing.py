"""Writing a backup while the service is at work: all of it as it stood at one moment."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

import zstandard
from sqlalchemy import Connection, select

from service.domain import unreadable
from service.domain.backups import BackupStopped
from service.domain.journal import instant
from service.store.backups.form import BATCH, FORM, Table, dumps, kept
from service.store.db import newest
from service.store.moments import moment
from service.store.tables import Base


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the SHA-256 of the file, the form of the tables, and how many rows."""

    digest: str
    schema: str
    rows: int


def write(file: BinaryIO, made_at: datetime) -> Written:
    """Write all that the database holds. Raises `DatabaseOutdated`, `DatabaseBusy`, `BackupStopped`."""
    to, within = _Hashing(file), hashlib.sha256()
    with moment() as connection, _packing(to) as stream:

        def say(text: bytes) -> None:
            within.update(text)
            stream.write(text)

        tables, rows = kept(), 0
        said = [{"name": it.name, "columns": it.columns} for it in tables]
        head = {"mandat": "backup", "form": FORM, "schema": newest(), "made_at": instant(made_at), "tables": said}
        say(dumps(head))
        for table in tables:
            count = 0
            for line in _rows(connection, table):
                say(line)
                count += 1
            say(dumps({"end": table.name, "rows": count}))
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


def _rows(connection: Connection, table: Table) -> Iterator[bytes]:
    of, key = table.clause(), Base.metadata.tables[table.name].primary_key
    statement = select(of).order_by(*(of.c[it.name] for it in key))  # as it lies there, and nothing in its place
    found = connection.execution_options(yield_per=BATCH).execute(statement)
    try:
        for row in found:
            yield dumps(table.line(row))
    except (ValueError, TypeError):  # from a cell which holds what its column is not for: SQLite takes anything
        found.close()
        raise _named(connection, table.name) from None


def _named(connection: Connection, name: str) -> BackupStopped:
    """Which cell of a table cannot be read, the first that is met."""
    table, key = Base.metadata.tables[name], "?"
    unreadable.begin()
    for row in connection.execute(select(table)):
        if unreadable.met():
            key = ", ".join(str(row._mapping[it]) for it in table.primary_key if it.name != "workspace_id")
            break
    cell = next(iter(unreadable.met()), None)
    return BackupStopped(table=name, column=cell.column if cell else "?", row=key)
