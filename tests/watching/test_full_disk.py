"""A disk that is full, read-only or broken is called that: in the answer, on the page, in the log and in the figures."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, event, text

from service.app import create_app
from service.domain.storage_errors import DatabaseGone
from service.identity import tokens
from service.settings import Settings
from service.store import db
from service.watching import storage
from service.web import trouble
from tests.app.house import House, two_tasks
from tests.app.visiting import visiting
from tests.watching.test_logs import kind, lines
from tests.watching.test_metrics import read, value
from tests.web.reading import seen

__all__ = ["kind"]

REFUSING = """
CREATE FUNCTION refusing() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$;
CREATE TRIGGER refusing BEFORE INSERT ON journal_entries EXECUTE FUNCTION refusing();
CREATE TRIGGER refusing BEFORE UPDATE ON alembic_version EXECUTE FUNCTION refusing()
"""


@contextmanager
def refusing(state: str) -> Iterator[None]:
    """PostgreSQL says of whatever is written that it cannot be."""
    with beside() as connection:
        connection.execute(text(REFUSING.format(state=state)))
        yield
        connection.execute(text("DROP FUNCTION refusing CASCADE"))


@contextmanager
def beside() -> Iterator[Connection]:
    """A connection of its own, each of whose statements counts at once."""
    engine = create_engine(db.db.engine.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@contextmanager
def pragma(on: str, off: str) -> Iterator[None]:
    """SQLite's writing connection goes by that meanwhile."""
    for said in (on, off):
        connection = db.db.engine.raw_connection()
        connection.cursor().execute(f"PRAGMA {said}")
        connection.close()
        if said == on:
            yield


@contextmanager
def full() -> Iterator[None]:
    """There is no room for what is written: SQLite is made to want more of it for each statement that writes."""

    def want(_connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(("INSERT", "UPDATE")):
            cursor.connection.execute("CREATE TABLE wanted AS SELECT zeroblob(1000000)")

    if db.db.engine.dialect.name == "sqlite":
        with pragma("max_page_count = 1", "max_page_count = 1073741823"):
            event.listen(db.db.engine, "before_cursor_execute", want)
            yield
            event.remove(db.db.engine, "before_cursor_execute", want)
    else:
        with refusing("53100"):
            yield


@contextmanager
def read_only() -> Iterator[None]:
    """The database takes nothing."""
    if db.db.engine.dialect.name == "sqlite":
        with pragma("query_only = ON", "query_only = OFF"):
            yield
    else:
        with refusing("25006"):
            yield


@pytest.mark.parametrize(
    ("how", "type_", "sentence", "words"),
    [
        (full, "disk-full", "The disk of the database is full", "disk har ikke mere plads"),
        (read_only, "database-read-only", "can be read and takes nothing", "men tager ikke imod noget nyt"),
    ],
)
@pytest.mark.parametrize("kind", ["json"], indirect=True)
def test_it_is_called_what_it_is_wherever_somebody_looks(
    house: House,
    kind: str,
    how: Callable[[], Any],
    type_: str,
    sentence: str,
    words: str,
    capsys: pytest.CaptureFixture[str],
):
    house.deploy(two_tasks())
    anne, bo = house.person("anne", "pogi.sec"), visiting(house, "bo", "pogi.sec")
    started = anne.post("/api/v1/instances", {"definition": "adoption"}).json
    task = started["tasks"][0]["id"]
    client = house.app.test_client()
    with how():
        capsys.readouterr()
        answer = anne.post(f"/api/v1/tasks/{task}/claim", Idempotency_Key="once")
        told = lines(capsys.readouterr().err)
        ready, figures = client.get("/readyz"), read(house.app)
        page = bo.post(f"/pogi/tasks/{task}/claim")
        assert anne.get(f"/api/v1/tasks/{task}").status_code == 200, "what was kept can be read"
    assert (answer.status_code, answer.json["type"]) == (503, f"/problems/{type_}")
    assert sentence in answer.json["detail"]
    assert answer.headers["Retry-After"] == "5"
    line = told[0]
    assert (line["level"], line["trace"]) == ("error", answer.headers["X-Request-Id"])
    assert sentence in line["event"]
    assert (ready.status_code, ready.json["ready"]) == (200, True), "people go on reading"
    assert ready.json["storage"] == {"disk-full": "full", "database-read-only": "read-only"}[type_]
    assert value(figures, "mandat_database_takes") == 0
    assert page.status_code == 503
    assert words in seen(page.text)
    house.app.extensions.pop(storage.KNOWN)
    assert client.get("/readyz").json["storage"] == "ok"
    assert value(read(house.app), "mandat_database_takes") == 1
    assert anne.post(f"/api/v1/tasks/{task}/claim", Idempotency_Key="once").status_code == 200


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_lock_that_cannot_be_made_for_want_of_room_says_so(house: House, monkeypatch: pytest.MonkeyPatch):
    """As where the folder's disk is full or read-only when the service begins to write."""
    anne = house.person("anne", "pogi.sec")
    db.dispose()

    def no_room(*_: Any, **__: Any) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("service.store.sqlite.os.open", no_room)
        answer = anne.post("/api/v1/instances", {"definition": "adoption"})
    assert (answer.status_code, answer.json["type"]) == (503, "/problems/disk-full")


def test_a_database_that_is_gone_is_not_called_busy(capsys: pytest.CaptureFixture[str], kind: str):
    app = create_app(Settings(database_url="postgresql+psycopg://nobody@127.0.0.1:9/none", secret_key="k" * 32))
    client = app.test_client()
    token = {"Authorization": f"Bearer {tokens.new().text}"}
    answer, ready = client.get("/api/v1/tasks", headers=token), client.get("/readyz")
    assert (answer.status_code, answer.json["type"]) == (503, "/problems/database-gone")
    assert "cannot be reached" in capsys.readouterr().err
    assert (ready.status_code, ready.json) == (
        503,
        {"ready": False, "database": False, "storage": "none", "queue": False, "background_silent_for": None},
    )
    with app.test_request_context("/"):
        assert trouble.told({"status": 503}, DatabaseGone()).title == "The database does not answer"
