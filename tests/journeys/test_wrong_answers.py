"""Answers that cannot be taken, over HTTP: what is said, and that nothing is lost of what was written before."""

from typing import Any

import pytest

from tests.api.problems import is_problem
from tests.app.house import House, Someone, two_tasks

DRAFT = {"vote": "for", "remark": "In her own words."}


@pytest.fixture
def chair(house: House) -> Someone:
    """Who is to vote: she has the task, and half of her answers are kept as a draft."""
    house.deploy(two_tasks())
    secretary, chair = house.person("secretary", "pogi.sec"), house.person("chair", "pogi.chair")
    (prepare,) = secretary.post("/api/v1/instances", {"definition": "adoption"}).json["tasks"]
    (vote,) = secretary.post(f"/api/v1/tasks/{prepare['id']}/complete").json["opened"]
    chair.post(f"/api/v1/tasks/{vote['id']}/claim")
    assert chair.post(f"/api/v1/tasks/{vote['id']}/draft", {"answers": DRAFT, "version": 0}).json["version"] == 1
    return chair


@pytest.fixture
def path(chair: Someone) -> str:
    (vote,) = chair.get("/api/v1/tasks?scope=mine").json["tasks"]
    return f"/api/v1/tasks/{vote['id']}"


def state(someone: Someone, path: str) -> tuple[Any, ...]:
    """What could be lost: the task as it stands, the draft, and what the journal tells."""
    task = someone.get(path).json
    told = someone.get(f"/api/v1/instances/{task['instance_id']}/journal").json
    return task, task["draft"], told["head"]


@pytest.mark.parametrize(
    ("answers", "pointers"),
    [
        ({"vote": "for", "typename": "User"}, {"/typename"}),
        ({"vote": "for", "surprise": 1}, {"/surprise"}),
        ({"vote": "for", "surprise": 1, "another": 2}, {"/surprise", "/another"}),
        ({"vote": 1, "amount": "ten"}, {"/vote", "/amount"}),
        ({"vote": "for", "amount": 1.5}, {"/amount"}),
        ({"vote": "for", "amount": True}, {"/amount"}),
        ({"vote": None}, {"/vote"}),
        ({"vote": ["for"]}, {"/vote"}),
        ({"vote": "for", "remark": "x" * 2001}, {"/remark"}),
        ({"remark": "only this"}, {"/vote"}),
        ({}, {"/vote"}),
    ],
)
def test_each_wrong_answer_is_named_and_nothing_is_lost(chair: Someone, path: str, answers, pointers):
    before = state(chair, path)
    problem = is_problem(chair.post(f"{path}/complete", {"answers": answers}), 422, "answers-refused")
    assert {fault["pointer"] for fault in problem["errors"]} == pointers
    assert all(fault["detail"] for fault in problem["errors"])
    assert state(chair, path) == before
    right = chair.post(f"{path}/complete", {"answers": DRAFT})
    assert right.json["instance_status"] == "completed", "and she can go on"


def test_the_key_that_would_poison_a_snapshot_is_refused_wherever_it_stands(house: House, chair: Someone, path: str):
    before = state(chair, path)
    for answers in ({"vote": {"typename": "x"}}, {"vote": [{"a": {"typename": "x"}}]}):
        is_problem(chair.post(f"{path}/complete", {"answers": answers}), 422)
        is_problem(chair.post(f"{path}/draft", {"answers": answers, "version": 1}), 422)
    assert state(chair, path) == before
    started = chair.post("/api/v1/instances", {"definition": "adoption", "variables": {"typename": "x"}})
    is_problem(started, 422)


def test_an_older_window_does_not_write_over_a_newer_one(chair: Someone, path: str):
    newer = {"vote": "against"}
    assert chair.post(f"{path}/draft", {"answers": newer, "version": 1}).json["version"] == 2
    stale = chair.post(f"{path}/draft", {"answers": {"vote": "for"}, "version": 1})
    problem = is_problem(stale, 409, "draft-stale")
    assert "was not saved" in problem["detail"]
    assert chair.get(path).json["draft"] == {"answers": newer, "version": 2}, "hers is still in her window"


def test_a_draft_is_hers_alone_and_goes_with_the_task(house: House, chair: Someone, path: str):
    deputy = house.person("deputy", "pogi.chair")
    assert deputy.get(path).json["draft"] is None
    assert chair.post(f"{path}/complete", {"answers": DRAFT}).status_code == 200
    assert chair.get(path).json["draft"] is None


def test_another_s_task_stays_hers(house: House, chair: Someone, path: str):
    before = state(chair, path)
    deputy, secretary = house.person("deputy", "pogi.chair"), house.person("assistant", "pogi.sec")
    late = is_problem(deputy.post(f"{path}/complete", {"answers": DRAFT}), 409, "task-already-claimed")
    assert late["detail"].startswith("Chair has had this task since")
    is_problem(deputy.post(f"{path}/claim"), 409, "task-already-claimed")
    is_problem(deputy.post(f"{path}/release"), 403, "not-assignee")
    is_problem(secretary.post(f"{path}/complete", {"answers": DRAFT}), 403, "not-candidate")
    is_problem(secretary.post(f"{path}/draft", {"answers": DRAFT, "version": 0}), 403, "not-candidate")
    stranger = house.person("stranger")
    for verb in ("claim", "release", "complete", "draft"):
        body = {"answers": DRAFT} if verb in ("complete", "draft") else {}
        is_problem(stranger.post(f"{path}/{verb}", body), 404, "task-not-found")
    assert state(chair, path) == before


def test_what_was_completed_is_not_completed_again(chair: Someone, path: str):
    assert chair.post(f"{path}/complete", {"answers": DRAFT}).status_code == 200
    before = state(chair, path)
    is_problem(chair.post(f"{path}/complete", {"answers": {"vote": "against"}}), 409, "task-already-completed")
    is_problem(chair.post(f"{path}/draft", {"answers": {"vote": "against"}, "version": 0}), 409)
    assert state(chair, path) == before
