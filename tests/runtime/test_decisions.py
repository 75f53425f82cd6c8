"""A deployed decision table cannot be changed behind the service's back: its bundle is known by its digest."""

import hashlib
from typing import Any

import pytest
from sqlalchemy import select, update

from service.commands import deployments, instances, tasks
from service.domain.errors import DecisionUnanswerable
from service.queries import bundles, decisions, replay
from service.runtime import definitions as runtime_definitions
from service.runtime.command import Call
from service.store import db, definitions
from service.store.tables import BundleFile, Incident
from tests.app.house import House, Someone
from tests.app.visiting import visiting
from tests.diagrams import process
from tests.engine.decisions.drawing import decision, file, given, table, text
from tests.web.reading import seen

RULES = table("UNIQUE", ["amount"], ["level: string"], ['< 5 => "low"', '>= 5 => "high"'])
TABLE = file(given("amount", "number"), decision("level", RULES, needs=["in-amount"]))
MODEL = "https://www.omg.org/spec/DMN/20230324/MODEL/"
IMPORTING = file(
    f'<import name="rules" namespace="urn:test" importType="{MODEL}"/>',
    decision(
        "level of all",
        '<informationRequirement><requiredDecision href="urn:test#level"/></informationRequirement>'
        + text('"all " + rules.level'),
    ),
).replace(b'namespace="urn:test">', b'namespace="urn:all">')


@pytest.fixture
def anne(house: House) -> Someone:
    drawing = (
        process("p").io(inputs=["amount"]).start().user("ask", lane="pogi.sec").rule("judge", "level", lane="pogi.sec")
    )
    rules = drawing.rule("again", "level-of-all", lane="pogi.sec").user("next", lane="pogi.sec").end()
    files = {"p.bpmn": rules.bpmn(), "rules.dmn": TABLE, "all.dmn": IMPORTING}
    deployments.deploy(house.operator(), bundles.sent(files), "", True)
    return house.person("anne", "pogi.sec")


def begun(house: House, anne: Someone) -> dict[str, Any]:
    return instances.start(Call(anne.actor, house.ports), "p", {"amount": 7}, None)


def tampered() -> str:
    """Change one rule of the table where it is kept, and nothing else; the digest of its bundle."""
    with db.transaction() as session:
        row = session.scalars(select(BundleFile).where(BundleFile.name == "rules.dmn")).one()
        changed = definitions.unpack(row.content).replace(b'"high"', b'"none"')
        session.execute(
            update(BundleFile).where(BundleFile.name == "rules.dmn").values(content=definitions.pack(changed))
        )
        return row.bundle_digest


def test_a_table_and_those_that_import_it_are_asked_and_replayed(house: House, anne: Someone):
    started = begun(house, anne)
    done = tasks.complete(Call(anne.actor, house.ports), started["tasks"][0]["id"], {})
    assert (done["incident"], [task["activity"] for task in done["opened"]]) == (None, ["next"])
    assert replay.case(anne.actor, started["case_id"])["ok"]


def test_a_table_that_was_changed_in_the_database_is_not_asked(house: House, anne: Someone):
    started = begun(house, anne)
    digest = tampered()
    done = tasks.complete(Call(anne.actor, house.ports), started["tasks"][0]["id"], {})
    assert done["incident"] is not None
    assert digest in done["incident"]["message"]
    assert "were changed after it was deployed" in done["incident"]["message"]
    with db.reading() as session:
        assert [row.kind for row in session.scalars(select(Incident))] == ["decision"]
    with pytest.raises(DecisionUnanswerable, match=digest):
        decisions.evaluate(anne.actor, "level", {"amount": 7}, house.ports.now())


def test_a_table_that_was_changed_afterwards_is_found_by_the_replay(house: House, anne: Someone):
    started = begun(house, anne)
    tasks.complete(Call(anne.actor, house.ports), started["tasks"][0]["id"], {})
    tampered()
    found = replay.case(anne.actor, started["case_id"])
    assert not found["ok"]
    assert found["difference"]["reason"] == "the files of the bundle of “p” were changed after it was deployed"


def test_a_table_of_another_bundle_that_was_changed_afterwards_is_found_with_both_digests(house: House):
    rules = {"rules.dmn": TABLE}
    deployments.deploy(house.operator(), bundles.sent(rules), "", True)
    drawing = (
        process("q")
        .io(inputs=["amount"])
        .start()
        .user("ask", lane="pogi.sec")
        .rule("judge", "level", lane="pogi.sec")
        .end()
    )
    house.deploy({"q.bpmn": drawing.bpmn()})
    call = Call(house.person("birgit", "pogi.sec").actor, house.ports)
    started = instances.start(call, "q", {"amount": 7}, None)
    tasks.complete(call, started["tasks"][0]["id"], {})
    tampered()
    found = replay.case(call.actor, started["case_id"])
    told = found["difference"]
    assert (found["steps"], told["kind"]) == (1, "task.completed")
    assert told["place"] == {"instance": started["id"], "element": "judge", "decision": "level"}
    assert told["written"] == hashlib.sha256(TABLE).hexdigest()
    assert told["found"] == hashlib.sha256(TABLE.replace(b'"high"', b'"none"')).hexdigest()


def test_the_page_of_a_case_opens_after_a_restart_although_its_files_were_changed(house: House, anne: Someone):
    started = begun(house, anne)
    tampered()
    runtime_definitions._caches.clear()
    reader = visiting(house, "reader", "pogi.sec")
    page = reader.get(f"/pogi/cases/{started['case_id']}/timeline?check=1")
    assert page.status_code == 200
    assert "blev ændret, efter at den blev sat i kraft" in seen(page.text)


def test_the_auditor_is_told_in_her_own_language_what_does_not_hold(house: House, anne: Someone):
    started = begun(house, anne)
    tasks.complete(Call(anne.actor, house.ports), started["tasks"][0]["id"], {})
    tampered()
    reader = visiting(house, "reader", "pogi.sec")
    path = f"/pogi/cases/{started['case_id']}/timeline?check=1"
    for language, sentence in (
        ("da", "Filerne i pakken med »p« blev ændret, efter at den blev sat i kraft"),
        ("nb", "Filene i pakken med «p» ble endret etter at den ble satt i kraft"),
        ("en", "The files of the bundle of “p” were changed after it was deployed"),
    ):
        reader.client.set_cookie("mandat_language", language)
        assert sentence in seen(reader.get(path).text)
