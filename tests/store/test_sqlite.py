"""Writing on SQLite from several threads and several processes at once."""

import contextlib
import multiprocessing
import os
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select, text

from service.app import create_app
from service.settings import Settings
from service.store import db
from service.store.tables import Workspace

ROUNDS, THREADS, PROCESSES = 15, 4, 2


def settings(file: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{file}", secret_key="k" * 32)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    app = create_app(settings(tmp_path / "new" / "mandat.sqlite3"))
    with app.app_context():
        db.upgrade()
        db.dispose()
    return tmp_path / "new" / "mandat.sqlite3"


def write(file: Path) -> None:
    """Many small transactions, each of which reads before it writes."""
    app = create_app(settings(file))

    def one_thread(_: int) -> None:
        for _ in range(ROUNDS):
            with app.app_context(), db.transaction() as session:
                row = session.scalars(select(Workspace).where(Workspace.id == "pogi")).one()
                row.journal_seq += 1

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(one_thread, range(THREADS)))
    with app.app_context():
        db.dispose()


def test_writers_in_several_processes_lose_nothing_and_see_no_error(file: Path):
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=write, args=(file,)) for _ in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * PROCESSES
    with contextlib.closing(sqlite3.connect(file)) as connection:
        total = ROUNDS * THREADS * PROCESSES
        found = connection.execute("SELECT journal_seq, version FROM workspaces WHERE id = 'pogi'").fetchone()
        assert found == (total, total + 1)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_writing_connection_is_durable_and_keeps_foreign_keys(file: Path):
    app = create_app(settings(file))
    with app.app_context():
        with db.transaction() as session:
            said = [session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")]
        db.dispose()
    assert said == ["wal", 2, 1]


def test_the_last_connection_leaves_one_file_that_can_be_copied(file: Path):
    left = set(os.listdir(file.parent)) - {"mandat.sqlite3.lock"}
    assert left == {"mandat.sqlite3"}
    assert (file.parent / "mandat.sqlite3.lock").stat().st_mode & 0o777 == 0o600


def test_a_failed_transaction_lets_the_next_writer_in(file: Path):
    first, second = create_app(settings(file)), create_app(settings(file))
    with first.app_context(), pytest.raises(RuntimeError), db.transaction() as session:
        session.execute(text("UPDATE workspaces SET name = 'x'"))
        raise RuntimeError
    with second.app_context():
        with db.transaction() as session:
            session.execute(text("UPDATE workspaces SET name = 'y'"))
        db.dispose()
    with first.app_context():
        with db.reading() as session:
            assert set(session.scalars(select(Workspace.name))) == {"y"}
        db.dispose()


def modes(file: Path) -> dict[str, int]:
    return {it.name: stat.S_IMODE(it.stat().st_mode) for it in file.parent.iterdir()}


def test_a_new_database_and_what_lies_beside_it_is_for_its_owner_alone(tmp_path: Path):
    """It holds hashes of passwords and secrets of receivers, whatever others may read of what this account makes."""
    file, before = tmp_path / "new" / "mandat.sqlite3", os.umask(0o022)
    try:
        app = create_app(settings(file))
        with app.app_context():
            db.upgrade()
            found = modes(file)
            db.dispose()
    finally:
        os.umask(before)
    assert set(found) == {file.name, f"{file.name}-wal", f"{file.name}-shm", f"{file.name}.lock"}
    assert set(found.values()) == {0o600}


def test_what_strangers_could_read_of_a_database_they_can_read_no_longer_and_a_group_still_can(file: Path):
    file.chmod(0o644)
    app = create_app(settings(file))
    with app.app_context():
        with db.transaction() as session:
            session.execute(text("SELECT 1"))
        found = modes(file)
        db.dispose()
    assert {mode & stat.S_IRWXO for mode in found.values()} == {0}
    assert found[file.name] == 0o640
