"""Alembic, which brings the tables of a database to their newest form. `db` asks for it only where they are not."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def migrate(connection: Connection, to: str = "head") -> None:
    """Run the migrations that the database has not had yet, up to `to`, within the connection's transaction."""
    command.upgrade(config(connection), to)


def config(connection: Connection | None) -> Config:
    """How Alembic finds our migrations and the connection to run them on."""
    config = Config()
    config.set_main_option("script_location", "service.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
