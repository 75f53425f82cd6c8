"""Replay: a case's moves, made again from its journal, lead to the hashes that were written."""

import json
from typing import Any

import pytest
from sqlalchemy import select, update

from service.commands import instances, tasks
from service.domain.errors import CaseNotFound
from service.domain.journal import leaf_hash
from service.domain.record_errors import CaseUnknown
from service.identity.clockwork import fire_due
from service.queries import named, replay
from service.runtime.command import Call
from service.store import db
from service.store.tables import Case, Instance, JournalEntry
from tests.app.house import House, Someone, gate, two_tasks, waiting
from tests.diagrams import process


@pytest.fixture
def anne(house: House) -> Someone:
    return house.person("anne", "pogi.sec", "pogi.chair")


def start(house: House, anne: Someone, key: str):
    return instances.start(Call(anne.actor, house.ports), key, {}, None)


def test_a_case_with_calls_and_timers_replays_on_the_versions_that_it_ran_on(house: House, anne: Someone):
    house.deploy(waiting())
    outer = process("outer").start().call("rest", "waiting").user("sign", lane="pogi.sec").end("done")
    house.deploy({"outer.bpmn": outer.bpmn()})
    case = start(house, anne, "outer")["case_id"]
    changed = process("waiting").start().user("other", lane="pogi.sec").end()
    house.deploy({"waiting.bpmn": changed.bpmn()})
    house.later(days=3)
    assert fire_due() == 1
    for _ in range(2):
        (task,) = anne.get("/api/v1/tasks?scope=roles").json["tasks"]
        anne.post(f"/api/v1/tasks/{task['id']}/complete")
    with db.reading() as session:
        row = session.get_one(Case, ("pogi", case))
    assert row.closed_at is not None
    assert replay.case(anne.actor, case) == {
        "case": case,
        "entries": row.journal_seq,
        "head": row.journal_head,
        "state": row.state_hash,
        "over": True,
        "ok": True,
        "steps": 4,
        "difference": None,
        "not_replayed": None,
        "rows": [],
        "unknown": 0,
        "log": None,
    }


def test_a_case_with_an_incident_replays_what_was_made(house: House, anne: Someone):
    house.deploy(gate())
    started = start(house, anne, "gate")
    call = Call(anne.actor, house.ports)
    assert tasks.complete(call, started["tasks"][0]["id"], {})["incident"] is not None
    assert replay.case(anne.actor, started["case_id"])["steps"] == 1
    tasks.complete(call, started["tasks"][0]["id"], {"share": 60})
    again = replay.case(anne.actor, started["case_id"])
    assert (again["ok"], again["steps"]) == (True, 2)


def rewrite(case: str, change) -> None:
    """Write a case's journal anew with other facts, and its chain with it: only a replay can tell."""
    with db.transaction() as session:
        rows = session.scalars(select(JournalEntry).where(JournalEntry.stream_id == case).order_by(JournalEntry.seq))
        head = "0" * 64
        for row in rows:
            entry = json.loads(row.body) | {"prev": head}
            change(entry)
            row.body = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
            head = leaf_hash(row.body)
        session.execute(update(Case).where(Case.id == case).values(journal_head=head))


def chosen(house: House, anne: Someone) -> dict[str, Any]:
    """A case whose gateway asked for the share, and took the way of 60 per cent."""
    house.deploy(gate())
    started: dict[str, Any] = start(house, anne, "gate")
    tasks.complete(Call(anne.actor, house.ports), started["tasks"][0]["id"], {"share": 60})
    return started


def test_an_answer_that_was_exchanged_with_all_its_hashes_is_told_by_step_place_and_both_values(house: House, anne):
    started = chosen(house, anne)

    def exchange(entry):
        if entry["kind"] == "task.completed":
            entry["data"]["answers"]["share"] = 40

    rewrite(started["case_id"], exchange)
    found = replay.case(anne.actor, started["case_id"])
    told = found["difference"]
    assert (found["ok"], found["steps"], found["not_replayed"]) == (False, 1, None)
    assert (told["kind"], told["at"]) == ("task.completed", "2026-01-05T08:00:00.000000Z")
    assert told["reason"] == "other elements were passed than were written"
    assert (told["place"]["instance"], told["place"]["element"]) == (started["id"], "adopted")
    assert [it.rpartition(" ")[2] for it in (told["written"], told["found"])] == ["adopted", "lapsed"]


def test_a_condition_that_is_told_otherwise_is_named_by_gateway_and_value(house: House, anne: Someone):
    started = chosen(house, anne)

    def exchange(entry):
        if entry["kind"] == "evaluation.made":
            entry["data"]["record"]["conditions"][0]["value"] = False

    rewrite(started["case_id"], exchange)
    told = replay.case(anne.actor, started["case_id"])["difference"]
    assert told["reason"] == "other evaluations came out than were written"
    assert (told["place"]["element"], told["place"]["path"]) == (
        "enough", "/evaluation.made/0/record/conditions/0/value",
    )  # fmt: skip
    assert (told["written"], told["found"]) == (False, True)


def test_of_a_state_in_the_middle_only_the_hashes_are_known_and_that_is_said(house: House, anne: Someone):
    started = chosen(house, anne)

    def exchange(entry):
        if entry["kind"] == "instance.started":
            entry["data"]["variables"] = {"unread": 1}

    rewrite(started["case_id"], exchange)
    told = replay.case(anne.actor, started["case_id"])["difference"]
    assert "only the hash is known" in told["reason"]
    assert (told["kind"], told["seq"]) == ("instance.started", 0)
    assert [len(told[name]) for name in ("written", "found")] == [64, 64]
    assert told["written"] != told["found"]


def test_a_value_that_was_changed_where_it_rests_is_told_by_its_name(house: House, anne: Someone):
    """Neither the hashes beside it nor the journal are touched."""
    house.deploy(two_tasks())
    started = instances.start(Call(anne.actor, house.ports), "adoption", {"amount": 3}, None)
    other = instances.start(Call(anne.actor, house.ports), "adoption", {"amount": 4}, None)
    with db.transaction() as session:
        rows = {row.case_id: row for row in session.scalars(select(Instance))}
        rows[started["case_id"]].snapshot = rows[other["case_id"]].snapshot
    found = replay.case(anne.actor, started["case_id"])
    told = found["difference"]
    assert found["steps"] == 1, "the step itself was made as it was written"
    assert told["place"] | {"path": ""} == {
        "instance": started["id"], "process": "adoption", "element": "", "variable": "amount", "path": "",
    }  # fmt: skip
    assert (told["written"], told["found"]) == (3, 4)


def test_the_values_with_which_a_part_ended_cannot_be_changed_unseen(house: House, anne: Someone):
    started = chosen(house, anne)
    with db.transaction() as session:
        row = session.get_one(Instance, ("pogi", started["id"]))
        row.variables = b'{"share":70}'
    told = replay.case(anne.actor, started["case_id"])["difference"]
    assert (told["place"]["variable"], told["written"], told["found"]) == ("share", 60, 70)


def test_a_step_of_an_older_engine_that_comes_out_otherwise_is_not_replayed_and_does_not_differ(house: House, anne):
    started = chosen(house, anne)

    def older(entry):
        if entry["kind"] == "task.completed":
            entry["data"] |= {"engine": 0, "answers": {"share": 40}}

    rewrite(started["case_id"], older)
    found = replay.case(anne.actor, started["case_id"])
    assert (found["ok"], found["difference"], found["steps"]) == (False, None, 1)
    told = found["not_replayed"]
    assert told["kind"] == "task.completed"
    assert told["reason"] == "it was made by version 0 of the engine, and this is version 1"


def test_a_step_of_an_older_engine_that_comes_out_alike_is_replayed(house: House, anne: Someone):
    started = chosen(house, anne)
    rewrite(started["case_id"], lambda entry: entry["data"].update(engine=0) if "state" in entry["data"] else None)
    assert replay.case(anne.actor, started["case_id"])["ok"]


def test_an_entry_of_a_kind_that_is_not_known_is_not_replayed(house: House, anne: Someone):
    started = chosen(house, anne)
    rewrite(started["case_id"], lambda entry: entry.update(v=9) if entry["kind"] == "task.completed" else None)
    found = replay.case(anne.actor, started["case_id"])
    assert (found["ok"], found["difference"], found["steps"]) == (False, None, 1)
    assert found["not_replayed"]["reason"] == "it is told as “task.completed” v9, which this version does not know"


def test_a_broken_chain_is_said_before_anything_is_replayed(house: House, anne: Someone):
    house.deploy(two_tasks())
    case = start(house, anne, "adoption")["case_id"]
    with db.transaction() as session:
        row = session.scalars(select(JournalEntry).where(JournalEntry.stream_id == case)).first()
        assert row is not None
        row.body = row.body.replace(b"2026", b"2027")
    found = replay.case(anne.actor, case)
    told = found["difference"]
    assert (found["ok"], found["steps"], told["seq"]) == (False, 0, 1)
    assert [len(told[name]) for name in ("written", "found")] == [64, 64]


def test_only_who_may_read_a_case_replays_it(house: House, anne: Someone):
    house.deploy(two_tasks())
    case = start(house, anne, "adoption")["case_id"]
    for stranger in (house.person("kari", "lill.owner", workspace="lillestrom"), house.person("nobody")):
        with pytest.raises(CaseNotFound):
            replay.case(stranger.actor, case)
        with pytest.raises(CaseUnknown):
            named.one(stranger.actor, case)
