"""What people meet at the API."""

import pytest

from service.commands import instances
from service.runtime.command import Call
from tests.api.problems import is_problem
from tests.api.sending import send
from tests.app.house import House, Someone, gate, two_tasks


@pytest.fixture
def anne(house: House) -> Someone:
    house.deploy(two_tasks())
    return house.person("anne", "pogi.sec", "pogi.chair")


@pytest.fixture
def task(house: House, anne: Someone):
    return anne.post("/api/v1/instances", {"definition": "adoption"}).json["tasks"][0]["id"]


def test_a_token_counts_until_it_expires_and_only_whole(house: House, anne):
    assert anne.get("/api/v1/tasks").status_code == 200
    wrong = anne.token[:-1] + ("a" if anne.token[-1] != "a" else "b")
    client = house.app.test_client()
    is_problem(client.get("/api/v1/tasks", headers={"Authorization": f"Bearer {wrong}"}), 401, "token-refused")
    house.later(days=301)
    is_problem(anne.get("/api/v1/tasks"), 401, "token-refused")


def test_what_is_not_hers_is_not_there(house: House, anne, task):
    other = house.person("other", "pogi.sec", workspace="lillestrom")
    is_problem(other.get(f"/api/v1/tasks/{task}"), 404, "task-not-found")
    is_problem(other.post(f"/api/v1/tasks/{task}/claim"), 404, "task-not-found")
    instance = anne.get(f"/api/v1/tasks/{task}").json["instance_id"]
    is_problem(other.get(f"/api/v1/instances/{instance}"), 404, "instance-not-found")
    is_problem(other.get(f"/api/v1/instances/{instance}/journal"), 404, "instance-not-found")
    stranger = house.person("stranger")
    is_problem(stranger.get(f"/api/v1/tasks/{task}"), 404, "task-not-found")
    is_problem(stranger.get(f"/api/v1/instances/{instance}"), 404, "instance-not-found")


def test_wrong_answers_are_named_one_by_one(anne, task):
    (vote,) = anne.post(f"/api/v1/tasks/{task}/complete").json["opened"]
    body = {"answers": {"vote": "maybe", "amount": "much"}}
    problem = is_problem(anne.post(f"/api/v1/tasks/{vote['id']}/complete", body), 422, "answers-refused")
    assert {error["pointer"] for error in problem["errors"]} == {"/vote", "/amount"}
    assert anne.get(f"/api/v1/tasks/{vote['id']}").json["state"] == "open", "nothing is lost"


def test_the_same_request_twice_starts_one_instance(anne):
    first = anne.post("/api/v1/instances", {"definition": "adoption"}, Idempotency_Key="k")
    again = anne.post("/api/v1/instances", {"definition": "adoption"}, Idempotency_Key="k")
    assert (first.status_code, first.json) == (again.status_code, again.json)
    other = anne.post("/api/v1/instances", {"definition": "adoption", "business_key": "x"}, Idempotency_Key="k")
    is_problem(other, 422, "request-key-reused")


def test_a_bundle_that_is_none_is_refused_with_the_reason(house: House):
    owner = house.person("owner", "process.owner")
    is_problem(send(owner, {"x.bpmn": b"<no"}), 422)
    is_problem(send(owner, {"x.zip": b"PK"}), 422)
    is_problem(send(owner, {"x.txt": b"text"}), 422, "bundle-unreadable")
    is_problem(owner.post("/api/v1/definitions"), 422, "bundle-unreadable")
    problem = is_problem(send(owner, two_tasks()), 422, "bundle-refused")
    assert {error["rule"] for error in problem["errors"]} >= {"lane-without-role"}
    secretary = house.person("secretary", "pogi.sec")
    denied = secretary.client.post("/api/v1/definitions", headers=secretary.headers())
    is_problem(denied, 403, "process-owner-needed")


def test_an_incident_is_accepted_and_can_be_tried_again(house: House):
    anne = house.person("anne", "pogi.sec", "process.owner")
    house.deploy(gate())
    task = anne.post("/api/v1/instances", {"definition": "gate"}).json["tasks"][0]["id"]
    failed = anne.post(f"/api/v1/tasks/{task}/complete")
    assert failed.status_code == 202
    instance = anne.get(f"/api/v1/instances/{failed.json['task']['instance_id']}").json
    assert [incident["id"] for incident in instance["incidents"]] == [failed.json["incident"]["id"]]
    again = anne.post(f"/api/v1/incidents/{failed.json['incident']['id']}/retry")
    assert again.status_code == 200
    assert again.json["incident"]["resolved_at"] is None


def test_health_and_readiness(house: House):
    client = house.app.test_client()
    assert client.get("/healthz").json == {"status": "ok"}
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json["database"]) == (200, True)


def test_a_started_instance_and_a_shown_one_look_the_same(house: House, anne):
    started = instances.start(Call(anne.actor, house.ports), "adoption", {}, "2026-1")
    shown = anne.get(f"/api/v1/instances/{started['id']}").json
    assert shown | {"incident": None} == {**started, "incidents": []}


def test_what_should_not_have_happened_says_nothing_of_itself(house: House, caplog):
    @house.app.get("/broken")
    def broken() -> str:
        raise RuntimeError("a secret")

    answer = house.app.test_client().get("/broken", headers={"Accept": "application/json"})
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.json["trace"] in {getattr(record, "trace", "") for record in caplog.records}
