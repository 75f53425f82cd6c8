"""`mandat backup` and `mandat restore`: what is written while the service is at work comes back, on either database."""

import base64
import hashlib
import json
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard
from click.testing import CliRunner
from sqlalchemy import select

from service.app import create_app, wiring
from service.cli import main
from service.domain.journal import joint_head
from service.settings import Settings
from service.store import db, journal
from service.store.backups import writing
from service.store.tables import Base
from tests.app.house import House, Someone, opened, two_tasks

KEY = "k" * 32
Line = Any


def mandat(url: str, *words: str, status: int = 0) -> str:
    result = CliRunner().invoke(
        main,
        words,
        obj=wiring(),
        prog_name="mandat",
        catch_exceptions=False,
        env={"MANDAT_DATABASE_URL": url, "MANDAT_SECRET_KEY": KEY},
    )
    assert result.exit_code == status, result.output
    return result.output


def begin(anne: Someone) -> Any:
    return anne.post("/api/v1/instances", {"definition": "adoption", "variables": {}}).json


def fill(house: House) -> None:
    """Three cases: one begun, one in the middle, one ended."""
    house.deploy(two_tasks())
    anne = house.person("anne", "pogi.sec", "pogi.chair")
    for steps in range(3):
        waiting = begin(anne)["tasks"]
        for answers in ({}, {"vote": "for"})[:steps]:
            waiting = anne.post(f"/api/v1/tasks/{waiting[0]['id']}/complete", {"answers": answers}).json["opened"]


@pytest.fixture
def busy(house: House) -> House:
    fill(house)
    return house


@pytest.fixture(scope="module")
def kept(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of three cases."""
    folder = tmp_path_factory.mktemp("kept")
    url = f"sqlite:///{shutil.copy(sqlite_template, folder)}"
    with opened(url) as house:
        fill(house)
        mandat(url, "backup", str(folder / "backup"))
    return folder / "backup"


@pytest.fixture
def file(kept: Path, tmp_path: Path) -> Path:
    """A copy of that backup, to be damaged."""
    return Path(shutil.copy(kept, tmp_path))


@pytest.fixture
def other(empty_database_url: str) -> str:
    """An empty database, once of each kind."""
    return empty_database_url


@pytest.fixture
def url(database_url: str) -> str:
    return database_url


def standing(url: str) -> dict[str, Any]:
    """All rows of all tables but who is signed in, and one hash over the journal."""
    app = create_app(Settings(database_url=url, secret_key=KEY))
    with app.app_context():
        with db.reading() as session:
            rows = {
                table.name: session.execute(select(table).order_by(*table.primary_key)).all()
                for table in Base.metadata.sorted_tables
                if table.name not in ("sign_in_sessions", "sign_in_tries", "installation")
            }
            head = joint_head(it for it in journal.heads(session) if it.stream != "*")
        db.dispose()
    rows["journal_entries"] = [row for row in rows["journal_entries"] if row.stream_id != "*"]
    return rows | {"head": head}


def lines(file: Path) -> list[Line]:
    text = zstandard.ZstdDecompressor().stream_reader(file.read_bytes()).read()
    return [json.loads(line) for line in text.splitlines()]


def forged(file: Path, change: Callable[[list[Line]], list[Line]]) -> str:
    """A backup beside `file` that somebody has changed, and who knows how its last line is made."""
    text = b"".join(json.dumps(line, separators=(",", ":")).encode() + b"\n" for line in change(lines(file)[:-1]))
    last = json.dumps({"sha256": hashlib.sha256(text).hexdigest()}, separators=(",", ":")).encode() + b"\n"
    changed = file.with_name("forged")
    changed.write_bytes(zstandard.ZstdCompressor().compress(text + last))
    return str(changed)


def test_what_was_there_comes_back_on_the_same_and_on_the_other_database(busy, url, tmp_path, postgres_server):
    file = tmp_path / "backup"
    before = standing(url)
    assert f"rows are in {file}" in mandat(url, "backup", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with postgres_server.database() as name:
        for empty in (f"sqlite:///{tmp_path / 'new' / 'mandat.sqlite3'}", postgres_server.url(name)):
            said = mandat(empty, "restore", str(file))
            assert "3 of 3 cases stand where their journal leads." in said
            assert standing(empty) == before
            again = tmp_path / f"again-{empty[:6]}"
            mandat(empty, "backup", str(again))
            assert "holds something" in mandat(empty, "restore", str(file), status=1)


def test_the_installation_tells_of_both(busy, url, tmp_path):
    file = tmp_path / "backup"
    mandat(url, "backup", str(file))
    other = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    mandat(other, "restore", str(file))
    for where, kind in ((url, "backup.made"), (other, "database.restored")):
        app = create_app(Settings(database_url=where, secret_key=KEY))
        with app.app_context(), db.reading() as session:
            (entry,) = (it for it in journal.latest(session, "*", "*", 2) if it["kind"] == kind)
        assert entry["auth"] == "cli"
        assert entry["data"]["digest"] == hashlib.sha256(file.read_bytes()).hexdigest()
        with app.app_context():
            db.dispose()


def test_a_file_that_is_there_is_left_alone(busy, url, tmp_path):
    file = tmp_path / "backup"
    file.write_text("dear")
    assert "File exists" in mandat(url, "backup", str(file), status=1)
    assert file.read_text() == "dear"


def test_there_is_nothing_to_back_up_where_no_database_of_this_version_is(empty_database_url, tmp_path):
    assert "no database here" in mandat(empty_database_url, "backup", str(tmp_path / "backup"), status=1)
    assert not (tmp_path / "backup").exists()


@pytest.mark.parametrize(("column", "garbage"), [("opened_at", "someday"), ("name", b"\xff"), ("excludes", "{")])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_cell_that_cannot_be_read_is_named_and_nothing_is_kept(busy, url, tmp_path, column, garbage):
    file = tmp_path / "backup"
    with db.db.engine.begin() as connection:
        task = connection.exec_driver_sql("SELECT id FROM tasks ORDER BY id").scalar()
        connection.exec_driver_sql(f"UPDATE tasks SET {column} = ? WHERE id = ?", (garbage, task))  # noqa: S608 - one of those above
    told = mandat(url, "backup", str(file), status=1)
    assert f"Column {column} of the table tasks cannot be read in the row {task}:" in told
    assert not file.exists()


def test_a_backup_is_of_one_moment_though_others_write_meanwhile(busy, url, tmp_path, monkeypatch):
    anne, rows = busy.person("berit", "pogi.sec"), writing._rows
    begun: list[str] = []

    def slow(connection, table):
        """Begin a case between any two tables."""
        begun.append(begin(anne)["case_id"])
        return rows(connection, table)

    before = standing(url)
    monkeypatch.setattr(writing, "_rows", slow)
    mandat(url, "backup", str(tmp_path / "backup"))
    assert len(begun) > 40, "the service answered while the backup was made"
    other = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    mandat(other, "restore", str(tmp_path / "backup"))
    assert standing(other) == before


def test_a_file_that_is_damaged_or_none_is_refused_and_nothing_is_kept(file, other):
    whole = file.read_bytes()
    middle = len(whole) // 2
    for bytes_, sentence in (
        (whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :], "no backup of Mandat"),
        (whole[:-20], "ends too early"),
        (b"", "ends too early"),
        (b"SQLite format 3", "damaged, or no backup"),
    ):
        file.write_bytes(bytes_)
        assert sentence in mandat(other, "restore", str(file), status=1)
    file.write_bytes(whole)
    assert "3 of 3 cases" in mandat(other, "restore", str(file)), "what was refused left nothing behind"


def test_a_changed_entry_of_the_journal_is_refused_unless_it_is_accepted(file, other):

    def turn(found: list[Line]) -> list[Line]:
        for line in found:
            if isinstance(line, list) and len(line) == 5 and line[2] == 1 and line[1] not in ("*", "pogi"):
                body = base64.b64decode(line[3])
                line[3] = base64.b64encode(body.replace(b'"at":"2026', b'"at":"2025')).decode()
        return found

    changed = forged(file, turn)
    refused = " ".join(mandat(other, "restore", changed, status=1).split())
    assert refused.count("the stream ") == 3
    assert "Nothing was restored." in refused
    assert "--accept-broken" in refused
    said = mandat(other, "restore", changed, "--accept-broken", status=1)
    assert "0 of 3 cases stand where their journal leads." in said
    assert said.count("is not what was written.") == 3


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("tasks", "rows of tasks are missing"),
        ("journal_entries", "broken are the stream"),
        ("cases", "do not belong together"),
    ],
)
def test_a_row_that_was_taken_out_is_missed(file, other, table, sentence):

    def take(found: list[Line]) -> list[Line]:
        end = next(n for n, line in enumerate(found) if isinstance(line, dict) and line.get("end") == table)
        if table != "tasks":
            found[end]["rows"] -= 1
        del found[end - 1]
        return found

    said = mandat(other, "restore", forged(file, take), status=1)
    assert sentence in said
    assert "0 of" not in said


def test_a_case_that_does_not_stand_where_its_journal_leads_is_named(file, other):

    def move(found: list[Line]) -> list[Line]:
        columns = next(it["columns"] for it in found[0]["tables"] if it["name"] == "cases")
        end = next(n for n, line in enumerate(found) if isinstance(line, dict) and line.get("end") == "cases")
        found[end - 1][[name for name, _ in columns].index("state_hash")] = "0" * 64
        return found

    said = mandat(other, "restore", forged(file, move), status=1)
    assert "2 of 3 cases stand where their journal leads." in said
    assert "differs at entry" in said


def test_a_backup_of_a_newer_version_is_refused(file, other):

    def later(found: list[Line]) -> list[Line]:
        found[0]["schema"] = "9999"
        return found

    assert "newer version" in mandat(other, "restore", forged(file, later), status=1)
