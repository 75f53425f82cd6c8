"""What holds for every table, whichever comes next."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import DateTime, UniqueConstraint, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from service.app import create_app
from service.settings import Settings
from service.store import db, migrating
from service.store.tables import Account, Base, Installation, LogKey, SignInSession, SignInTries, Workspace
from service.store.tables.base import AwareUTC
from service.store.tables.cells import kept_type
from tests.app.house import START, House

INSTALLATION_WIDE = {it.__table__ for it in (Account, Installation, LogKey, SignInSession, SignInTries, Workspace)}
FOUND_BEFORE_THE_WORKSPACE_IS_KNOWN = {("tokens", "prefix")}


def test_the_migrations_make_the_tables_that_the_code_knows(house: House):
    def ours(_object, name, kind, *_):
        return not (kind == "table" and name.startswith("procrastinate_"))  # the queue's, which is thrown away

    with db.db.engine.begin() as connection:
        looking = {"target_metadata": Base.metadata, "compare_type": True, "include_object": ours}
        context = MigrationContext.configure(connection, opts=looking)
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_hang_together_in_one_line_in_the_order_of_their_numbers(house: House):
    assert ScriptDirectory.from_config(migrating.config(None)).get_heads() == [db.newest()]


def test_migrating_twice_does_nothing_the_second_time(empty_database_url):
    app = create_app(Settings(database_url=empty_database_url, secret_key="k" * 32))
    with app.app_context():
        with db.reading() as session:
            assert not db.current(session)
        db.upgrade()
        db.upgrade()
        with db.reading() as session:
            assert db.current(session)
            assert session.scalars(select(Workspace.id).order_by(Workspace.id)).all() == ["lillestrom", "pogi"]
        db.dispose()


@pytest.mark.parametrize("table", sorted(Base.metadata.tables.values(), key=str), ids=str)
def test_the_workspace_stands_first_in_every_key_and_index(table):
    if table in INSTALLATION_WIDE:
        return
    keys = [table.primary_key, *(it for it in table.constraints if isinstance(it, UniqueConstraint)), *table.indexes]
    for key in keys:
        columns = tuple(column.name for column in key.columns)
        if (table.name, *columns) not in FOUND_BEFORE_THE_WORKSPACE_IS_KNOWN:
            assert columns[0] == "workspace_id", (table.name, columns)


def test_every_moment_is_kept_in_the_type_that_refuses_naive_ones():
    columns = [column for table in Base.metadata.tables.values() for column in table.columns]
    moments = [column for column in columns if column.name.endswith(("_at", "_from", "_to"))]
    assert moments
    assert {type(kept_type(column)) for column in moments} == {AwareUTC}
    assert not [column for column in columns if type(kept_type(column)) is DateTime]


def test_a_naive_moment_is_refused_and_an_aware_one_comes_back_in_utc(house: House):
    def account(name: str, moment: datetime) -> Account:
        return Account(id=name, issuer="local", subject=name, administrator=False, created_at=moment)

    with pytest.raises(StatementError, match="a moment needs a time zone"), db.transaction() as session:
        session.add(account("a", START.replace(tzinfo=None)))
    oslo = timezone(timedelta(hours=1))
    with db.transaction() as session:
        session.add(account("b", datetime(2026, 1, 5, 8, 0, 0, 1, tzinfo=oslo)))
    with db.reading() as session:
        found = session.scalars(select(Account.created_at)).one()
    assert found == datetime(2026, 1, 5, 7, 0, 0, 1, tzinfo=UTC)
    assert found.tzinfo is UTC


def test_a_reading_session_cannot_write(house: House):
    with pytest.raises((DBAPIError, Exception)) as refused, db.reading() as session:
        session.execute(text("UPDATE workspaces SET name = 'x'"))
    assert "read" in str(refused.value.__cause__ or refused.value).lower()


def test_what_fails_leaves_nothing_behind(house: House):
    with pytest.raises(RuntimeError), db.transaction() as session:
        session.execute(text("UPDATE workspaces SET name = 'x'"))
        raise RuntimeError
    with db.reading() as session:
        assert "x" not in session.scalars(select(Workspace.name)).all()


def test_a_body_that_has_an_auditor_keeps_its_own_word_for_her(empty_database_url):
    app = create_app(Settings(database_url=empty_database_url, secret_key="k" * 32))
    with app.app_context():
        with db.db.engine.begin() as connection:
            migrating.migrate(connection, "0015")
            connection.execute(text("INSERT INTO roles VALUES ('pogi', 'auditor', 'Kontrollant')"))
            connection.execute(text("INSERT INTO roles VALUES ('lillestrom', 'rev', 'Revisor')"))
        db.upgrade()
        with db.reading() as session:
            found = session.execute(text("SELECT workspace_id, label FROM roles WHERE key = 'auditor'")).all()
        db.dispose()
    assert dict(tuple(row) for row in found) == {"pogi": "Kontrollant", "lillestrom": "auditor"}
