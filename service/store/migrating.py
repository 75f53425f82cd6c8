"""Alembic, which brings the tables of a database to their newest form.

It is loaded when they are not: a tenth of a start that migrates nothing, and of the memory of a service.
"""

from typing import TYPE_CHECKING

from sqlalchemy import Connection

if TYPE_CHECKING:
    from alembic.config import Config


def migrate(connection: Connection, to: str = "head") -> None:
    """Run the migrations that the database has not had yet, up to `to`, within the connection's transaction."""
    from alembic import command  # noqa: PLC0415 - see above

    command.upgrade(config(connection), to)


def config(connection: Connection | None) -> "Config":
    """How Alembic finds our migrations and the connection to run them on."""
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", "service.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
