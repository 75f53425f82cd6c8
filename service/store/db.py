"""The database of an application, and the one way to write to it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from flask import Flask, current_app, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, exc, inspect, make_url, text
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from service.domain.errors import CaseMovedOn, DatabaseAway, Unavailable
from service.domain.unreadable import refusing
from service.store import migrating, outages, postgres, queue, sqlite
from service.store.disclosures import ERASED
from service.store.tables import Base

READING, GLANCING, STORED, OUTAGE = "mandat.reading", "mandat.glancing", "mandat.stored", "mandat.outage"
MIGRATIONS = Path(__file__).with_name("migrations") / "versions"
MIGRATING = 7_262_000_001  # the advisory lock that one migrating machine holds; any number will do

db = SQLAlchemy(
    metadata=Base.metadata,
    session_options={"expire_on_commit": False, "autoflush": False},
    disable_autonaming=True,
)


def configure(app: Flask, url: str) -> None:
    """Connect an application to its database. A SQLite file's folder is made if it is not there."""
    path = file(url)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        app.config["SQLALCHEMY_BINDS"] = {None: sqlite.writer(path), "read": sqlite.reader(path)}
    else:
        app.config["SQLALCHEMY_BINDS"] = {None: postgres.options(url)}
    db.init_app(app)
    with app.app_context():
        reading = db.engines.get("read")
        if reading is None:
            postgres.watch(db.engine)
            reading = db.engine.execution_options(postgresql_readonly=True)
            app.extensions[GLANCING] = db.engine.execution_options(isolation_level="AUTOCOMMIT")
        else:
            sqlite.prepare(db.engine, reading)
            app.extensions[GLANCING] = reading
        app.extensions[READING] = reading


def file(url: str) -> Path | None:
    """The file of a SQLite database; None for another kind."""
    where = make_url(url)
    return Path(where.database or "").absolute() if where.get_backend_name() == "sqlite" else None


@contextmanager
def transaction() -> Iterator[Session]:
    """A session whose changes are committed together when the block ends, or not at all.

    Raises `CaseMovedOn` when a version was no longer the one that was read or somebody else took the same place,
    `Contended` when PostgreSQL broke a tie between us and another, so that the same again may succeed, and what
    `outages.outage` makes of it when the database did not let us in or takes nothing; every other error passes through
    after the rollback.
    """
    session = db.session()
    try:
        session.connection()  # the lock first, the work after
        with refusing():
            yield session
            session.commit()
        if has_request_context():
            request.environ[STORED] = True
    except StaleDataError as error:
        session.rollback()
        raise CaseMovedOn from error
    except exc.IntegrityError as error:
        session.rollback()
        if _taken(error):
            raise CaseMovedOn from error
        raise
    except (exc.TimeoutError, exc.OperationalError, sqlite3.OperationalError) as error:
        session.rollback()
        raise _outage(error) from error
    except (exc.InternalError, exc.NotSupportedError) as error:
        session.rollback()
        if outages.stands_by(error):
            raise _outage(error) from error
        raise
    except BaseException:
        session.rollback()
        raise
    finally:
        db.session.remove()
    if session.info.pop(ERASED, False) and db.engine.dialect.name == "sqlite":
        sqlite.fold(db.engine)


def stored() -> bool:
    """Whether the request at hand has committed anything."""
    return STORED in request.environ


def outage() -> Unavailable | None:
    """Why the database last refused the request at hand something, if it did."""
    found: Unavailable | None = request.environ.get(OUTAGE)
    return found


def _outage(error: Exception) -> Unavailable:
    """What an error means, and noted for who tells of the request at hand."""
    found = outages.outage(error)
    if has_request_context():
        request.environ[OUTAGE] = found
    return found


def _taken(error: exc.IntegrityError) -> bool:
    """Whether a unique key was violated: somebody else was there first. Any other constraint is a fault of ours."""
    name = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None)
    return name in {"SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_UNIQUE", "23505"}


def reader() -> Engine:
    """What the current application reads with."""
    found: Engine = current_app.extensions[READING]
    return found


@contextmanager
def reading() -> Iterator[Session]:
    """A session that can only read, and sees what was committed last."""
    with _reading(reader()) as session:
        yield session


@contextmanager
def glancing() -> Iterator[Session]:
    """A session for one statement that reads: on PostgreSQL, beginning and ending a transaction would be two more."""
    with _reading(current_app.extensions[GLANCING]) as session:
        yield session


@contextmanager
def _reading(engine: Engine) -> Iterator[Session]:
    try:
        with Session(engine, autoflush=False) as session:
            yield session
            session.expunge_all()
            session.commit()  # where a transaction is rolled back, psycopg forgets the statements that it has prepared
    except (exc.TimeoutError, exc.OperationalError) as error:
        raise _outage(error) from error


def probe(session: Session) -> None:
    """Write what stands there already: the database takes it as it takes anything."""
    session.execute(text("UPDATE alembic_version SET version_num = version_num"))


def upgrade() -> None:
    """Bring the tables of the current application's database to the newest form. Does nothing when they are.

    Raises `DatabaseAway`.
    """
    with _reached() as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATING})
        if not inspect(connection).has_table("alembic_version") or _form(connection) != newest():
            migrating.migrate(connection)
        queue.prepare(connection)


def _reached() -> Connection:
    try:
        return db.engine.connect()
    except (exc.TimeoutError, exc.OperationalError) as error:
        raise DatabaseAway from error


@cache
def newest() -> str:
    """The newest form of the tables: the number with which the file of the last migration begins."""
    return max(known())


def known() -> frozenset[str]:
    """Every form that the tables ever had."""
    return frozenset(path.name.partition("_")[0] for path in MIGRATIONS.glob("*.py"))


def current(session: Session) -> bool:
    """Whether the tables have the form that this version of the service knows."""
    try:
        return schema(session.connection()) == newest()
    except exc.OperationalError:
        return False


def schema(connection: Connection) -> str | None:
    """The form that the tables have: the number of a migration. None where there are none."""
    try:
        return _form(connection)
    except (exc.OperationalError, exc.ProgrammingError):
        return None


def _form(connection: Connection) -> str | None:
    form: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return form


def dispose() -> None:
    """Close every connection of the current application: SQLite then folds its log into the one file."""
    current_app.extensions[READING].dispose()
    for engine in db.engines.values():
        engine.dispose()
