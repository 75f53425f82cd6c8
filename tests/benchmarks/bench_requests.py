"""What a process of three tasks costs over HTTP, beside a request that commits one row: times, statements and bytes."""

import http.client
import json
import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from flask import Blueprint, Flask
from sqlalchemy import text

from service.identity import current_actor
from service.store import db, sqlite
from tests.app.house import House, Someone, opened
from tests.benchmarks.measure import Times, tell
from tests.faults.work import KEY, REMARK, three_tasks
from tests.support.server import serving

CASES = 200
WARM = 20
BARE = "a request that commits one row"
KINDS = (BARE, "create", "list", "open", "complete")
Work = Callable[[], Any]
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


class Apart:
    """A program that keeps its connection to a service in another process."""

    def __init__(self, address: str, someone: Someone) -> None:
        self._connection = http.client.HTTPConnection(address.removeprefix("http://"))
        self._someone, self._keys = someone, count()

    def ask(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """Send, under a key of its own."""
        sent = None if body is None else json.dumps(body)
        self._connection.request(method, path, body=sent, headers=headers(self._someone, "apart", next(self._keys)))
        answer = self._connection.getresponse()
        read = answer.read()
        assert answer.status in {200, 201}, read
        return dict(json.loads(read))

    def close(self) -> None:
        self._connection.close()


class Within:
    """A program in the service's own process, which counts the statements of each kind of request."""

    def __init__(self, house: House, someone: Someone) -> None:
        self._house, self._client = house, house.app.test_client()
        self._someone, self._keys = someone, count()
        self.seen = 0

    def ask(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """Send, under a key of its own."""
        with self._house.statements() as seen:
            answer = self._client.open(
                path,
                method=method,
                data=None if body is None else json.dumps(body),
                headers=headers(self._someone, "within", next(self._keys)),
            )
        assert answer.status_code in {200, 201}, answer.data
        self.seen = len(seen)
        return dict(answer.get_json())


def headers(someone: Someone, where: str, number: int) -> dict[str, str]:
    """What every request carries: a key of its own among them."""
    return someone.headers(Idempotency_Key=f"{where} {number}") | {"Content-Type": "application/json"}


def test_requests(house, database_url):
    someone = house.person("secretary", "pogi.sec")
    within = Within(house, someone)
    statements: Counter[str] = Counter()

    def counted(kind: str, work: Work) -> Any:
        found = work()
        statements[kind] = max(statements[kind], within.seen)
        return found

    for _ in range(3):
        one_case(within, counted)
    times = {kind: Times(kind) for kind in KINDS}

    def timed(kind: str, work: Work) -> Any:
        found: list[Any] = []
        times[kind].take(lambda: found.append(work()))
        return found[0]

    with serving_apart(house.app) as address, closing(Apart(address, someone)) as apart:
        for number in range(WARM + CASES):
            if number == WARM:
                times |= {kind: Times(kind) for kind in KINDS}
                before = size(database_url)
            one_case(apart, timed)
    with_receipts = size(database_url) - before
    lines = [f"{times[kind].told(times[BARE])}   {statements[kind]:2} statements" for kind in KINDS]
    kept = with_receipts - receipts() * CASES / (WARM + CASES + 3)
    room = f"{with_receipts / CASES / 1024:.1f} KiB in the database for each case, {kept / CASES / 1024:.1f} without receipts"
    tell([database_url.partition(":")[0], *lines, room])


def one_case(client: Apart | Within, take: Callable[[str, Work], Any]) -> None:
    """From its start to its end, the request that only commits in between."""
    task = take("create", lambda: client.ask("POST", "/api/v1/instances", {"definition": KEY}))["tasks"][0]
    while task is not None:
        place = f"/api/v1/tasks/{task['id']}"
        answers = {"vote": "for", "remark": REMARK} if task["activity"] == "vote" else {}
        take(BARE, partial(client.ask, "POST", "/api/v1/bare", {}))
        take("list", partial(client.ask, "GET", "/api/v1/tasks?scope=roles"))
        take("open", partial(client.ask, "GET", place))
        done = take("complete", partial(client.ask, "POST", f"{place}/complete", {"answers": answers}))
        task = next(iter(done["opened"]), None)


@contextmanager
def serving_apart(app: Flask) -> Iterator[str]:
    """The address of a process of its own that serves the application: who asks must not take its turns at the interpreter."""
    db.dispose()
    here, there = multiprocessing.get_context("fork").Pipe()
    process = multiprocessing.get_context("fork").Process(target=_serve, args=(app, there))
    process.start()
    try:
        yield str(here.recv())
    finally:
        here.send("enough")
        process.join()


def _serve(app: Flask, there: Connection) -> None:
    with app.app_context(), serving(app) as address:
        there.send(address)
        there.recv()


def receipts() -> float:
    """The bytes that receipts take, with their indexes."""
    with db.reading() as session:
        if session.get_bind().dialect.name == "sqlite":
            told = "SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%receipts%'"
        else:
            told = "SELECT pg_total_relation_size('receipts')"
        return float(session.scalar(text(told)) or 0)


def size(url: str) -> int:
    """The bytes that the database holds on disk."""
    if url.startswith("sqlite"):
        sqlite.fold(db.db.engine)
        return Path(url.removeprefix("sqlite:///")).stat().st_size
    with db.reading() as session:
        return int(session.scalar(text("SELECT pg_database_size(current_database())")) or 0)
