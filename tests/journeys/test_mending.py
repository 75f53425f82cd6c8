"""A case that stands still is mended, as programs do it: tried again, corrected, passed over, held, called off."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select

from service.identity.clockwork import fire_due
from service.queries import replay
from service.store import db, journal
from service.store.tables import Case, Disclosure, Timer
from tests.app.house import House, Someone, gate, two_tasks
from tests.diagrams import after, files, process
from tests.journeys.test_at_once import post
from tests.support.server import serving

SHARE = {"type": "object", "properties": {"share": {"type": "integer"}}}
REASON = "The member gave the count by telephone."


def counting(script: str = "total = share * factor") -> dict[str, bytes]:
    """A task whose answer a script uses, and a task behind it."""
    drawing = process("count").start().user("ask", lane="pogi.sec", form="share").script("multiply", script)
    return files(drawing.user("sign", lane="pogi.sec").end("done"), forms={"share": SHARE})


@pytest.fixture
def anne(house: House) -> Someone:
    return house.person("anne", "pogi.sec")


@pytest.fixture
def olga(house: House) -> Someone:
    return house.person("olga", "process.owner")


def stopped(
    house: House, someone: Someone, bundle: dict[str, bytes] | None = None, key: str = "count"
) -> dict[str, Any]:
    """A case that stands still, as the answer to what stopped it tells: with `case` and `incident`."""
    house.deploy(bundle or counting())
    started = someone.post("/api/v1/instances", {"definition": key}).json
    answer = someone.post(f"/api/v1/tasks/{started['tasks'][0]['id']}/complete", {"answers": {"share": 3}})
    assert answer.status_code == 202, answer.json
    return {"case": started["case_id"], "instance": started["id"], **answer.json["incident"]}


def kinds(case_id: str) -> list[str]:
    with db.reading() as session:
        case = session.get_one(Case, ("pogi", case_id))
        assert journal.verify(session, case) is None
        return [entry["kind"] for entry in journal.entries(session, *case.stream)]


def entry(case_id: str, kind: str) -> dict[str, Any]:
    with db.reading() as session:
        return next(it for it in journal.entries(session, "pogi", case_id) if it["kind"] == kind)


def variables(someone: Someone, instance: str) -> Any:
    return someone.get(f"/api/v1/instances/{instance}").json["variables"]


def replays(someone: Someone, case_id: str) -> bool:
    found = replay.case(someone.actor, case_id)
    assert found["difference"] is None, found
    return bool(found["ok"])


def test_a_correction_finishes_a_case_and_leaves_the_answers_as_they_were(house: House, anne: Someone, olga: Someone):
    found = stopped(house, anne)
    mended = olga.post(f"/api/v1/incidents/{found['id']}/correct", {"values": {"factor": 2}, "reason": REASON})
    assert mended.status_code == 200, mended.json
    assert mended.json["incident"]["resolved_at"]
    (sign,) = mended.json["opened"]
    anne.post(f"/api/v1/tasks/{sign['id']}/complete")
    assert variables(anne, found["instance"]) == {"share": 3, "factor": 2, "total": 6}
    completed, corrected = entry(found["case"], "task.completed"), entry(found["case"], "variables.corrected")
    assert (completed["actor"], completed["data"]["answers"]) == (anne.actor.person_id, {"share": 3})
    assert corrected["actor"] == olga.actor.person_id
    assert corrected["data"]["after"] == {"factor": 2}
    assert "before" not in corrected["data"]
    assert REASON not in str(corrected)
    with db.reading() as session:
        kept = session.scalars(select(Disclosure.value).where(Disclosure.pointer == "/reason")).all()
    assert [REASON.encode() in value for value in kept] == [True]
    assert replays(olga, found["case"])


def test_a_value_that_was_there_is_told_with_what_took_its_place(house: House, anne: Someone, olga: Someone):
    found = stopped(house, anne)
    olga.post(f"/api/v1/incidents/{found['id']}/correct", {"values": {"factor": 2, "share": 4}, "reason": "x"})
    told = entry(found["case"], "variables.corrected")["data"]
    assert (told["before"], told["after"]) == ({"share": 3}, {"factor": 2, "share": 4})


def test_help_that_does_not_suffice_is_kept_and_counts_with_the_next(house: House, anne: Someone, olga: Someone):
    found = stopped(house, anne, counting("total = share * factor\nrest = total - paid"))
    path = f"/api/v1/incidents/{found['id']}"
    again = olga.post(f"{path}/correct", {"values": {"factor": 2}, "reason": "first"}).json
    assert (again["incident"]["resolved_at"], again["incident"]["tries"]) == (None, 2)
    assert kinds(found["case"])[-2:] == ["task.claimed", "incident.tried"]
    mended = olga.post(f"{path}/correct", {"values": {"paid": 1}, "reason": "second"}).json
    assert mended["incident"]["resolved_at"]
    assert kinds(found["case"]).count("variables.corrected") == 2
    anne.post(f"/api/v1/tasks/{mended['opened'][0]['id']}/complete")
    assert variables(anne, found["instance"]) == {"share": 3, "factor": 2, "paid": 1, "total": 6, "rest": 5}
    assert replays(olga, found["case"])


def test_who_completes_anew_begins_without_the_help_that_came_before(house: House, anne: Someone, olga: Someone):
    found = stopped(house, anne, counting("total = share * factor\nrest = total - paid"))
    olga.post(f"/api/v1/incidents/{found['id']}/correct", {"values": {"factor": 2}, "reason": "first"})
    (task,) = anne.get("/api/v1/tasks?scope=all").json["tasks"]
    anew = anne.post(f"/api/v1/tasks/{task['id']}/complete", {"answers": {"share": 5}}).json
    assert anew["incident"]["id"] == found["id"]
    olga.post(f"/api/v1/incidents/{found['id']}/correct", {"values": {"factor": 3, "paid": 1}, "reason": "second"})
    assert entry(found["case"], "task.completed")["data"]["answers"] == {"share": 5}
    assert kinds(found["case"]).count("variables.corrected") == 1
    assert replays(olga, found["case"])


def test_nobody_elses_answers_take_the_place_of_those_that_wait(house: House, anne: Someone, olga: Someone):
    bo = house.person("bo", "pogi.sec")
    incident = stopped(house, anne)
    task = next(iter(anne.get("/api/v1/tasks?scope=mine").json["tasks"]))
    second = bo.post(f"/api/v1/tasks/{task['id']}/complete", {"answers": {"share": 9}})
    assert second.status_code == 409
    assert second.json["title"] == "Task already claimed" or "anne" in second.json["detail"]
    assert bo.get("/api/v1/tasks?scope=roles").json["tasks"] == [], "her colleague sees that she has it"
    mended = olga.post(f"/api/v1/incidents/{incident['id']}/correct", {"values": {"factor": 2}, "reason": REASON})
    assert mended.status_code == 200, mended.json
    assert entry(incident["case"], "task.completed")["data"]["answers"] == {"share": 3}
    assert replays(olga, incident["case"])


def test_an_activity_is_passed_over_with_a_reason(house: House, anne: Someone, olga: Someone):
    found = stopped(house, anne)
    mended = olga.post(f"/api/v1/incidents/{found['id']}/skip", {"reason": REASON}).json
    assert [task["activity"] for task in mended["opened"]] == ["sign"]
    assert entry(found["case"], "activity.skipped")["data"]["activity"] == "multiply"
    assert replays(olga, found["case"])


def test_a_gateway_goes_the_way_that_was_chosen(house: House, anne: Someone, olga: Someone):
    wrong = gate() | {"gate.bpmn": gate()["gate.bpmn"].replace(b"share &gt; 50", b"shares &gt; 50")}
    found = stopped(house, anne, wrong, "gate")
    path = f"/api/v1/incidents/{found['id']}/skip"
    refused = olga.post(path, {"reason": "x"})
    assert (refused.status_code, "Flow_enough_adopted" in refused.json["detail"]) == (422, True)
    assert "Nothing can be passed over" not in refused.json["detail"], "something can, once it is said which way"
    assert olga.post(path, {"reason": "x", "flow": "Flow_elsewhere"}).status_code == 422
    assert olga.post(path, {"reason": "x", "flow": "Flow_enough_adopted"}).json["incident"]["resolved_at"]
    assert anne.get(f"/api/v1/instances/{found['instance']}").json["end_event"] == "adopted"
    assert replays(olga, found["case"])


@pytest.mark.parametrize(
    ("verb", "body", "pointer"),
    [
        ("correct", {"values": {}, "reason": "x"}, ""),
        ("correct", {"values": {"_a": 1}, "reason": "x"}, "/_a"),
        ("correct", {"values": {"a": 10**20}, "reason": "x"}, "/a"),
        ("correct", {"values": {"a": "x" * 300_000}, "reason": "x"}, ""),
        ("correct", {"values": {"a": 1}, "reason": "  "}, None),
        ("correct", {"values": {"a": 1}, "reason": "x" * 2_001}, None),
        ("skip", {"reason": ""}, None),
    ],
)
def test_what_cannot_be_put_there_is_refused(house: House, anne: Someone, olga: Someone, verb, body, pointer):
    found = stopped(house, anne)
    before = kinds(found["case"])
    refused = olga.post(f"/api/v1/incidents/{found['id']}/{verb}", body)
    assert refused.status_code == 422
    if pointer is not None:
        assert [fault.get("pointer", "") for fault in refused.json["errors"]] == [pointer]
    assert kinds(found["case"]) == before


def test_who_does_not_own_processes_may_not(house: House, anne: Someone):
    found = stopped(house, anne)
    for path, body in (
        (f"incidents/{found['id']}/retry", {}),
        (f"incidents/{found['id']}/correct", {"values": {"a": 1}, "reason": "x"}),
        (f"incidents/{found['id']}/skip", {"reason": "x"}),
        ("incidents/retry", {}),
        (f"cases/{found['case']}/suspend", {"reason": "x"}),
        (f"cases/{found['case']}/resume", {"reason": "x"}),
        (f"cases/{found['case']}/cancel", {"reason": "x"}),
    ):
        assert anne.post(f"/api/v1/{path}", body).status_code == 403, path
    assert anne.get("/api/v1/incidents").status_code == 403


def test_another_workspaces_owner_finds_nothing(house: House, anne: Someone):
    found = stopped(house, anne)
    kari = house.person("kari", "process.owner", workspace="lillestrom")
    assert kari.post(f"/api/v1/incidents/{found['id']}/retry").status_code == 404
    assert kari.post(f"/api/v1/cases/{found['case']}/cancel", {"reason": "x"}).status_code == 404
    assert kari.get("/api/v1/incidents").json["incidents"] == []


def test_the_list_is_narrowed_by_process_and_by_how_long_it_stands(house: House, anne: Someone, olga: Someone):
    first = stopped(house, anne)
    wrong = gate() | {"gate.bpmn": gate()["gate.bpmn"].replace(b"share &gt;", b"shares &gt;")}
    other = stopped(house, anne, wrong, "gate")
    assert olga.get("/api/v1/incidents").json["kinds"] == {"expression": 2}
    assert [it["id"] for it in olga.get("/api/v1/incidents?process=gate").json["incidents"]] == [other["id"]]
    assert olga.get("/api/v1/incidents?kind=stuck").json["incidents"] == []
    assert olga.get("/api/v1/incidents?age=day").json["incidents"] == []
    house.later(days=2)
    found = olga.get("/api/v1/incidents?age=day").json["incidents"]
    assert [it["id"] for it in found] == [first["id"], other["id"]]


def test_many_are_tried_again_each_for_itself(house: House, anne: Someone, olga: Someone):
    """Three wait for a process that is taken out of force, one of them is held, and a fourth for something else."""
    house.deploy(two_tasks())
    calling = process("calling").start().user("ask", lane="pogi.sec", form="share").call("adopt", "adoption").end()
    bundle = files(calling, forms={"share": SHARE})
    house.deploy(bundle)
    with db.transaction() as session:
        session.connection().exec_driver_sql("DELETE FROM in_force WHERE process_key = 'adoption'")
    found = []
    for _ in range(3):
        house.later(seconds=1)
        started = anne.post("/api/v1/instances", {"definition": "calling"}).json
        answer = anne.post(f"/api/v1/tasks/{started['tasks'][0]['id']}/complete", {"answers": {"share": 3}}).json
        found.append(answer["incident"])
    other = stopped(house, anne)
    olga.post(f"/api/v1/cases/{found[2]['case_id']}/suspend", {"reason": "x"})
    assert olga.post("/api/v1/incidents/retry", {"kind": "not-in-force"}).json["stands"] == [
        found[0]["id"],
        found[1]["id"],
    ]
    house.deploy(two_tasks() | {"note.txt": b"a second version"})
    answer = olga.post("/api/v1/incidents/retry", {}, Idempotency_Key="all").json
    assert answer == {
        "went_on": [found[0]["id"], found[1]["id"]],
        "stands": [other["id"]],
        "suspended": [found[2]["id"]],
        "gone": [],
    }
    named = {"incidents": [found[0]["id"], "nothing"]}
    assert olga.post("/api/v1/incidents/retry", named).json["gone"] == [found[0]["id"], "nothing"]
    assert len(olga.get("/api/v1/incidents").json["incidents"]) == 2


def test_of_two_who_mend_at_once_one_wins_and_the_other_is_told(house: House, anne: Someone, olga: Someone):
    found = stopped(house, anne)
    other = house.person("per", "process.owner")
    path = f"/api/v1/incidents/{found['id']}/skip"
    gate_ = threading.Barrier(2)

    def mend(someone: Someone) -> tuple[int, Any]:
        gate_.wait()
        return post(address, path, someone, {"reason": "at once"})

    with serving(house.app) as address, ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(mend, (olga, other)), key=lambda it: it[0])
    assert [status for status, _ in answers] == [200, 409]
    assert "resolved this incident at 2026-01-05" in answers[1][1]["detail"]
    assert kinds(found["case"]).count("activity.skipped") == 1


def test_in_a_suspended_case_nothing_moves_and_afterwards_each_timer_fires_once_in_order(
    house: House, anne: Someone, olga: Someone
):
    drawing = process("hold").start().parallel("fork").user("work", lane="pogi.sec").parallel("join").end()
    for name, days in (("second", 3), ("first", 2)):
        drawing.at("fork").catch(name, after(f'duration("P{days}D")')).to("join")
    house.deploy({"hold.bpmn": drawing.bpmn()})
    started = anne.post("/api/v1/instances", {"definition": "hold"}).json
    case, task = started["case_id"], started["tasks"][0]["id"]
    assert olga.post(f"/api/v1/cases/{case}/suspend", {"reason": REASON}).json["suspended_at"]
    assert olga.post(f"/api/v1/cases/{case}/suspend", {"reason": "again"}).status_code == 409
    for verb in ("claim", "complete", "assign"):
        body = {"person": anne.actor.person_id} if verb == "assign" else {}
        refused = anne.post(f"/api/v1/tasks/{task}/{verb}", body)
        assert (refused.status_code, refused.json["type"]) == (409, "/problems/case-suspended")
        assert "suspended since 2026-01-05" in refused.json["detail"]
    (shown,) = anne.get("/api/v1/tasks?scope=all").json["tasks"]
    assert (shown["moves"], bool(shown["suspended_at"])) == ([], True)
    house.later(days=5)
    assert fire_due() == 0
    assert olga.post(f"/api/v1/cases/{case}/resume", {"reason": "x"}).json["suspended_at"] is None
    assert olga.post(f"/api/v1/cases/{case}/resume", {"reason": "x"}).status_code == 409
    assert (fire_due(), fire_due()) == (2, 0)
    with db.reading() as session:
        told = list(journal.entries(session, "pogi", case))
    set_ = {it["data"]["timer"]: it["data"]["activity"] for it in told if it["kind"] == "timer.set"}
    assert [set_[it["data"]["timer"]] for it in told if it["kind"] == "timer.fired"] == ["first", "second"]
    assert anne.post(f"/api/v1/tasks/{task}/complete").status_code == 200
    assert replays(olga, case)


def test_a_timer_whose_firing_is_an_incident_stays_held_when_its_case_goes_on(
    house: House, anne: Someone, olga: Someone
):
    drawing = process("late").start().catch("rest", after('duration("P1D")')).script("bad", "x = nothing + 1").end()
    house.deploy({"late.bpmn": drawing.bpmn()})
    case = anne.post("/api/v1/instances", {"definition": "late"}).json["case_id"]
    house.later(days=2)
    fire_due()
    for verb in ("suspend", "resume"):
        assert olga.post(f"/api/v1/cases/{case}/{verb}", {"reason": "x"}).status_code == 200
    with db.reading() as session:
        assert session.scalars(select(Timer.held)).all() == [True]
    (found,) = olga.get("/api/v1/incidents").json["incidents"]
    assert olga.post(f"/api/v1/incidents/{found['id']}/skip", {"reason": "x"}).json["incident"]["resolved_at"]
    assert replays(olga, case)


def test_a_case_is_called_off_and_its_tasks_are_taken_back(house: House, anne: Someone, olga: Someone):
    found = stopped(house, anne)
    olga.post(f"/api/v1/cases/{found['case']}/suspend", {"reason": "x"})
    answer = olga.post(f"/api/v1/cases/{found['case']}/cancel", {"reason": REASON}).json
    assert (answer["tasks_taken_back"], bool(answer["closed_at"])) == (1, True)
    assert anne.get("/api/v1/tasks?scope=all").json["tasks"] == []
    assert olga.get("/api/v1/incidents").json["incidents"] == []
    assert olga.post(f"/api/v1/incidents/{found['id']}/retry").status_code == 409
    assert olga.post(f"/api/v1/cases/{found['case']}/cancel", {"reason": "x"}).status_code == 409
    assert {"case.cancelled", "task.cancelled", "incident.resolved"} <= set(kinds(found["case"]))
    assert replays(olga, found["case"])


def test_a_start_that_failed_can_be_called_off_too(house: House, anne: Someone, olga: Someone):
    drawing = process("broken").start().script("bad", "x = nothing + 1").user("a", lane="pogi.sec").end()
    house.deploy({"broken.bpmn": drawing.bpmn()})
    failed = anne.post("/api/v1/instances", {"definition": "broken"}).json
    assert olga.post(f"/api/v1/cases/{failed['case_id']}/cancel", {"reason": "x"}).status_code == 200
    assert olga.get("/api/v1/incidents").json["incidents"] == []


def test_an_incident_whose_task_is_taken_back_waits_no_longer(house: House, anne: Someone, olga: Someone):
    drawing = process("edge").start().user("ask", lane="pogi.sec").script("bad", "x = nothing + 1").end()
    drawing.boundary("late", "ask", after('duration("P1D")')).user("other", lane="pogi.sec").end("other_end")
    house.deploy({"edge.bpmn": drawing.bpmn()})
    started = anne.post("/api/v1/instances", {"definition": "edge"}).json
    anne.post(f"/api/v1/tasks/{started['tasks'][0]['id']}/complete")
    assert len(olga.get("/api/v1/incidents").json["incidents"]) == 1
    house.later(days=2)
    assert fire_due() == 1
    assert olga.get("/api/v1/incidents").json["incidents"] == []


def test_the_same_request_sent_again_does_nothing_more(house: House, anne: Someone, olga: Someone):
    house.deploy(two_tasks())
    found = stopped(house, anne)
    body = {"values": {"factor": 2}, "reason": "x"}
    path = f"/api/v1/incidents/{found['id']}/correct"
    first = olga.post(path, body, Idempotency_Key="once")
    again = olga.post(path, body, Idempotency_Key="once")
    assert (first.status_code, again.status_code, first.json == again.json) == (200, 200, True)
