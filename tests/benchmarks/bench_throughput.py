"""How many tasks a second people finish over HTTP on PostgreSQL that waits for its disk, with all of the history.

Two processes answer; the database and the people who ask are on the same machine, and take their part of it.
"""

import http.client
import json
import subprocess
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
WAYS = {"completed": False, "claimed and completed": True}
SECONDS = 15.0


@pytest.fixture
def durable() -> Iterator[postgres.Server]:
    """A PostgreSQL that keeps what it acknowledged through a power cut."""
    with postgres.server(durable=True) as server:
        yield server


class Person:
    """Somebody who finishes case after case on one connection, and counts her tasks."""

    def __init__(self, address: str, token: str, numbers: Iterator[int], *, claiming: bool) -> None:
        self._address, self._token, self._numbers, self._claiming = address, token, numbers, claiming
        self.tasks = 0

    def work(self, stopping: Event) -> None:
        connection = http.client.HTTPConnection(self._address)
        while not stopping.is_set():
            course = Lived(next(self._numbers)).course(claiming=self._claiming)
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
    serve = ("serve", "--workers", "2", "--port", "0")
    with durable.database() as name, mandat(url := durable.url(name), *serve, log=subprocess.DEVNULL) as web:
        address = web.says().removeprefix("Mandat is at http://")
        app, token = prepared(url)
        numbers = count()
        rates = {
            (way, people): rate(address, token, numbers, people, claiming=claiming)
            for way, claiming in WAYS.items()
            for people in PEOPLE
        }
        lines = [f"{people:3} people   {tasks:7.1f} tasks/s {way}" for (way, people), tasks in rates.items()]
        tell(["cases of three tasks, begun and ended, PostgreSQL with fsync", *lines])
        with app.app_context():
            db.dispose()


def rate(address: str, token: str, numbers: Iterator[int], people: int, *, claiming: bool) -> float:
    """Tasks finished in a second by so many people."""
    stopping = Event()
    working = [Person(address, token, numbers, claiming=claiming) for _ in range(people)]
    with ThreadPoolExecutor(people) as pool:
        futures = [pool.submit(person.work, stopping) for person in working]
        began = time.monotonic()
        stopping.wait(SECONDS)
        done, taken = sum(person.tasks for person in working), time.monotonic() - began
        stopping.set()
        for future in futures:
            future.result()
    return done / taken
