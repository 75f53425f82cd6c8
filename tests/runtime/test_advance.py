"""What one step leaves behind in the database: calls, timers, incidents."""

import json

import pytest
from sqlalchemy import func, select

from service.app import create_app
from service.commands import incidents, instances, tasks
from service.domain.errors import IncidentAlreadyResolved
from service.domain.ports import seeded
from service.identity.clockwork import fire_due
from service.runtime.command import Call
from service.settings import Settings
from service.store import cases, db, journal
from service.store.tables import Case, Incident, Instance, JournalEntry, Task, Timer
from tests.app.house import START, House, Someone, gate, two_tasks, waiting
from tests.diagrams import after, process

LIFE = {
    "life.bpmn": process("life").start().call("adopt", "adoption").user("publish", lane="pogi.sec").end("over").bpmn(),
    "adoption.bpmn": two_tasks()["adoption.bpmn"],
    "vote.schema.json": two_tasks()["vote.schema.json"],
}


def call_of(someone: Someone, house: House) -> Call:
    return Call(someone.actor, house.ports)


def rows(entity, **where):
    with db.reading() as session:
        return session.scalars(select(entity).filter_by(**where)).all()


def kinds(case_id: str) -> list[str]:
    with db.reading() as session:
        case = session.get_one(Case, ("pogi", case_id))
        assert journal.verify(session, case) is None
        return [entry["kind"] for entry in journal.entries(session, "pogi", case_id)]


def test_a_call_runs_a_child_in_the_same_case_and_hands_back(house: House):
    secretary, chair = house.person("secretary", "pogi.sec"), house.person("chair", "pogi.chair")
    house.deploy(LIFE)
    sec, ch = call_of(secretary, house), call_of(chair, house)
    started = instances.start(sec, "life", {}, None)
    (child,) = rows(Instance, parent_id=started["id"])
    assert (child.case_id, child.process_key, child.status) == (started["case_id"], "adoption", "active")
    (prepare,) = started["tasks"]
    (vote,) = tasks.complete(sec, prepare["id"], {})["opened"]
    done = tasks.complete(ch, vote["id"], {"vote": "for"})
    assert done["instance_status"] == "completed"
    (publish,) = done["opened"]
    assert publish["instance_id"] == started["id"]
    with db.reading() as session:
        assert [row.id for row in cases.active(session, "pogi", started["case_id"])] == [started["id"]]
    tasks.complete(sec, publish["id"], {})
    (case,) = rows(Case)
    assert case.closed_at is not None
    assert "call.bound" in kinds(case.id)
    assert {row.snapshot for row in rows(Instance)} == {None}


def test_a_new_version_is_taken_by_a_call_that_has_not_come_yet_and_not_by_what_runs(house: House):
    secretary = house.person("secretary", "pogi.sec")
    sec = call_of(secretary, house)
    first = house.deploy(gate())
    running = instances.start(sec, "gate", {}, None)
    changed = gate() | {"gate.bpmn": gate()["gate.bpmn"].replace(b"share &gt; 50", b"share &gt; 10")}
    second = house.deploy(changed)
    assert (first["version"], second["version"], second["unchanged"]) == (1, 2, False)
    assert house.deploy(changed)["unchanged"]
    later = instances.start(sec, "gate", {}, None)
    assert tasks.complete(sec, running["tasks"][0]["id"], {"share": 20})["instance_status"] == "completed"
    assert tasks.complete(sec, later["tasks"][0]["id"], {"share": 20})["instance_status"] == "completed"
    assert {row.id: row.end_event for row in rows(Instance)} == {running["id"]: "lapsed", later["id"]: "adopted"}


def test_a_timer_fires_when_it_is_due_and_once(house: House):
    secretary = house.person("secretary", "pogi.sec")
    house.deploy(waiting())
    started = instances.start(call_of(secretary, house), "waiting", {}, None)
    assert len(rows(Timer)) == 1
    house.later(hours=47)
    assert fire_due() == 0
    house.later(hours=2)
    assert fire_due() == 1
    assert fire_due() == 0
    assert rows(Timer) == []
    assert [task.activity_id for task in rows(Task)] == ["act"]
    assert kinds(started["case_id"]) == ["instance.started", "timer.set", "timer.fired", "task.opened"]


def test_an_undefined_name_keeps_the_answers_and_the_case_as_it_was(house: House):
    secretary = house.person("secretary", "pogi.sec")
    sec = call_of(secretary, house)
    house.deploy(gate())
    started = instances.start(sec, "gate", {}, None)
    task = started["tasks"][0]["id"]
    (before,) = rows(Instance)

    failed = tasks.complete(sec, task, {})
    assert failed["instance_status"] == "incident"
    assert failed["task"]["state"] == "claimed", "nobody else's answers take the place of hers"
    assert "share" in failed["incident"]["message"] + (failed["incident"]["expression"] or "")
    (after_it,) = rows(Instance)
    assert (after_it.snapshot, after_it.version) == (before.snapshot, before.version)
    assert kinds(started["case_id"])[-2:] == ["incident.opened", "task.claimed"]

    again = tasks.complete(sec, task, {})
    assert again["incident"]["id"] == failed["incident"]["id"], "one incident for one task"
    done = tasks.complete(sec, task, {"share": 60})
    assert done["instance_status"] == "completed"
    (incident,) = rows(Incident)
    assert incident.resolved_at is not None
    assert rows(Case)[0].incidents == 0
    assert kinds(started["case_id"])[-1] == "incident.resolved"


def test_a_move_that_waited_is_made_again_in_the_name_of_who_made_it(house: House):
    secretary, owner = house.person("secretary", "pogi.sec"), house.person("owner", "process.owner")
    sec = call_of(secretary, house)
    life = {"life.bpmn": process("life").start().user("ask", lane="pogi.sec").call("adopt", "adoption").end().bpmn()}
    house.deploy(two_tasks())
    house.deploy(life)
    started = instances.start(sec, "life", {}, None)
    with db.transaction() as session:  # the called process is taken out of force while the case waits
        session.connection().exec_driver_sql("DELETE FROM in_force WHERE process_key = 'adoption'")
    failed = tasks.complete(sec, started["tasks"][0]["id"], {})
    assert failed["incident"]["kind"] == "not-in-force"

    house.deploy(two_tasks() | {"note.txt": b"a second version"})
    retried = incidents.retry(call_of(owner, house), failed["incident"]["id"])
    assert retried["incident"]["resolved_at"] is not None
    assert [task["activity"] for task in retried["opened"]] == ["prepare"]
    (ask,) = rows(Task, activity_id="ask")
    assert (ask.state, ask.assignee_id) == ("completed", secretary.actor.person_id)
    with db.reading() as session:
        told = {entry["kind"]: entry for entry in journal.entries(session, "pogi", started["case_id"])}
    assert told["task.completed"]["actor"] == secretary.actor.person_id
    assert told["incident.resolved"]["actor"] == owner.actor.person_id
    with pytest.raises(IncidentAlreadyResolved):
        incidents.retry(call_of(owner, house), failed["incident"]["id"])


def test_a_start_that_fails_waits_and_can_be_made_again(house: House):
    secretary, owner = house.person("secretary", "pogi.sec"), house.person("owner", "process.owner")
    house.deploy(two_tasks())
    house.deploy({"life.bpmn": process("life").start().call("adopt", "adoption").end().bpmn()})
    with db.transaction() as session:
        session.connection().exec_driver_sql("DELETE FROM in_force WHERE process_key = 'adoption'")
    failed = instances.start(call_of(secretary, house), "life", {}, "2026-1")
    assert failed["status"] == "incident"
    assert rows(Instance) == []
    house.deploy(two_tasks() | {"note.txt": b"a second version"})
    incidents.retry(call_of(owner, house), failed["incident"]["id"])
    assert {row.id for row in rows(Instance, parent_id=None)} == {failed["id"]}


DMN = b"""<?xml version="1.0"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="rules" name="rules" namespace="urn:rules">
<inputData id="share" name="share"><variable id="v" name="share" typeRef="number"/></inputData>
<decision id="quorum" name="quorum"><informationRequirement id="r"><requiredInput href="#share"/></informationRequirement>
<decisionTable id="table" hitPolicy="FIRST">
<input id="in"><inputExpression id="ie" typeRef="number"><text>share</text></inputExpression></input>
<output id="out" name="quorate" typeRef="boolean"/>
<rule id="enough"><inputEntry id="a"><text>&gt; 50</text></inputEntry><outputEntry id="b"><text>true</text></outputEntry></rule>
<rule id="few"><inputEntry id="c"><text>-</text></inputEntry><outputEntry id="d"><text>false</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


def decided(quorate: bool) -> bytes:
    return DMN if quorate else DMN.replace(b"&gt; 50", b"&gt; 90")


def test_a_decision_is_that_of_the_callers_bundle_or_else_the_one_in_force(house: House):
    secretary = house.person("secretary", "pogi.sec")
    sec = call_of(secretary, house)

    def asking(key: str) -> bytes:
        return process(key).start().user("ask", lane="pogi.sec", form="share").rule("rule", "quorum").end().bpmn()

    form = gate()["share.schema.json"]
    house.deploy({"own.bpmn": asking("own"), "rules.dmn": decided(True), "share.schema.json": form})
    house.later(days=1)
    house.deploy({"rules.dmn": decided(False)})
    house.deploy({"other.bpmn": asking("other"), "share.schema.json": form})
    for key, quorate, rule in (("own", True, "enough"), ("other", False, "few")):
        started = instances.start(sec, key, {}, None)
        assert tasks.complete(sec, started["tasks"][0]["id"], {"share": 60})["instance_status"] == "completed"
        (row,) = rows(Instance, id=started["id"])
        assert json.loads(row.variables)["quorate"] is quorate
        with db.reading() as session:
            (made,) = [
                entry["data"]
                for entry in journal.entries(session, "pogi", started["case_id"])
                if entry["kind"] == "evaluation.made"
            ]
        assert (made["of"], made["activity"]) == ("decision", "rule")
        assert rule in str(made["record"])


def test_a_timer_that_cannot_be_fired_is_held_back(house: House):
    secretary = house.person("secretary", "pogi.sec")
    drawing = (
        process("late").io(inputs=["nothing"]).start().catch("rest", after('duration("P1D")')).exclusive("which")
        .end("one", when="nothing > 1").at("which").otherwise().end("other")
    )  # fmt: skip
    house.deploy({"late.bpmn": drawing.bpmn()})
    instances.start(call_of(secretary, house), "late", {}, None)
    house.later(days=2)
    assert fire_due() == 0
    assert [timer.held for timer in rows(Timer)] == [True]
    assert len(rows(Incident)) == 1


def test_cancelling_ends_the_instance_and_what_it_called(house: House):
    secretary, owner = house.person("secretary", "pogi.sec"), house.person("owner", "process.owner")
    house.deploy(LIFE)
    started = instances.start(call_of(secretary, house), "life", {}, None)
    instances.cancel(call_of(owner, house), started["id"])
    assert {row.status for row in rows(Instance)} == {"cancelled"}
    assert {row.state for row in rows(Task)} == {"cancelled"}
    assert rows(Case)[0].closed_at is not None
    assert kinds(started["case_id"])[-4:].count("instance.ended") == 2


def test_two_runs_with_the_same_seed_write_the_same_journal(tmp_path):
    heads = []
    for number in range(2):
        ports = seeded(3, START)
        app = create_app(Settings(database_url=f"sqlite:///{tmp_path}/{number}.sqlite3"), ports)
        with app.app_context():
            db.upgrade()
            house = House(app, ports)
            secretary = house.person("secretary", "pogi.sec")
            house.deploy(two_tasks())
            started = instances.start(call_of(secretary, house), "adoption", {}, None)
            tasks.complete(call_of(secretary, house), started["tasks"][0]["id"], {})
            with db.reading() as session:
                heads.append((session.scalars(select(Case.journal_head)).one(), started))
                assert (session.scalar(select(func.count()).select_from(JournalEntry)) or 0) > 8
            db.dispose()
    assert heads[0] == heads[1]
