"""From a bundle to an ended instance, over HTTP, as the people who hold the two roles."""

import io

from service.store import cases, journal
from service.store.db import reading
from tests.app.house import House, two_tasks


def test_a_process_of_two_tasks_is_deployed_started_and_completed_by_two_people(house: House) -> None:
    owner = house.person("owner", "process.owner", "pogi.sec")
    chair = house.person("chair", "pogi.chair")

    files = [(io.BytesIO(content), name) for name, content in two_tasks().items()]
    deployed = owner.client.post("/api/v1/definitions", data={"bundle": files}, headers=owner.headers())
    assert (deployed.status_code, deployed.json["version"]) == (202, None), deployed.json
    assert owner.post("/api/v1/instances", {"definition": "adoption"}).status_code == 404, "it waits for approval"
    second = house.person("second", "process.owner")
    approved = second.post(f"/api/v1/definitions/approvals/{deployed.json['approval']}/approve")
    assert (approved.json["processes"], approved.json["version"]) == (["adoption"], 1)

    started = owner.post("/api/v1/instances", {"definition": "adoption", "business_key": "2026-1"})
    assert started.status_code == 201, started.json
    instance = started.json["id"]

    assert chair.get("/api/v1/tasks?scope=roles").json["tasks"] == []
    (prepare,) = owner.get("/api/v1/tasks?scope=roles").json["tasks"]
    assert (prepare["activity"], prepare["role"], prepare["moves"]) == (
        "prepare",
        "pogi.sec",
        ["claim", "assign", "complete"],
    )
    claimed = owner.post(f"/api/v1/tasks/{prepare['id']}/claim")
    assert claimed.json["assignee_name"] == "Owner"
    assert [task["id"] for task in owner.get("/api/v1/tasks?scope=mine").json["tasks"]] == [prepare["id"]]
    assert owner.post(f"/api/v1/tasks/{prepare['id']}/complete").status_code == 200

    (vote,) = chair.get("/api/v1/tasks?scope=roles").json["tasks"]
    shown = chair.get(f"/api/v1/tasks/{vote['id']}").json
    assert shown["form_schema"]["required"] == ["vote"]
    answers = {"vote": "for", "remark": "Anne Hansen has read it."}
    voted = chair.post(f"/api/v1/tasks/{vote['id']}/complete", {"answers": answers})
    assert voted.status_code == 200, voted.json
    assert voted.json["instance_status"] == "completed"

    ended = owner.get(f"/api/v1/instances/{instance}").json
    assert (ended["status"], ended["tasks"], ended["end_event"]) == ("completed", [], "adopted")
    assert ended["variables"]["vote"] == "for"
    assert set(ended["variables"]["remark"]) == {"sealed"}

    told = owner.get(f"/api/v1/instances/{instance}/journal").json
    assert [entry["kind"] for entry in told["entries"]] == [
        "instance.started",
        "task.opened",
        "task.claimed",
        "task.completed",
        "task.opened",
        "task.completed",
        "instance.ended",
    ]
    assert "Hansen" not in str(told)
    with reading() as session:
        case = cases.case(session, "pogi", ended["case_id"])
        assert case is not None and journal.verify(session, case) is None


def test_who_comes_second_is_told_who_was_first_and_when(house: House) -> None:
    secretary = house.person("secretary", "pogi.sec", "admin")
    colleague = house.person("colleague", "pogi.sec")
    house.deploy(two_tasks())
    task = secretary.post("/api/v1/instances", {"definition": "adoption"}).json["tasks"][0]["id"]

    assert secretary.post(f"/api/v1/tasks/{task}/complete").status_code == 200
    house.later(hours=1)
    late = colleague.post(f"/api/v1/tasks/{task}/complete")
    assert late.status_code == 409
    assert late.json["detail"] == "Secretary completed this task at 2026-01-05T08:00:00Z."
    assert late.json["type"] == "/problems/task-already-completed"
