"""Instructions that name what somebody wrote: it stands there opened while it is there, and in no table or record."""

import json

import pytest

from service.commands import instances, tasks
from service.queries.desk import desk
from service.queries.tasks import task
from service.runtime.command import Call
from service.store import db, disclosures
from service.store.disclosures import erase
from service.store.tables import Task
from tests.app.house import House
from tests.diagrams import process

FORM = {"type": "object", "properties": {"name": {"type": "string"}}}


@pytest.fixture
def call(house: House) -> Call:
    drawing = (
        process("ask")
        .start()
        .user("write", lane="pogi.sec", form="name")
        .user("phone", lane="pogi.sec", instructions="Ring til **{{ name }}** i dag.")
        .end()
    )
    house.deploy({"ask.bpmn": drawing.bpmn(), "name.schema.json": json.dumps(FORM).encode()})
    return Call(house.person("anne", "pogi.sec").actor, house.ports)


def test_whoever_does_the_task_reads_the_name_until_it_is_erased(house: House, call: Call):
    started = instances.start(call, "ask", {}, None)
    phone = tasks.complete(call, started["tasks"][0]["id"], {"name": "Bo *Åberg*"})["opened"][0]["id"]

    def read() -> tuple[str, str]:
        shown = desk(call.actor, phone, "da", house.ports.now())["instructions"].text
        return shown, task(call.actor, phone)["instructions"]

    assert read() == ("Ring til **Bo \\*Åberg\\*** i dag.",) * 2
    with db.reading() as session:
        resting = session.get_one(Task, ("pogi", phone)).instructions
        (row,) = disclosures.of_case(session, "pogi", started["case_id"])
    assert resting is not None and "Åberg" not in resting
    with db.transaction() as session:
        erase(session, "pogi", [row.commitment])
    assert read() == ("Ring til **–** i dag.",) * 2
