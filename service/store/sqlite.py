"""SQLite, so that a fall of the machine loses nothing and two programs may use one file.

Whoever writes holds an flock on a file beside the database: for the whole of a write transaction, and while a
writing connection is prepared or closed, because that is when SQLite changes or folds its write-ahead log. Thus two
connections never write or checkpoint at once (SQLite's WAL-reset fault, 3.7.0 to 3.51.2, needs that). The lock file is
one of its own: closing any handle on the database file itself would drop SQLite's own locks in this process.
Readers open `mode=ro` and take no lock.
"""

import fcntl
import os
import sqlite3
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, event

from service.store.outages import of_file

PATIENCE = 30.0
"""Seconds that a writer waits for another before it says that the database is busy."""

WRITER = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",  # what is deleted is written over with zeros: an erased value leaves no trace in the file
    f"busy_timeout = {int(PATIENCE * 1000)}",
)
READER = ("query_only = ON", f"busy_timeout = {int(PATIENCE * 1000)}")


class WritingConnection(sqlite3.Connection):
    """A connection that holds the writers' lock from `begin()` until its commit or rollback."""

    def __init__(self, database: str, *args: Any, **kwargs: Any) -> None:
        self._lock = -1
        try:
            keep_to_owner(Path(database))
            super().__init__(database, *args, **kwargs)
            self._lock = os.open(f"{database}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise of_file(error) from error
        self._acquire()
        try:
            for pragma in WRITER:
                self.execute(f"PRAGMA {pragma}")
        finally:
            self._release()

    def begin(self) -> None:
        """Begin a write transaction. Raises sqlite3.OperationalError when others write for too long."""
        self._acquire()
        try:
            self.execute("BEGIN IMMEDIATE")
        except BaseException:
            self._release()
            raise

    def commit(self) -> None:
        """Commit and let the next writer in."""
        try:
            super().commit()
        finally:
            if not self.in_transaction:
                self._release()

    def rollback(self) -> None:
        """Roll back and let the next writer in."""
        try:
            super().rollback()
        finally:
            self._release()

    def fold(self) -> None:
        """Fold the log into the database and empty it, so that nothing deleted is left in it either.

        Readers that are still at it keep what they read: then the log is folded with the next write that can.
        """
        self._acquire()
        try:
            self.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            self._release()

    def close(self) -> None:
        """Close; the last connection folds the log into the database, so this too is done under the lock."""
        if self._lock < 0:
            return
        self._acquire()
        try:
            super().close()
        finally:
            os.close(self._lock)  # which also releases
            self._lock = -1

    def _acquire(self) -> None:
        deadline = time.monotonic() + PATIENCE
        pause = 0.0005
        while True:
            try:
                return fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise sqlite3.OperationalError("another program has been writing for too long") from None
            time.sleep(pause)
            pause = min(pause * 2, 0.02)

    def _release(self) -> None:
        fcntl.flock(self._lock, fcntl.LOCK_UN)


def keep_to_owner(path: Path) -> None:
    """Make a database's file for its owner alone: it holds hashes of passwords, and secrets. SQLite gives its write-ahead log
    and index the same mode.

    Of files that are there already, strangers may read none any longer; what an operator gave to a group stays with it. Where
    they are another owner's nothing is changed.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    for name in (path.name, *(f"{path.name}{end}" for end in ("-wal", "-shm", ".lock"))):
        beside = path.with_name(name)
        with suppress(FileNotFoundError, PermissionError):
            mode = stat.S_IMODE(beside.stat().st_mode)
            if mode & stat.S_IRWXO:
                beside.chmod(mode & ~stat.S_IRWXO)


def writer(path: Path) -> dict[str, Any]:
    """Options of the one writing engine. Its pool of one is the queue in which this process's writers wait."""
    return {
        "url": URL.create("sqlite", database=str(path)),
        "poolclass": QueuePool,
        "pool_size": 1,
        "max_overflow": 0,
        "pool_timeout": PATIENCE,
        "connect_args": {"factory": WritingConnection, "isolation_level": None, "check_same_thread": False},
    }


def reader(path: Path) -> dict[str, Any]:
    """Options of the reading engine: it cannot write, and every statement sees what was committed last."""
    return {
        "url": URL.create("sqlite", database=f"file:{path}", query={"mode": "ro", "uri": "true"}),
        "poolclass": QueuePool,
        "pool_size": 8,
        "max_overflow": 8,
        "pool_timeout": PATIENCE,
        "connect_args": {"isolation_level": None, "check_same_thread": False},
    }


def fold(write: Engine) -> None:
    """Empty the write-ahead log of the writing engine's database."""
    connection = write.raw_connection()
    try:
        driver = connection.driver_connection
        assert isinstance(driver, WritingConnection)
        driver.fold()
    finally:
        connection.close()


def prepare(write: Engine, read: Engine) -> None:
    """Make the engines begin and read as this module says."""

    @event.listens_for(write, "begin")
    def begin(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        assert isinstance(driver, WritingConnection)
        driver.begin()

    @event.listens_for(read, "connect")
    def connect(driver: sqlite3.Connection, _record: object) -> None:
        driver.text_factory = _text
        for pragma in READER:
            driver.execute(f"PRAGMA {pragma}")


def _text(lies: bytes) -> str:
    """A text as it lies there. What is no UTF-8 is none of ours, and is read all the same."""
    return lies.decode("utf-8", "replace")
