"""What a process of three tasks costs over HTTP, beside a request that commits one row: times, statements and bytes."""

import http.client
import json
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from flask import Blueprint
from sqlalchemy import text

from service.identity import current_actor
from service.store import db, sqlite
from tests.app.house import House, Someone, opened
from tests.benchmarks.measure import Times, tell
from tests.faults.work import KEY, REMARK, three_tasks
from tests.support.server import serving

CASES = 200
WARM = 20
bare = Blueprint("bare", __name__)


@bare.post("/api/v1/bare")
def commit() -> dict[str, Any]:
    """Who is asking, and one row."""
    with db.transaction() as session:
        session.execute(text("INSERT INTO bare (who) VALUES (:who)"), {"who": current_actor().person_id})
    return {"done": True}


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    """A service on each database, with the request that only commits."""
    with opened(database_url) as house:
        with db.transaction() as session:
            session.execute(text("CREATE TABLE bare (who VARCHAR(36))"))
        house.app.register_blueprint(bare)
        house.deploy(three_tasks())
        yield house


class Client:
    """A program that keeps its connection."""

    def __init__(self, address: str, someone: Someone) -> None:
        self._connection = http.client.HTTPConnection(address.removeprefix("http://"))
        self._someone, self._keys = someone, count()

    def post(self, path: str, body: Any = None) -> dict[str, Any]:
        """Send, under a key of its own."""
        return self._ask("POST", path, json.dumps({} if body is None else body))

    def close(self) -> None:
        self._connection.close()

    def get(self, path: str) -> dict[str, Any]:
        return self._ask("GET", path, None)

    def _ask(self, method: str, path: str, body: str | None) -> dict[str, Any]:
        headers = self._someone.headers(Idempotency_Key=f"key {next(self._keys)}")
        self._connection.request(method, path, body=body, headers={**headers, "Content-Type": "application/json"})
        answer = self._connection.getresponse()
        read = answer.read()
        assert answer.status in {200, 201}, read
        return dict(json.loads(read))


def test_requests(house, database_url):
    someone = house.person("secretary", "pogi.sec")
    kinds = ("a request that commits one row", "create", "list", "open", "complete")
    times = {kind: Times(kind) for kind in kinds}
    statements: dict[str, int] = {}
    with serving(house.app) as address, closing(Client(address, someone)) as client:
        for number in range(WARM + CASES):
            if number == WARM:
                times = {kind: Times(kind) for kind in kinds}
                before = size(database_url)
            one_case(house, client, times, statements)
        grown = size(database_url) - before
    commit = times[kinds[0]]
    lines = [f"{times[kind].told(commit)}   {statements[kind]:2} statements" for kind in kinds]
    tell([database_url.partition(":")[0], *lines, f"{grown / CASES / 1024:.1f} KiB in the database for each case"])


def one_case(house: House, client: Client, times: dict[str, Times], statements: dict[str, int]) -> None:
    """From its start to its end, the request that only commits in between."""

    def take(kind: str, work: Any) -> Any:
        found: list[Any] = []
        with house.statements() as seen:
            times[kind].take(lambda: found.append(work()))
        statements[kind] = max(statements.get(kind, 0), len(seen))
        return found[0]

    task = take("create", lambda: client.post("/api/v1/instances", {"definition": KEY}))["tasks"][0]
    while task is not None:
        take("a request that commits one row", lambda: client.post("/api/v1/bare"))
        take("list", lambda: client.get("/api/v1/tasks?scope=roles"))
        take("open", lambda at=task: client.get(f"/api/v1/tasks/{at['id']}"))
        answers = {"vote": "for", "remark": REMARK} if task["activity"] == "vote" else {}
        opened_by = take(
            "complete",
            lambda at=task, given=answers: client.post(f"/api/v1/tasks/{at['id']}/complete", {"answers": given}),
        )
        task = next(iter(opened_by["opened"]), None)


def size(url: str) -> int:
    """The bytes that the database holds on disk."""
    if url.startswith("sqlite"):
        sqlite.fold(db.db.engine)
        return Path(url.removeprefix("sqlite:///")).stat().st_size
    with db.reading() as session:
        return int(session.scalar(text("SELECT pg_database_size(current_database())")) or 0)
