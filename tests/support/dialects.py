"""Each test makes engines of its own; what SQLAlchemy compiled for one of them holds for the next of its kind.

A compiled statement is kept by the dialect that it was compiled for, and every engine makes a dialect of its own: a fifth
of what a test costs was to compile the same statements again.
"""

from typing import Any

from sqlalchemy import Connection, Engine, event

KEPT: dict[tuple[Any, ...], tuple[Any, dict[Any, Any]]] = {}
"""By the kind of a database: the dialect of the first engine that was connected to one, and what was compiled for it."""


def compile_once() -> None:
    """From now on let all engines of one kind share a dialect and their compiled statements."""
    event.listen(Engine, "engine_connect", share)


def share(connection: Connection) -> None:
    """Let the engine of this connection take the dialect of its kind; it is known once an engine is connected."""
    own = connection.dialect
    kind = (own.name, own.driver, own.server_version_info, own.__dict__.get("_on_connect_isolation_level"))
    dialect, compiled = KEPT.setdefault(kind, (own, {}))
    if own is not dialect:
        connection.engine.dialect = connection.dialect = dialect
    if "compiled_cache" not in connection.get_execution_options():
        connection.engine.update_execution_options(compiled_cache=compiled)
