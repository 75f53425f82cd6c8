"""A database in memory for a case that came from elsewhere, so that it can be looked at as one of ours: nothing of ours is
read or written."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from service.store.tables.base import Base


@contextmanager
def borrowed() -> Iterator[Session]:
    """A session on an empty database that is gone afterwards."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    try:
        Base.metadata.create_all(engine)
        with Session(engine, autoflush=False, expire_on_commit=False) as session:
            yield session
    finally:
        engine.dispose()
