import json

import pytest
from sqlalchemy import select

from service.commands import instances, roles, tasks
from service.domain.errors import (
    AnswersRefused,
    AssigneeNotCandidate,
    ExcludedByEarlierTask,
    NotAssignee,
    NotCandidate,
    PersonNotFound,
    TaskAlreadyClaimed,
    TaskNotFound,
)
from service.identity import tokens
from service.queries.accounts import bearer
from service.runtime.command import Call
from service.store import db
from service.store.tables import Disclosure, Task
from tests.app.house import House, Someone, two_tasks
from tests.diagrams import process


@pytest.fixture
def call(house: House):
    return lambda someone: Call(someone.actor, house.ports)


@pytest.fixture
def anne(house: House) -> Someone:
    return house.person("anne", "pogi.sec", "pogi.chair")


@pytest.fixture
def bo(house: House) -> Someone:
    return house.person("bo", "pogi.sec")


@pytest.fixture
def prepare(house: House, anne: Someone, call):
    house.deploy(two_tasks())
    return instances.start(call(anne), "adoption", {}, None)["tasks"][0]["id"]


def test_a_claimed_task_is_its_holders(call, anne, bo, prepare):
    assert tasks.claim(call(anne), prepare)["assignee"] == anne.actor.person_id
    with pytest.raises(TaskAlreadyClaimed, match="Anne has had this task since 2026-01-05T08:00:00Z"):
        tasks.claim(call(bo), prepare)
    with pytest.raises(TaskAlreadyClaimed):
        tasks.complete(call(bo), prepare, {})
    assert tasks.claim(call(anne), prepare)["state"] == "claimed", "again changes nothing"
    with pytest.raises(NotAssignee):
        tasks.release(call(bo), prepare)
    assert tasks.release(call(anne), prepare)["state"] == "open"
    assert tasks.complete(call(bo), prepare, {})["task"]["assignee"] == bo.actor.person_id


def test_a_task_is_given_only_to_who_holds_its_role(house, call, anne, bo, prepare):
    guest = house.person("guest", "pogi.chair")
    with pytest.raises(AssigneeNotCandidate, match="Guest does not hold the role"):
        tasks.assign(call(anne), prepare, guest.actor.person_id)
    with pytest.raises(PersonNotFound):
        tasks.assign(call(anne), prepare, "nobody")
    with pytest.raises(NotAssignee):
        tasks.assign(call(guest), prepare, bo.actor.person_id)
    assert tasks.assign(call(anne), prepare, bo.actor.person_id)["assignee_name"] == "Bo"
    admin = house.person("admin", "admin")
    assert tasks.assign(call(admin), prepare, anne.actor.person_id)["assignee_name"] == "Anne"
    assert tasks.release(call(admin), prepare)["assignee"] is None


def test_what_another_workspace_has_is_not_there(house, call, prepare):
    elsewhere = house.person("elsewhere", "pogi.sec", "admin", workspace="lillestrom")
    for move in (tasks.claim, tasks.release):
        with pytest.raises(TaskNotFound):
            move(call(elsewhere), prepare)
    with pytest.raises(TaskNotFound):
        tasks.complete(call(elsewhere), prepare, {})


def test_who_holds_no_role_sees_nothing(house, call, prepare):
    with pytest.raises(TaskNotFound):
        tasks.claim(call(house.person("stranger")), prepare)


def test_a_role_counts_only_while_it_is_held(house, call, prepare):
    guest = house.person("guest", "pogi.wg")
    with pytest.raises(NotCandidate):
        tasks.claim(call(guest), prepare)
    now = house.ports.now()
    roles.grant(house.operator(), "guest", "pogi.sec", now, house.later(days=1))
    prefix = tokens.prefix(guest.token) or ""
    assert "pogi.sec" not in bearer(prefix, house.ports.now(), now)[1].roles, "it ended a moment ago"
    assert "pogi.sec" in bearer(prefix, now, now)[1].roles


def test_who_did_one_may_not_do_the_other(house, call, anne, bo):
    excluded = {"excludes": "draft"}
    drawing = (
        process("four-eyes").start().user("draft", lane="pogi.sec")
        .user("approve", lane="pogi.sec", properties=excluded).end()
    )  # fmt: skip
    house.deploy({"four-eyes.bpmn": drawing.bpmn()})
    started = instances.start(call(anne), "four-eyes", {}, None)
    (approve,) = tasks.complete(call(anne), started["tasks"][0]["id"], {})["opened"]
    with pytest.raises(ExcludedByEarlierTask, match="You completed draft in this case"):
        tasks.complete(call(anne), approve["id"], {})
    with pytest.raises(ExcludedByEarlierTask):
        tasks.claim(call(anne), approve["id"])
    assert tasks.complete(call(bo), approve["id"], {})["instance_status"] == "completed"


def test_answers_are_judged_by_the_form_of_the_deployment_and_sealed(house, call, anne, prepare):
    (vote,) = tasks.complete(call(anne), prepare, {})["opened"]
    with pytest.raises(AnswersRefused) as refused:
        tasks.complete(call(anne), vote["id"], {"vote": "maybe", "more": 1})
    assert {fault.pointer for fault in refused.value.faults} == {"/vote", "/more"}
    tasks.complete(call(anne), vote["id"], {"vote": "for", "remark": "Anne Hansen"})
    with db.reading() as session:
        (disclosed,) = session.scalars(select(Disclosure)).all()
        assert json.loads(disclosed.value) == "Anne Hansen"
        assert (disclosed.pointer, disclosed.person_id) == ("/remark", anne.actor.person_id)


def test_a_task_without_a_form_takes_no_answers(call, anne, prepare):
    with pytest.raises(AnswersRefused):
        tasks.complete(call(anne), prepare, {"anything": 1})
    with db.reading() as session:
        assert session.scalars(select(Task.state)).one() == "open"
