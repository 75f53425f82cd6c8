"""A database in memory for a case that came from elsewhere, so that it can be looked at as one of ours: nothing of ours is
read or written."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from service.store.tables.base import Base


@contextmanager
def borrowed() -> Iterator[Session]:
    """A session on an empty database that is gone afterwards. Raises ValueError for rows that fit no table of ours."""
    engine = _engine()
    try:
        _connection(engine).deserialize(_empty())
        with Session(engine, autoflush=False, expire_on_commit=False) as session:
            yield session
    except SQLAlchemyError as error:
        raise ValueError(str(error)) from error
    finally:
        engine.dispose()


@cache
def _empty() -> bytes:
    """A database with our tables and nothing in them: to make them anew each time would cost more than most cases."""
    engine = _engine()
    Base.metadata.create_all(engine)
    content = _connection(engine).serialize()
    engine.dispose()
    return content


def _engine() -> Engine:
    return create_engine("sqlite://", poolclass=StaticPool)


def _connection(engine: Engine) -> sqlite3.Connection:
    """The one connection that the engine has."""
    with engine.connect() as connection:
        found = connection.connection.driver_connection
    assert isinstance(found, sqlite3.Connection), "it is on SQLite"
    return found
