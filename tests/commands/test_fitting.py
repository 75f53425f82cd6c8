"""Answers that no schema alone can judge: by the lists of the workspace, by the day, by other answers and the case."""

import json

import pytest

from service.commands import instances, tasks
from service.domain.errors import AnswersRefused, BundleRefused
from service.operations.choices import LISTS, offered
from service.queries.starting import one
from service.queries.tasks import inbox
from service.runtime.command import Call
from service.store import db
from service.store.tables import Case
from tests.app.house import House
from tests.app.records import desk, partnership, shipped
from tests.app.visiting import visiting
from tests.diagrams import process
from tests.operations.test_targets import in_force
from tests.web.reading import seen


def wrong(call: Call, key: str, answers: dict[str, object]) -> dict[str, str]:
    """What a start is refused for, by field."""
    with pytest.raises(AnswersRefused) as refused:
        instances.start(call, key, answers, None)
    return {fault.pointer: fault.rule for fault in refused.value.faults}


@pytest.fixture
def register(house: House) -> tuple[House, str]:
    """A workspace with one target in force."""
    partnership(house)
    _, target = in_force(house)
    shipped(house, "decision-rules", "written-procedure", "steering-group-decision", "hearing", "publication")
    shipped(house, "editorial-adjustment", "working-group", "market-scan", "drafting", "adoption")
    shipped(house, "target-initiation", "target-lifecycle", "revision")
    return house, target


def test_only_a_target_in_force_is_revised_and_nothing_begins_otherwise(register):
    house, target = register
    sec = Call(house.person("sec", "pogi.sec").actor, house.ports)
    assert wrong(sec, "revision", {"target": "99", "cause": "law"}) == {"/target": "x-choices"}
    with db.reading() as session:
        assert session.query(Case).filter(Case.business_key == "99").count() == 0
    offered = one(sec.actor, "revision", "da", house.ports.now())["lists"]
    assert offered == {"targets.in_force": [(target, f"{target} Eksempel: arbejdstøj")]}
    begun = instances.start(sec, "revision", {"target": target, "cause": "law"}, None)
    assert begun["incident"] is None
    assert begun["business_key"] == target


def test_a_page_offers_the_targets_by_title_and_says_so_at_the_field(register):
    house, target = register
    anne = visiting(house, "anne", "pogi.sec")
    page = anne.get("/pogi/start/revision").text
    assert f'<option value="{target}">{target} Eksempel: arbejdstøj</option>' in page
    refused = anne.post("/pogi/start/revision", {"/target": "99", "/cause": "law"})
    assert refused.status_code == 422
    assert "Indkøbsmål: Vælg et af svarene." in seen(refused.text)
    begun = anne.post("/pogi/start/revision", {"/target": target, "/cause": "law"})
    assert f"Revidering af et indkøbsmål, {target}" in seen(anne.get(begun.headers["Location"]).text)
    shown = seen(anne.get("/pogi/inbox").text)
    in_force = shown.partition("Anledning")[2].partition("Det sker bagefter")[0]
    assert "a Krav Tøjet kan repareres. Kravspecifikation" in in_force, "what is revised lies before her"
    assert "Midlertidige krav" not in in_force, "nobody wrote it on that form"


FORM = {
    "type": "object",
    "properties": {
        "on": {"type": "string", "format": "date", "title": "Dag"},
        "until": {"type": "string", "format": "date", "title": "Til"},
    },
    "required": ["on"],
    "x-checks": [
        {"that": "date(on) >= today()", "field": "/on", "message": "Dagen er forbi."},
        {"that": "date(until) >= date(on)", "field": "/until", "message": "Til ligger før dagen."},
        {"that": "date(on) < date(latest)", "field": "/on", "message": "Det er for sent i sagen."},
    ],
}
TEXTS = {"day.schema.json#/x-checks/0/message": "The day is over."}


def meeting(**changed: object) -> dict[str, bytes]:
    drawing = (
        process("meeting", name="Møde").start(lane="pogi.sec").script("set", 'latest = "2026-03-01"')
        .user("ask", name="Vælg dag", lane="pogi.sec", properties={"formJsonSchemaFilename": "day.schema.json"}).end()
    )  # fmt: skip
    files = {"meeting.bpmn": drawing.bpmn(), "day.schema.json": json.dumps(FORM | changed).encode()}
    return files | {"texts.en.json": json.dumps(TEXTS).encode()}


@pytest.fixture
def asked(house: House) -> tuple[Call, str]:
    house.role("pogi.sec")
    house.deploy(meeting())
    call = Call(house.person("anne", "pogi.sec").actor, house.ports)
    instances.start(call, "meeting", {}, None)
    (task,) = inbox(call.actor, "roles")["tasks"]
    return call, task["id"]


@pytest.mark.parametrize(
    ("answers", "faults"),
    [
        ({"on": "2026-01-04"}, {"/on": "Dagen er forbi."}),
        ({"on": "2026-01-06", "until": "2026-01-05"}, {"/until": "Til ligger før dagen."}),
        ({"on": "2026-03-02"}, {"/on": "Det er for sent i sagen."}),
        ({"on": "2026-01-04", "until": "2026-01-03"}, {"/on": "Dagen er forbi.", "/until": "Til ligger før dagen."}),
        ({"until": "2026-01-03"}, {"/on": "This field must be filled in."}),
    ],
)
def test_a_condition_is_told_at_its_field_and_looks_at_the_day_other_answers_and_the_case(asked, answers, faults):
    call, task_id = asked
    with pytest.raises(AnswersRefused) as refused:
        tasks.complete(call, task_id, answers)
    assert {fault.pointer: fault.message for fault in refused.value.faults} == faults
    assert tasks.complete(call, task_id, {"on": "2026-01-05"})["incident"] is None


def test_a_condition_speaks_the_readers_language(house: House, asked):
    _, task_id = asked
    page = visiting(house, "anne2", "pogi.sec").post(f"/pogi/tasks/{task_id}/complete", {"/on": "2026-01-04"})
    assert page.status_code == 422
    assert "Dag: Dagen er forbi." in seen(page.text)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"x-checks": [FORM["x-checks"][0] | {"that": "date(on) >="}]}, "Condition 1 of the form cannot be read"),
        (
            {"properties": {"on": {"type": "string", "x-choices": "targets.gone"}}},
            "the list “targets.gone”, which there",
        ),
    ],
)
def test_what_could_not_be_judged_is_not_deployed(house: House, changed, message):
    house.role("pogi.sec")
    with pytest.raises(BundleRefused) as refused:
        house.deploy(meeting(**changed))
    assert message in " ".join(finding.message for finding in refused.value.findings)


def test_a_list_holds_what_stands_in_the_register_now(house: House):
    partnership(house)
    call = desk(house)
    call("targets.propose", title="Eksempel: uniformer", category="Tekstiler")
    with db.reading() as session:
        found = {name: [it.label for it in offered(session, "pogi", name, house.ports.now())] for name in LISTS}
    assert found["targets.in_force"] == []
    assert found["targets.standing"] == ["1 Eksempel: uniformer"]
    assert len(found["organisations.members"]) == len(found["organisations.voters"]) == 9
    assert found["organisations"] == sorted(found["organisations"], key=str.casefold)
