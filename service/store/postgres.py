"""PostgreSQL, for more than one machine."""

import time
from typing import Any

from psycopg import DataError
from psycopg.adapt import Loader
from psycopg.pq import Format
from sqlalchemy import Engine, event, exc, make_url

RESTED = 1.0
"""After so many seconds of rest a connection is asked whether it is still there, before it is used. In one that was used
just now a server that fell shows as an error, once: the pool then opens all of its connections anew."""

PREPARED = 400
"""How many statements a connection keeps prepared: more than a request of any kind takes."""

SESSION = (
    "-c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000 -c timezone=UTC"
    " -c synchronous_commit=on"  # whatever the server's default: what was acknowledged survives its fall
    ' -c search_path="$user",public,queue'  # the queue's own functions call each other by their bare names
)


def options(url: str) -> dict[str, Any]:
    """Options of the engine. Every acknowledged commit is in the primary's log; that `fsync` is on is the server's part."""
    return {
        "url": make_url(url),
        "pool_size": 8,
        "max_overflow": 8,
        "pool_timeout": 30,
        "connect_args": {"options": SESSION, "application_name": "mandat"},
    }


def _lenient(connection: Any, of: str) -> type[Loader]:
    """Reads a day or a moment; one that Python has no value for, such as `infinity`, as its text: none of ours is."""
    known = connection.adapters.get_loader(connection.adapters.types[of].oid, Format.TEXT)

    class Lenient(Loader):
        def __init__(self, oid: int, context: Any = None) -> None:
            super().__init__(oid, context)
            self._known = known(oid, context)

        def load(self, data: Any) -> Any:
            try:
                return self._known.load(data)
            except DataError:
                return bytes(data).decode()

    return Lenient


def watch(engine: Engine) -> None:
    """See to the connections of an engine: that those that have rested are there, and that what is asked often is kept
    prepared.

    SQLAlchemy's own `pool_pre_ping` asks each time, which is a fifth of what a request asks in all.
    """

    @event.listens_for(engine, "connect")
    def begin(connection: Any, _record: Any) -> None:
        connection.prepared_max = PREPARED
        for of in ("date", "timestamptz"):
            connection.adapters.register_loader(of, _lenient(connection, of))

    @event.listens_for(engine, "checkin")
    def rest(_connection: Any, record: Any) -> None:
        record.info["rests_since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def wake(connection: Any, record: Any, _proxy: Any) -> None:
        since = record.info.get("rests_since")
        if since is None or time.monotonic() - since < RESTED:
            return
        try:
            engine.dialect.do_ping(connection)
        except connection.Error as error:
            raise exc.DisconnectionError from error  # the pool tries with another
