"""Many people at once, through the server that the product uses."""

import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from service.store import cases, db, journal
from tests.app.house import House, Someone, two_tasks
from tests.support.server import serving

CLIENTS = 12


def post(address: str, path: str, someone: Someone, body: Any = None) -> tuple[int, dict[str, Any]]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    try:
        headers = someone.headers() | {"Content-Type": "application/json"}
        connection.request("POST", path, body=json.dumps(body or {}).encode(), headers=headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def test_of_many_who_complete_one_task_exactly_one_wins(house: House):
    people = [house.person(f"person{number}", "pogi.sec") for number in range(CLIENTS)]
    house.deploy(two_tasks())
    with serving(house.app) as address, ThreadPoolExecutor(CLIENTS) as pool:
        for _ in range(3):
            started = people[0].post("/api/v1/instances", {"definition": "adoption"}).json
            path = f"/api/v1/tasks/{started['tasks'][0]['id']}/complete"
            answers = list(pool.map(lambda someone, path=path: post(address, path, someone), people))
            statuses = [status for status, _ in answers]
            assert statuses.count(200) == 1, answers
            assert statuses.count(409) == CLIENTS - 1, answers
            (winner,) = [people[place] for place, status in enumerate(statuses) if status == 200]
            assert {body["detail"] for status, body in answers if status == 409} == {
                f"{winner.actor.name} completed this task at 2026-01-05T08:00:00Z."
            }
            with db.reading() as session:
                case = cases.case(session, "pogi", started["case_id"])
                assert case is not None
                assert journal.verify(session, case) is None
                told = [entry["kind"] for entry in journal.entries(session, *case.stream)]
            assert told.count("task.completed") == 1
