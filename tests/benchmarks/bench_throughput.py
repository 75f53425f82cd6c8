"""How many tasks a second people finish over HTTP on PostgreSQL that waits for its disk, with all of the history.

Two processes answer; the database and the people who ask are on the same machine, and take their part of it.
"""

import http.client
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Event

import pytest

from service.store import db
from tests.benchmarks.measure import tell
from tests.faults.conftest import prepared
from tests.faults.lives import Ask
from tests.faults.programs import mandat
from tests.faults.work import Lived
from tests.support import postgres

PEOPLE = (1, 4, 8, 16)
SECONDS = 15.0


@pytest.fixture
def durable() -> Iterator[postgres.Server]:
    """A PostgreSQL that keeps what it acknowledged through a power cut."""
    with postgres.server(durable=True) as server:
        yield server


class Person:
    """Somebody who finishes case after case on one connection, and counts her tasks."""

    def __init__(self, address: str, token: str, numbers: Iterator[int]) -> None:
        self._address, self._token, self._numbers = address, token, numbers
        self.tasks = 0

    def work(self, stopping: Event) -> None:
        connection = http.client.HTTPConnection(self._address)
        while not stopping.is_set():
            course = Lived(next(self._numbers)).course()
            ask = next(course)
            try:
                while True:
                    answer = self._send(connection, ask)
                    self.tasks += ask.path.endswith("/complete")
                    ask = course.send(answer)
            except StopIteration:
                continue
        connection.close()

    def _send(self, connection: http.client.HTTPConnection, ask: Ask) -> dict[str, object]:
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
            "Idempotency-Key": ask.key,
        }
        connection.request("POST", ask.path, body=json.dumps(ask.body), headers=headers)
        answer = connection.getresponse()
        read = answer.read()
        assert answer.status in {200, 201}, read
        return dict(json.loads(read))


def test_throughput(durable):
    with durable.database() as name, mandat(url := durable.url(name), "serve", "--workers", "2", "--port", "0") as web:
        address = web.says().removeprefix("Mandat is at http://")
        app, token = prepared(url)
        numbers = count()
        tell(
            ["tasks claimed and completed, cases started, PostgreSQL with fsync"]
            + [f"{people:3} people   {rate(address, token, numbers, people):7.1f} tasks/s" for people in PEOPLE]
        )
        with app.app_context():
            db.dispose()


def rate(address: str, token: str, numbers: Iterator[int], people: int) -> float:
    """Tasks finished in a second by so many people."""
    stopping = Event()
    working = [Person(address, token, numbers) for _ in range(people)]
    with ThreadPoolExecutor(people) as pool:
        futures = [pool.submit(person.work, stopping) for person in working]
        began = time.monotonic()
        stopping.wait(SECONDS)
        done, taken = sum(person.tasks for person in working), time.monotonic() - began
        stopping.set()
        for future in futures:
            future.result()
    return done / taken
