"""Operations stand and fall with the step that calls them."""

import pytest
from marshmallow import Schema, fields
from sqlalchemy import select

from service import operations
from service.commands import instances, tasks
from service.domain.errors import RoleNotFound
from service.domain.facts import RoleAdded
from service.queries import replay
from service.runtime.command import Call
from service.store import db, journal
from service.store.tables import Role
from tests.app.house import House, Someone, gate
from tests.diagrams import process


def make_role(session, place, parameters):
    """Makes a role: a row and a fact that a test can look for."""
    if parameters["key"] == "refused":
        raise RoleNotFound(key="refused")
    session.add(Role(workspace_id=place.workspace_id, key=parameters["key"], label=parameters["key"]))
    place.tell(RoleAdded(role=parameters["key"], label=place.by.actor))
    return {"made": parameters["key"]}


@pytest.fixture(autouse=True)
def operation(monkeypatch: pytest.MonkeyPatch) -> None:
    shape = Schema.from_dict({"key": fields.String(required=True)})()
    made = operations.Operation("roles.make", 1, shape, make_role)
    monkeypatch.setitem(operations.REGISTRY, "roles.make", made)


@pytest.fixture
def anne(house: House) -> Someone:
    return house.person("anne", "pogi.sec")


def deploy(house: House, key: str) -> None:
    drawing = (
        process("making").start().user("ask", lane="pogi.sec", form="share")
        .service("make", "roles.make", {"key": f'"{key}"'}, result="answer").exclusive("enough")
        .end("adopted", when="share > 50").at("enough").otherwise().end("lapsed")
    )  # fmt: skip
    house.deploy({"making.bpmn": drawing.bpmn(), "share.schema.json": gate()["share.schema.json"]})


def complete(house: House, anne: Someone, answers: dict[str, int]):
    call = Call(anne.actor, house.ports)
    started = instances.start(call, "making", {}, None)
    return started["case_id"], tasks.complete(call, started["tasks"][0]["id"], answers)


def roles() -> set[str]:
    with db.reading() as session:
        return set(session.scalars(select(Role.key).where(Role.workspace_id == "pogi")))


def test_what_an_operation_does_is_kept_with_the_step_and_told_behind_its_cause(house, anne):
    deploy(house, "new")
    case_id, done = complete(house, anne, {"share": 60})
    assert done["instance_status"] == "completed"
    assert "new" in roles()
    with db.reading() as session:
        told = journal.entries(session, "pogi", case_id)
    kinds = [entry["kind"] for entry in told]
    assert kinds[kinds.index("task.completed") + 1] == "role.added"
    (called,) = [entry["data"] for entry in told if entry["kind"] == "operation.called"]
    assert (called["operation"], called["result"]) == ("roles.make", {"made": "new"})


def test_what_an_operation_did_is_taken_back_when_the_step_cannot_be_made(house, anne):
    deploy(house, "gone")
    case_id, failed = complete(house, anne, {})
    assert failed["instance_status"] == "incident"
    assert "gone" not in roles()
    with db.reading() as session:
        assert "role.added" not in [entry["kind"] for entry in journal.entries(session, "pogi", case_id)]


def test_a_refusal_of_an_operation_is_an_incident_that_says_why(house, anne):
    deploy(house, "refused")
    _, failed = complete(house, anne, {"share": 60})
    assert failed["incident"]["kind"] == "operation"
    assert "There is no role refused" in failed["incident"]["message"]


def test_what_an_operation_was_asked_is_told_as_it_was_asked(house, anne, monkeypatch: pytest.MonkeyPatch):
    def greedy(_session, _place, parameters):
        parameters["seats"].append({"organisation": "late"})
        parameters["seats"][0]["organisation"] = "other"

    shape = Schema.from_dict({"seats": fields.Raw(required=True)})()
    monkeypatch.setitem(operations.REGISTRY, "seats.take", operations.Operation("seats.take", 1, shape, greedy))
    asked = {"seats": '[{organisation: "first"}]'}
    drawing = process("taking").start().service("take", "seats.take", asked).user("ask", lane="pogi.sec").end()
    house.deploy({"taking.bpmn": drawing.bpmn()})
    started = instances.start(Call(anne.actor, house.ports), "taking", {}, None)
    with db.reading() as session:
        told = journal.entries(session, "pogi", started["case_id"])
    (called,) = [entry["data"] for entry in told if entry["kind"] == "operation.called"]
    assert called["parameters"] == {"seats": [{"organisation": "first"}]}
    assert replay.case(anne.actor, started["case_id"])["ok"]
