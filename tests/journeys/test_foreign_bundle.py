"""A diagram of a foreign engine, sent as it is: put into force, and taken to its end by the people of its lanes."""

import json

import pytest

from service.store import cases, journal
from service.store.db import reading
from tests.api.sending import send
from tests.app.house import House, Someone
from tests.diagrams import process

PURCHASE = {"type": "object", "required": ["thing"], "properties": {"thing": {"type": "string", "x-sealed": False}}}
JUDGEMENT = {"type": "object", "required": ["approved"], "properties": {"approved": {"type": "boolean"}}}


def foreign(condition: str = "approved == True") -> dict[str, bytes]:
    """A purchase that somebody asks for, somebody approves and somebody orders, as its engine's editor keeps it."""
    drawing = (
        process("purchase")
        .start()
        .user("ask", lane="Requester", form="ask")
        .user("judge", lane="Manager", form="judge", instructions="Is {{ thing }} needed?")
        .exclusive("approved")
        .user("order", lane="Finance", when=condition, flow="yes")
        .end("ordered")
        .at("approved")
        .otherwise()
        .end("refused")
    )
    model = {"display_name": "Purchase", "primary_process_id": "purchase"}
    return {
        "purchase.bpmn": drawing.bpmn(),
        "ask.schema.json": json.dumps(PURCHASE).encode(),
        "judge.schema.json": json.dumps(JUDGEMENT).encode(),
        "process_model.json": json.dumps(model).encode(),
    }


@pytest.fixture
def owner(house: House) -> Someone:
    return house.person("owner", "process.owner")


def test_it_is_refused_as_it_is_with_the_element_and_what_to_write(owner: Someone):
    refused = send(owner, foreign(), "?create_roles=1")
    assert refused.status_code == 422
    (fault,) = [it for it in refused.json["errors"] if it["pointer"] == "purchase.bpmn#yes"]
    assert "approved = true" in fault["detail"]
    assert owner.get("/api/v1/definitions").json["definitions"] == []


@pytest.mark.parametrize(("approved", "end"), [(True, "ordered"), (False, "refused")])
def test_it_is_translated_and_three_people_take_it_to_its_end(house: House, owner: Someone, approved, end):
    deployed = send(owner, foreign(), "?translate=1&create_roles=1")
    assert deployed.status_code == 202, deployed.json
    assert sorted(house.approve(deployed.json["approval"])["roles_created"]) == ["Finance", "Manager", "Requester"]
    report = deployed.json["translation"]
    (change,) = [it for it in report["changes"] if it["element"] == "yes"]
    assert (change["before"], change["after"]) == ("approved == True", "approved = true")
    assert {lane["name"] for lane in report["lanes"]} == {"Finance", "Manager", "Requester"}
    assert report["executable"] == ["purchase"]
    assert not [it for it in deployed.json["findings"] if it["level"] == "error"]

    people = {role: house.person(role.lower(), role) for role in ("Requester", "Manager", "Finance")}
    started = people["Requester"].post("/api/v1/instances", {"definition": "purchase"})
    assert started.status_code == 201, started.json
    steps = [("Requester", {"thing": "a desk"}), ("Manager", {"approved": approved}), ("Finance", {})]
    for role, answers in steps[: 3 if approved else 2]:
        inboxes = {name: it.get("/api/v1/tasks?scope=roles").json["tasks"] for name, it in people.items()}
        assert [name for name, waiting in inboxes.items() if waiting] == [role], "nobody else has something to do"
        (task,) = inboxes[role]
        done = people[role].post(f"/api/v1/tasks/{task['id']}/complete", {"answers": answers})
        assert done.status_code == 200, done.json
    ended = owner.get(f"/api/v1/instances/{started.json['id']}").json
    assert (ended["status"], ended["end_event"], ended["tasks"]) == ("completed", end, [])
    assert (ended["variables"]["thing"], ended["variables"]["approved"]) == ("a desk", approved)
    with reading() as session:
        case = cases.case(session, "pogi", ended["case_id"])
        assert case is not None and journal.verify(session, case) is None


def test_sending_it_again_changes_nothing(house: House, owner: Someone):
    first = send(owner, foreign(), "?translate=1&create_roles=1")
    assert send(owner, foreign(), "?translate=1&create_roles=1").json["approval"] == first.json["approval"]
    house.approve(first.json["approval"])
    again = send(owner, foreign(), "?translate=1")
    assert (again.status_code, again.json["unchanged"]) == (200, True)


def test_what_cannot_be_translated_is_refused_with_its_place(owner: Someone):
    refused = send(owner, foreign("[it for it in approved][0].run()"), "?translate=1&create_roles=1")
    assert refused.status_code == 422
    assert "purchase.bpmn#yes" in {it["pointer"] for it in refused.json["errors"]}
    assert owner.get("/api/v1/definitions").json["definitions"] == []


def test_lanes_without_a_role_stop_it_unless_they_are_to_be_made(owner: Someone):
    refused = send(owner, foreign(), "?translate=1")
    assert refused.status_code == 422
    assert {it["rule"] for it in refused.json["errors"] if "role" in it["detail"]} == {"lane-without-role"}
