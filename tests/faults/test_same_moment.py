"""The same thing asked for many times at once: of many people one wins, and of one request there is one effect."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from threading import Lock
from typing import Any

import pytest
from flask import Flask

from service.domain.ports import Ports
from service.store import cases, db, journal
from tests.app.house import House
from tests.faults import judge
from tests.faults.lives import Ask, Died, Fatal, Lives
from tests.faults.report import Report
from tests.faults.sizes import size
from tests.faults.work import KEY, Lived

CLIENTS, PEOPLE = 50, 5
SENDERS = 20
ROUNDS = size(2, 200)
DEATHS: list[Fatal | None] = [
    None,
    ("claim: before COMMIT", 1),
    ("claim: after COMMIT", 1),
    ("claim: before the answer", 3),
]
"""Where the process that is asked dies: not at all, before anything is kept, before anybody knows, when some know."""

REPEATS = size(len(DEATHS), 500)


class Service:
    """One service under many senders: whoever finds it dead lets it be born again, once for each death."""

    def __init__(self, lives: Lives) -> None:
        self._lives, self._deaths, self._bearing = lives, 0, Lock()

    def until_answered(self, ask: Ask) -> tuple[int, dict[str, Any]]:
        """The answer to a request that is sent until there is one."""
        while True:
            seen = self._deaths
            try:
                return self._lives.send(ask)
            except Died:
                with self._bearing:
                    if seen == self._deaths:
                        self._lives.begin()
                        self._deaths += 1


def begun(lives: Lives, number: int) -> tuple[Lived, str]:
    """A new case, and its first task."""
    lived = Lived(number)
    ask = Ask("/api/v1/instances", {"definition": KEY, "business_key": f"case {number}"}, f"start-{number}")
    status, answer = lives.send(ask)
    assert status == 201, answer
    lived.case_id = answer["case_id"]
    lived.done.append((ask, answer))
    lived.doubt = Ask("/later", {}, "later")  # the case is not brought to its end here
    return lived, answer["tasks"][0]["id"]


def told(app: Flask, lived: Lived, kind: str) -> int:
    """How many entries of that kind the case's journal has."""
    with app.app_context(), db.reading() as session:
        case = cases.case(session, "pogi", lived.case_id or "")
        assert case is not None
        return [entry["kind"] for entry in journal.entries(session, *case.stream)].count(kind)


@pytest.fixture
def tokens(judging: Flask, token: str) -> list[str]:
    """Those of the people of one role."""
    with judging.app_context():
        house = House(judging, Ports())
        others = [house.person(f"person{number}", "pogi.sec").token for number in range(1, PEOPLE)]
        db.dispose()
    return [token, *others]


def test_of_many_who_complete_one_task_one_wins_and_the_others_are_told_who(
    judging: Flask, tokens: list[str], bearing: subprocess.Popen[str], database_url: str, report: Report
) -> None:
    people = [Lives(bearing, database_url, token) for token in tokens]
    people[0].begin()
    for other in people[1:]:
        other.join(people[0])
    with ThreadPoolExecutor(CLIENTS) as pool:
        for number in range(ROUNDS):
            lived, task = begun(people[0], number)
            asks = [Ask(f"/api/v1/tasks/{task}/complete", {}, f"{number}-{client}") for client in range(CLIENTS)]
            answers = list(pool.map(Lives.send, cycle(people), asks))
            lost = [body["detail"] for status, body in answers if status == 409]
            assert [status for status, _ in answers].count(200) == 1, answers
            assert len(lost) == CLIENTS - 1, answers
            assert all("completed this task at" in sentence for sentence in lost), lost
            assert told(judging, lived, "task.completed") == 1
    report("many complete one task", f"{ROUNDS:,} rounds of {CLIENTS} clients")
    people[0].end()


def test_one_request_sent_many_times_has_one_effect_and_one_answer_though_the_service_dies(
    judging: Flask, token: str, bearing: subprocess.Popen[str], database_url: str, report: Report
) -> None:
    lives = Lives(bearing, database_url, token)
    deaths = cycle(DEATHS)
    with ThreadPoolExecutor(SENDERS) as pool:
        for number in range(REPEATS):
            lives.begin(next(deaths))
            lived, task = begun(lives, number)
            ask = Ask(f"/api/v1/tasks/{task}/claim", {}, f"claim-{number}")
            answers = list(pool.map(Service(lives).until_answered, [ask] * SENDERS))
            assert all(answer == answers[0] for answer in answers), answers
            assert answers[0][0] == 200, answers
            assert told(judging, lived, "task.claimed") == 1
            assert judge.verdict(judging, lived) == []
            lives.end()
    report(
        "one request many times",
        f"{REPEATS:,} requests, each sent {SENDERS} times at once, three of four while it dies",
    )
