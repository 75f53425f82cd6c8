"""A called process gets a new version while cases are under way, and the service is restarted at every turn."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from service.app import create_app
from service.domain.ports import SteppedClock, seeded
from service.engine.stepping.advance import CACHE
from service.queries import replay
from service.settings import Settings
from service.store import db
from tests.api.sending import send
from tests.app.house import START, House, Someone
from tests.diagrams import files, process

ROLE = "pogi.sec"
VOTE = {"type": "object", "required": ["vote"], "properties": {"vote": {"type": "integer"}}}


def lifecycle() -> dict[str, bytes]:
    """Drafting, then adoption, and back to drafting when it was not adopted."""
    drawing = process("lifecycle").start().exclusive("again").user("draft", lane=ROLE).call("adopt", "adoption")
    return files(drawing.exclusive("adopted").end(when="vote = 1").at("adopted").otherwise().to("again"))


def adoption(vote: str) -> dict[str, bytes]:
    """The adoption of one version: its task has that version's name."""
    drawing = process("adoption").start().user(vote, lane=ROLE, form="vote").user("minutes", lane=ROLE).end()
    return files(drawing, forms={"vote": VOTE})


Live = Callable[[], Any]


@pytest.fixture
def life(database_url: str) -> Live:
    """`with life() as anne:` is one life of the service on the database, with the same person every time."""
    lives: list[Someone] = []

    @contextmanager
    def life() -> Iterator[Someone]:
        CACHE.clear()  # no instance outlives the process that it lived in
        ports = seeded(len(lives), START)
        app = create_app(
            Settings(database_url=database_url, secret_key="k" * 32),
            replace(ports, wall=SteppedClock(START), demo=False),
        )
        with app.app_context():
            if not lives:
                lives.append(House(app, ports).person("anne", ROLE, administrator=True))
            lives.append(replace(lives[0], client=app.test_client()))
            yield lives[-1]
            db.dispose()

    return life


def waiting(anne: Someone) -> dict[str, list[str]]:
    """The activities that wait, by the business key of their case."""
    keys = {it["id"]: it["business_key"] for it in anne.get("/api/v1/cases").json["cases"]}
    found: dict[str, list[str]] = {key: [] for key in keys.values()}
    for task in anne.get("/api/v1/tasks?scope=roles").json["tasks"]:
        found[keys[task["case_id"]]].append(task["activity"])
    return found


def do(anne: Someone, case: str, activity: str, **answers: Any) -> None:
    """Complete the task of an activity that waits in a case."""
    keys = {it["id"]: it["business_key"] for it in anne.get("/api/v1/cases").json["cases"]}
    (task,) = [
        it["id"]
        for it in anne.get("/api/v1/tasks?scope=roles").json["tasks"]
        if (keys[it["case_id"]], it["activity"]) == (case, activity)
    ]
    done = anne.post(f"/api/v1/tasks/{task}/complete", {"answers": answers})
    assert (done.status_code, done.json["incident"]) == (200, None), done.json


def test_a_newer_version_is_for_who_has_not_reached_it_and_for_the_loop_back(life: Live):
    with life() as anne:
        first = send(anne, adoption("vote_1")).json["digest"]
        assert send(anne, lifecycle()).status_code == 201
        started = {
            key: anne.post("/api/v1/instances", {"definition": "lifecycle", "business_key": key}).json
            for key in ("before", "inside")
        }
        do(anne, "inside", "draft")
        assert waiting(anne) == {"before": ["draft"], "inside": ["vote_1"]}
    with life() as anne:
        second = send(anne, adoption("vote_2")).json["digest"]
        assert [it["version"] for it in anne.get("/api/v1/definitions").json["definitions"]] == [2, 1]
    with life() as anne:
        do(anne, "before", "draft")
        assert waiting(anne) == {"before": ["vote_2"], "inside": ["vote_1"]}
        do(anne, "inside", "vote_1", vote=0)
    with life() as anne:
        assert waiting(anne)["inside"] == ["minutes"], "it ends as it began"
        do(anne, "inside", "minutes")
        assert waiting(anne)["inside"] == ["draft"]
    with life() as anne:
        do(anne, "inside", "draft")
        assert waiting(anne) == {"before": ["vote_2"], "inside": ["vote_2"]}
    with life() as anne:
        for case in ("before", "inside"):
            do(anne, case, "vote_2", vote=1)
            do(anne, case, "minutes")
        assert waiting(anne) == {"before": [], "inside": []}
    with life() as anne:
        taken = {}
        for key, begun in started.items():
            shown = anne.get(f"/api/v1/cases/{begun['case_id']}").json
            assert {it["status"] for it in shown["instances"]} == {"completed"}
            taken[key] = [it["digest"] for it in shown["instances"] if it["definition"] == "adoption"]
            assert replay.case(anne.actor, begun["case_id"])["ok"]
        assert taken == {"before": [second], "inside": [first, second]}
