"""Restoring a backup: into an empty database, in one transaction, and not before the journal in it has been checked."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

import zstandard
from sqlalchemy import Connection, delete, exc, func, insert, inspect, select, text
from sqlalchemy.orm import Session

from service.domain.backups import BackupNewer, BackupUnreadable, DatabaseNotEmpty
from service.store import journal, migrating, queue
from service.store.backups.form import BATCH, FORM, KINDS, Table
from service.store.db import MIGRATING, known, newest
from service.store.tables import Base, Case, Chained, Installation, JournalEntry, Workspace

LONGEST = 256 * 1024 * 1024  # of one line, in bytes: a row with a document in it is far shorter
_APART = "its rows do not belong together"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A backup that stands in the database and is not committed yet. `broken`: streams that are not what was written."""

    digest: str
    schema: str
    made_at: str
    rows: int
    broken: tuple[str, ...]


def load(session: Session, file: BinaryIO) -> Loaded:
    """Load a backup in the transaction of `session`.

    Raises `BackupUnreadable`, `BackupNewer`, `DatabaseNotEmpty`; then nothing of it may be committed.
    """
    try:
        return _load(session, file)
    except exc.IntegrityError as error:
        raise BackupUnreadable(reason=_APART) from error


def _load(session: Session, file: BinaryIO) -> Loaded:
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # a file opened to be read is one
    file.seek(0)
    lines = _Lines(file)
    tables, schema = _header(lines.header), lines.header["schema"]
    connection = session.connection()
    _clear(connection)
    migrating.migrate(connection, schema)
    for table in reversed(tables):
        connection.execute(delete(table.clause()))  # what every installation begins with stands in the backup too
    rows = sum(_fill(connection, table, lines) for table in tables)
    lines.finish()
    _whole(connection)
    migrating.migrate(connection)
    queue.prepare(connection)
    return Loaded(digest, schema, lines.header["made_at"], rows, tuple(_broken(session)))


class _Lines:
    """The lines of a backup, each read as JSON and hashed. Raises `BackupUnreadable` for what is no backup."""

    def __init__(self, file: BinaryIO) -> None:
        self._digest = hashlib.sha256()
        self._stream = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
        self._left = b""
        self.header: dict[str, Any] = self.next()

    def next(self) -> Any:
        """The next line's value."""
        line = self._line()
        self._digest.update(line)
        try:
            return json.loads(line)
        except ValueError:
            raise BackupUnreadable(reason="a line in it cannot be read") from None

    def finish(self) -> None:
        """Read the last line, which says what all the others hash to."""
        found = self._digest.hexdigest()
        if self.next() != {"sha256": found}:
            raise BackupUnreadable(reason="it is not what was written")

    def _line(self) -> bytes:
        parts: list[bytes] = []
        while b"\n" not in self._left:
            parts.append(self._left)
            try:
                self._left = self._stream.read(1 << 16)
            except zstandard.ZstdError:
                raise BackupUnreadable(reason="it is damaged, or no backup") from None
            if not self._left or sum(map(len, parts)) > LONGEST:
                raise BackupUnreadable(reason="it ends too early")
        end, self._left = self._left.split(b"\n", 1)
        return b"".join([*parts, end, b"\n"])


def _header(header: Any) -> list[Table]:
    if not isinstance(header, dict) or header.get("mandat") != "backup":
        raise BackupUnreadable(reason="it does not begin like one")
    if header.get("form") != FORM or header.get("schema") not in known():
        raise BackupNewer(schema=header.get("schema"), known=newest())
    tables = [Table(it["name"], tuple((name, kind) for name, kind in it["columns"])) for it in header["tables"]]
    if any(kind not in KINDS for table in tables for _, kind in table.columns):
        raise BackupUnreadable(reason="it has columns of an unknown kind")
    return tables


def _clear(connection: Connection) -> None:
    """Make room: a database without tables, or one whose journal has no entry yet. Raises `DatabaseNotEmpty`."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATING})
    tables = inspect(connection).get_table_names()
    if not tables:
        return
    ours = {"journal_entries", "alembic_version"} <= set(tables)
    if not ours or connection.scalar(select(func.count()).select_from(JournalEntry)):
        raise DatabaseNotEmpty
    Base.metadata.drop_all(connection)
    connection.exec_driver_sql("DROP TABLE alembic_version")


def _fill(connection: Connection, table: Table, lines: _Lines) -> int:
    into, rows = insert(table.clause()), _rows(table, lines)
    count = 0
    while batch := list(islice(rows, BATCH)):
        connection.execute(into, batch)
        count += len(batch)
    return count


def _rows(table: Table, lines: _Lines) -> Iterator[dict[str, Any]]:
    count = 0
    while isinstance(line := lines.next(), list):
        yield table.row(line)
        count += 1
    if line != {"end": table.name, "rows": count}:
        raise BackupUnreadable(reason=f"rows of {table.name} are missing")


def _whole(connection: Connection) -> None:
    """Check at once that every row belongs to one that is there. Raises `BackupUnreadable`."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
        connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")
        connection.exec_driver_sql("ANALYZE")
    elif connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise BackupUnreadable(reason=_APART)


def _broken(session: Session) -> Iterator[str]:
    """The names of streams that are not what was written. A stream that nobody owns is one too."""
    owners: Sequence[tuple[type[Chained], Any]] = [
        *((Installation, key) for key in session.scalars(select(Installation.id))),
        *((Workspace, key) for key in session.scalars(select(Workspace.id))),
        *((Case, tuple(key)) for key in session.execute(select(Case.workspace_id, Case.id))),
    ]
    entries = 0
    for shape, key in owners:
        owner = session.get_one(shape, key)
        entries += owner.journal_seq
        if journal.verify(session, owner) is not None:
            yield owner.stream[1]
        session.expunge(owner)
    if entries != session.scalar(select(func.count()).select_from(JournalEntry)):
        yield "entries without an owner"
