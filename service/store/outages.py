"""What it means that the database does not answer or does not take what it is given: in the words of either database."""

import errno
import sqlite3

from service.domain.errors import Contended, DatabaseBusy, Unavailable
from service.domain.storage_errors import DatabaseGone, DatabaseReadOnly, DiskFailing, DiskFull

TIED = {"40001", "40P01"}  # a failed serialization, a deadlock: two transactions could not both go on
FULL, READ_ONLY, FAILING = {"53100"}, {"25006"}, {"58030"}
STANDS_BY = {*READ_ONLY, "0A000"}  # no writing here, for another server has taken over or is about to
GONE = ("08", "57P")  # how connections end that the server, or the way to it, has ended

OF_SQLITE: dict[str, type[Unavailable]] = {
    "SQLITE_FULL": DiskFull,
    "SQLITE_READONLY": DatabaseReadOnly,
    "SQLITE_IOERR": DiskFailing,
    "SQLITE_CANTOPEN": DatabaseGone,
}
OF_SYSTEM = {
    errno.ENOSPC: "SQLITE_FULL",
    errno.EDQUOT: "SQLITE_FULL",
    errno.EROFS: "SQLITE_READONLY",
    errno.EACCES: "SQLITE_READONLY",
}


def outage(error: Exception) -> Unavailable:
    """What an error of the database or of the way to it means."""
    found = getattr(error, "orig", None) or error
    name, state = getattr(found, "sqlite_errorname", None), getattr(found, "sqlstate", None)
    if name is not None:
        kind = OF_SQLITE.get("_".join(name.split("_")[:2]), DatabaseBusy)
        return kind(cause=name)
    if state in TIED:
        return Contended()
    for states, of in ((FULL, DiskFull), (READ_ONLY, DatabaseReadOnly), (FAILING, DiskFailing)):
        if state in states:
            return of(cause=f"SQLSTATE {state}")
    lost = getattr(error, "connection_invalidated", False) or _never_was(found)
    return DatabaseGone() if lost or (state or "").startswith(GONE) else DatabaseBusy()


def stands_by(error: Exception) -> bool:
    """Whether PostgreSQL takes nothing here because it follows another server."""
    return getattr(getattr(error, "orig", None), "sqlstate", None) in STANDS_BY


def of_file(error: OSError) -> sqlite3.OperationalError:
    """What the system says of a file beside a SQLite database, as SQLite would say it of its own."""
    told = sqlite3.OperationalError(error.strerror)
    told.sqlite_errorname = OF_SYSTEM.get(error.errno or 0, "SQLITE_IOERR")
    return told


def _never_was(error: object) -> bool:
    """Whether psycopg could not make a connection: then there is no state, for no server has said anything."""
    return type(error).__module__.startswith("psycopg") and getattr(error, "sqlstate", None) is None
