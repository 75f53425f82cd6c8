"""Two processes that answer and two that work on one PostgreSQL, people at it, and one after the other is killed.

No answer is wrong, nothing acknowledged is lost, and the only errors are 503 with the time after which to ask again.
Here for a few cases; `python3 dev.py faults --full` makes it many.
"""

import http.client
import json
import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import psycopg
from flask import Flask

from service.store import db
from tests.faults import judge
from tests.faults.conftest import prepared
from tests.faults.lives import Ask
from tests.faults.programs import Program, mandat
from tests.faults.report import Report
from tests.faults.sizes import size
from tests.faults.work import Lived
from tests.support import postgres

CASES = size(3, 300)
"""How many cases each of the people finishes between one fault and the next, at least."""

PEOPLE = 3
PATIENCE = 30.0
"""Seconds for which a client asks again where nobody answers: the service must be back by then."""


@dataclass(slots=True)
class Person:
    """Somebody who works through case after case until she is told to stop, and asks again where she got no answer."""

    number: int
    address: str
    token: str
    stopping: Event
    lived: list[Lived] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0

    def work(self) -> None:
        while not self.stopping.is_set() and not self.wrong:
            self._one(Lived(self.number + PEOPLE * len(self.lived)))

    def _one(self, lived: Lived) -> None:
        self.lived.append(lived)
        course = lived.course()
        ask = next(course)
        while True:
            lived.doubt = ask
            answer = self._until_answered(ask)
            if answer is None:
                return
            lived.doubt = None
            lived.done.append((ask, answer))
            try:
                ask = course.send(answer)
            except StopIteration:
                return

    def _until_answered(self, ask: Ask) -> dict[str, Any] | None:
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            try:
                status, headers, body = self._send(ask)
            except (http.client.HTTPException, OSError):
                self.refused["no answer"] += 1
                continue
            if status in {200, 201}:
                self.longest = max(self.longest, time.monotonic() - began)
                return body
            self.refused[str(status)] += 1
            if status != 503 or "Retry-After" not in headers:
                self.wrong.append(f"{ask.path} was answered with {status}: {body}")
                return None
        self.wrong.append(f"{ask.path} was not answered for {PATIENCE:.0f} seconds")
        return None

    def _send(self, ask: Ask) -> tuple[int, Any, dict[str, Any]]:
        connection = http.client.HTTPConnection(self.address, timeout=PATIENCE)
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": ask.key,
        }
        try:
            connection.request("POST", ask.path, body=json.dumps(ask.body), headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, json.loads(answer.read())
        finally:
            connection.close()


def test_no_answer_is_wrong_whoever_is_killed(own_server: postgres.Server, report: Report) -> None:
    with own_server.database() as name, ExitStack() as ending:
        url = own_server.url(name)
        web = ending.enter_context(mandat(url, "serve", "--workers", "2", "--port", "0"))
        address = web.says().removeprefix("Mandat is at http://")
        app, token = prepared(url)
        workers = [ending.enter_context(mandat(url, "worker")) for _ in range(2)]
        assert all(worker.says().startswith("A worker of") for worker in workers)

        stopping = Event()
        people = [Person(number, address, token, stopping) for number in range(PEOPLE)]
        with ThreadPoolExecutor(PEOPLE) as pool:
            working = [pool.submit(person.work) for person in people]
            try:
                for fault in _faults(own_server, name, url, web, workers, ending):
                    _await_cases(people, CASES)
                    fault()
                _await_cases(people, CASES)
            finally:
                stopping.set()
        for work in working:
            work.result()
        wrong = [fault for person in people for fault in person.wrong] + _verdicts(app, people)
        report("several processes", _done(people), wrong=wrong)
        assert wrong == []
        assert all(worker.process.poll() is None for worker in workers), "a worker has ended by itself"


def _faults(
    server: postgres.Server, name: str, url: str, web: Program, workers: list[Program], ending: ExitStack
) -> list[Callable[[], object]]:
    def kill_a_web_worker() -> None:
        os.kill(web.children()[0], signal.SIGKILL)

    def kill_a_worker() -> None:
        workers.pop(0).kill()
        workers.append(ending.enter_context(mandat(url, "worker")))

    def kill_every_connection() -> None:
        with psycopg.connect(host=server.host, port=server.port, user=server.user, dbname="postgres") as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])

    return [kill_a_web_worker, kill_a_worker, kill_every_connection, server.fall_and_rise]


def _await_cases(people: list[Person], more: int) -> None:
    goal = [len(person.lived) + more for person in people]
    while any(len(person.lived) < cases and not person.wrong for person, cases in zip(people, goal, strict=True)):
        people[0].stopping.wait(0.05)


def _verdicts(app: Flask, people: list[Person]) -> list[str]:
    found = [fault for person in people for lived in person.lived for fault in judge.verdict(app, lived)]
    with app.app_context():
        db.dispose()
    return found


def _done(people: list[Person]) -> str:
    refused = sum((person.refused for person in people), Counter[str]())
    cases = sum(len(person.lived) for person in people)
    longest = max(person.longest for person in people)
    told = ", ".join(f"{times} times {what}" for what, times in sorted(refused.items()))
    return (
        f"{cases:,} cases over four faults ({told or 'every request was answered'}), the longest wait {longest:.1f} s"
    )
