"""Replay: a case's moves, made again from its journal, lead to the hashes that were written."""

import json

import pytest
from sqlalchemy import select, update

from service.commands import instances, tasks
from service.domain.errors import CaseNotFound
from service.domain.journal import leaf_hash
from service.identity.clockwork import fire_due
from service.queries import replay
from service.runtime.command import Call
from service.store import db
from service.store.tables import Case, JournalEntry
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
        "ok": True,
        "steps": 4,
        "difference": None,
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


def test_an_answer_that_was_exchanged_with_all_its_hashes_is_found_by_the_replay(house: House, anne: Someone):
    house.deploy(gate())
    started = start(house, anne, "gate")
    tasks.complete(Call(anne.actor, house.ports), started["tasks"][0]["id"], {"share": 60})

    def exchange(entry):
        if entry["kind"] == "task.completed":
            entry["data"]["answers"]["share"] = 40

    rewrite(started["case_id"], exchange)
    found = replay.case(anne.actor, started["case_id"])
    assert not found["ok"]
    assert found["difference"]["reason"].startswith("other ")


def test_a_broken_chain_is_said_before_anything_is_replayed(house: House, anne: Someone):
    house.deploy(two_tasks())
    case = start(house, anne, "adoption")["case_id"]
    with db.transaction() as session:
        row = session.scalars(select(JournalEntry).where(JournalEntry.stream_id == case)).first()
        assert row is not None
        row.body = row.body.replace(b"2026", b"2027")
    found = replay.case(anne.actor, case)
    assert (found["ok"], found["steps"], found["difference"]["seq"]) == (False, 0, 1)


def test_only_who_may_read_a_case_replays_it(house: House, anne: Someone):
    house.deploy(two_tasks())
    case = start(house, anne, "adoption")["case_id"]
    for stranger in (house.person("kari", "lill.owner", workspace="lillestrom"), house.person("nobody")):
        with pytest.raises(CaseNotFound):
            replay.case(stranger.actor, case)
