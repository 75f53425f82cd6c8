"""What Prometheus reads, and who may."""

import re

import pytest
from flask import Flask

from service.app import create_app
from service.settings import Settings
from service.store import db
from tests.app.house import House, gate, two_tasks, waiting

TOKEN = "t" * 32


def read(app: Flask, **more) -> str:
    answer = app.test_client().get("/metrics", **more)
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain")
    return answer.text


def value(text: str, name: str) -> float:
    """What a sample with its labels, as it is written, says; 0 where it is not there."""
    found = re.search(f"^{re.escape(name)} (\\S+)$", text, re.MULTILINE)
    return 0.0 if found is None else float(found[1])


def test_counts_and_gauges_say_what_happened_and_what_stands(house: House):
    before = read(house.app)
    house.deploy(two_tasks())
    house.deploy(waiting())
    house.deploy(gate())
    anne = house.person("anne", "pogi.sec")
    task = anne.post("/api/v1/instances", {"definition": "adoption"}).json["tasks"][0]["id"]
    anne.post(f"/api/v1/tasks/{task}/complete", {"answers": {}})
    anne.post("/api/v1/instances", {"definition": "waiting"})
    stopped = anne.post("/api/v1/instances", {"definition": "gate"}).json["tasks"][0]["id"]
    anne.post(f"/api/v1/tasks/{stopped}/complete", {"answers": {}})
    house.later(days=3)
    text = read(house.app)

    def grown(name: str) -> float:
        return value(text, name) - value(before, name)

    assert grown('mandat_steps_total{kind="start"}') == 3
    assert grown('mandat_steps_total{kind="complete"}') == 1, "a step that could not be made is none"
    route = '{method="POST",route="/api/v1/tasks/<task_id>/complete",status="200"}'
    assert grown(f"mandat_request_seconds_count{route}") == 1
    assert value(text, 'mandat_instances_active{workspace="pogi"}') == 3
    assert value(text, 'mandat_tasks_open{workspace="pogi"}') == 1, "that at which its case stopped is hers"
    assert value(text, 'mandat_incidents_open{workspace="pogi"}') == 1
    assert value(text, 'mandat_timers_late{workspace="pogi"}') == 1
    assert value(text, "mandat_database_bytes") > 10_000
    assert value(text, "mandat_database_up") == 1
    assert ("mandat_workers 0.0" in text) == (db.db.engine.dialect.name == "postgresql")


def test_a_scrape_asks_few_questions_however_much_there_is(house: House):
    with house.statements() as asked:
        read(house.app)
    assert len(asked) <= 10


@pytest.mark.parametrize("token", [None, TOKEN])
def test_from_elsewhere_there_are_no_metrics_without_the_token(tmp_path, token):
    url = f"sqlite:///{tmp_path / 'mandat.sqlite3'}"
    app = create_app(Settings(database_url=url, metrics_token=token))
    with app.app_context():
        db.upgrade()
    client, far = app.test_client(), {"REMOTE_ADDR": "198.51.100.7"}
    for headers in ({}, {"Authorization": "Bearer " + "x" * 32}, {"Authorization": "Bearer None"}):
        assert client.get("/metrics", environ_overrides=far, headers=headers).status_code == 404
    passed_on = client.get("/metrics", headers={"X-Forwarded-For": "198.51.100.7"})
    assert passed_on.status_code == 404, "a proxy on this machine is not this machine"
    given = client.get("/metrics", environ_overrides=far, headers={"Authorization": f"Bearer {TOKEN}"})
    assert given.status_code == (404 if token is None else 200)
    with app.app_context():
        db.dispose()


def test_without_a_database_the_counts_are_still_told(tmp_path):
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'none' / 'mandat.sqlite3'}"))
    text = read(app)
    assert value(text, "mandat_database_up") == 0
    assert "mandat_steps_total" in text or "mandat_request_seconds" in text
