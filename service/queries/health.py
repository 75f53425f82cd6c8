"""Whether the service can do its work."""

from service.domain.errors import Unavailable
from service.store import db, queue
from service.store.db import current, reading

BACKGROUND = "mandat.background"
"""Where an application keeps the background work that this process does, if any."""

SILENT = 60.0
"""Seconds after which background work that has not reported counts as stopped."""


def database() -> bool:
    """Whether the database answers and has the tables of this version. Raises `DatabaseBusy` when it does not answer."""
    with reading() as session:
        return current(session)


def queued() -> bool:
    """Whether the queue is there and whole, or none is needed. People work on without it, and workers make it anew from
    our tables. Raises `DatabaseBusy`."""
    with reading() as session:
        return queue.there(session)


def embedded() -> bool:
    """Whether the database is a SQLite file, which one process serves alone."""
    with reading() as session:
        return session.get_bind().dialect.name == "sqlite"


def workers_silent_for() -> float | None:
    """Seconds since a worker on PostgreSQL said that it lives; None: none does, or there is no queue. Raises `DatabaseBusy`."""
    with reading() as session:
        return queue.silent_for(session)


def outage() -> Unavailable | None:
    """Why the database last refused the request at hand something, if it did."""
    return db.outage()


def stored() -> bool:
    """Whether the request at hand has changed anything that is kept."""
    return db.stored()
