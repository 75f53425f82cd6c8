"""Cases under way go over to another version of their process, as programs let them."""

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from service.engine.stepping.advance import CACHE
from service.identity.clockwork import fire_due
from service.queries import replay
from service.store import db, journal
from service.store.tables import AwaitedEvent, Case, Disclosure, Instance, JournalEntry, Task, Timer
from tests.api.problems import is_problem
from tests.api.sending import send
from tests.app.house import START, House, Someone
from tests.diagrams import Drawing, after, files, message, process
from tests.journeys.test_at_once import post
from tests.support.repository import ROOT
from tests.support.server import serving

ROLE = "pogi.sec"
SHARE = {"type": "object", "properties": {"share": {"type": "integer"}}}
NUMBER = {"type": "integer"}
WIDER = {"type": "object", "required": ["share", "parts"], "properties": {"share": NUMBER, "parts": NUMBER}}
REASON = "Anna Andersen told us that the sum was wrong."


@pytest.fixture
def anne(house: House) -> Someone:
    return house.person("anne", ROLE)


@pytest.fixture
def olga(house: House) -> Someone:
    return house.person("olga", "process.owner")


def counting(script: str, name: str = "Ask", **more: Any) -> dict[str, bytes]:
    """A task whose answer a script uses, and a task behind it."""
    drawing = process("count").start().user("ask", name=name, lane=ROLE, form="share", **more)
    return files(drawing.script("sum", script).user("sign", lane=ROLE).end(), forms={"share": SHARE})


def begun(house: House, someone: Someone, bundle: dict[str, bytes], key: str = "count") -> dict[str, Any]:
    house.deploy(bundle)
    answer = someone.post("/api/v1/instances", {"definition": key})
    assert answer.status_code == 201, answer.json
    return dict(answer.json or {})


def move(someone: Someone, instance: str, version: int = 2, reason: str = REASON, **more: Any) -> Any:
    key = {"Idempotency_Key": more.pop("key")} if "key" in more else {}
    body = {"version": version, "reason": reason, **more}
    return someone.post(f"/api/v1/instances/{instance}/migrate", body, **key)


def entries(case_id: str) -> list[dict[str, Any]]:
    with db.reading() as session:
        case = session.get_one(Case, ("pogi", case_id))
        assert journal.verify(session, case) is None
        return list(journal.entries(session, *case.stream))


def kinds(case_id: str) -> list[str]:
    return [it["kind"] for it in entries(case_id)]


def row(task_id: str) -> Task:
    with db.reading() as session:
        return session.get_one(Task, ("pogi", task_id))


def replays(someone: Someone, case_id: str) -> None:
    CACHE.clear()
    found = replay.case(someone.actor, case_id)
    assert (found["ok"], found["difference"]) == (True, None), found


# --- the cure for a faulty diagram -----------------------------------------------------------------------------------


def test_a_faulty_diagram_is_mended_the_case_goes_over_is_tried_again_and_ends(
    house: House, database_url: str, anne: Someone, olga: Someone
):
    started = begun(house, anne, counting("total = share * factor"))
    path = f"/api/v1/tasks/{started['tasks'][0]['id']}/complete"
    stopped = anne.post(path, {"answers": {"share": 3}})
    assert stopped.status_code == 202
    incident = stopped.json["incident"]["id"]

    mended = send(olga, counting("total = share * 2"), "?note=The factor is always two")
    assert mended.status_code == 202
    assert move(olga, started["id"]).status_code == 404, "what waits for approval is no version yet"
    house.approve(mended.json["approval"])
    assert olga.post(f"/api/v1/incidents/{incident}/retry").json["incident"]["resolved_at"] is None, "it is on its own"

    over = move(olga, started["id"])
    assert (over.status_code, over.json["fits"]) == (200, True), over.json
    assert over.json["instance"]["digest"] == mended.json["digest"]
    tried = olga.post(f"/api/v1/incidents/{incident}/retry").json
    assert tried["incident"]["resolved_at"]
    (sign,) = tried["opened"]
    anne.post(f"/api/v1/tasks/{sign['id']}/complete")
    shown = anne.get(f"/api/v1/instances/{started['id']}").json
    assert (shown["status"], shown["variables"]) == ("completed", {"share": 3, "total": 6})
    completed = next(it for it in entries(started["case_id"]) if it["kind"] == "task.completed")
    assert completed["actor"] == anne.actor.person_id
    replays(olga, started["case_id"])
    command = [sys.executable, "-m", "tests.properties.retelling"]
    told = subprocess.run(command, input=database_url, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(told.stdout) == {started["case_id"]: None}


def test_the_journal_tells_from_where_to_where_by_whom_and_keeps_the_reason_sealed(
    house: House, anne: Someone, olga: Someone
):
    started = begun(house, anne, counting("total = 1"))
    newer = house.deploy(counting("total = 2"))["digest"]
    move(olga, started["id"])
    told = entries(started["case_id"])[-1]
    assert (told["kind"], told["actor"]) == ("instance.migrated", olga.actor.person_id)
    assert (told["data"]["previous"], told["data"]["bundle"]) == (started["digest"], newer)
    with db.reading() as session:
        assert not [it for it in session.scalars(select(JournalEntry.body)) if b"Andersen" in bytes(it)]
        kept = session.scalars(select(Disclosure.value).where(Disclosure.pointer == "/reason")).all()
    assert [REASON.encode() in value for value in kept] == [True]


# --- what is kept ----------------------------------------------------------------------------------------------------


def test_a_task_keeps_its_id_its_person_its_draft_and_its_times_and_is_asked_as_the_new_version_asks(
    house: House, anne: Someone, olga: Someone
):
    due = {"dueDate": 'duration("P3D")', "priority": "40"}
    started = begun(house, anne, counting("total = share", properties=due))
    (task,) = started["tasks"]
    anne.post(f"/api/v1/tasks/{task['id']}/claim")
    anne.post(f"/api/v1/tasks/{task['id']}/draft", {"answers": {"share": 7}, "version": 0})
    house.later(days=1)
    newer = {"dueDate": 'duration("P30D")', "priority": "80"}
    drawing = process("count").start().user("ask", name="Ask all", lane="pogi.chair", form="wider", properties=newer)
    house.role("pogi.chair")
    house.deploy(files(drawing.script("sum", "total = share / parts").end(), forms={"wider": WIDER}))
    assert move(olga, started["id"]).status_code == 200
    kept = row(task["id"])
    assert (kept.name, kept.form, kept.priority) == ("Ask all", "wider.schema.json", 80)
    assert (kept.state, kept.assignee_id) == ("claimed", anne.actor.person_id)
    assert (kept.due_at, kept.opened_at, kept.role_key) == (START + timedelta(days=3), START, ROLE)
    page = anne.get(f"/api/v1/tasks/{task['id']}").json
    assert page["draft"]["answers"] == {"share": 7}
    answers = {"share": 8, "parts": 2}
    assert anne.post(f"/api/v1/tasks/{task['id']}/complete", {"answers": answers}).status_code == 200
    assert anne.get(f"/api/v1/instances/{started['id']}").json["variables"]["total"] == 4
    replays(olga, started["case_id"])


def test_a_task_that_nobody_has_taken_is_for_whom_the_new_version_says(house: House, anne: Someone, olga: Someone):
    started = begun(house, anne, counting("total = share"))
    bo = house.person("bo", "pogi.chair")
    drawing = process("count").start().user("ask", lane="pogi.chair", form="share").script("sum", "total = share").end()
    house.deploy(files(drawing, forms={"share": SHARE}))
    assert move(olga, started["id"]).status_code == 200
    told = entries(started["case_id"])[-1]
    assert (told["kind"], told["data"]["role"]) == ("task.readdressed", "pogi.chair")
    assert anne.get("/api/v1/tasks?scope=all").json["tasks"] == []
    (task,) = bo.get("/api/v1/tasks?scope=all").json["tasks"]
    path = f"/api/v1/tasks/{task['id']}/complete"
    assert anne.post(path, {"answers": {"share": 1}}).status_code in (403, 404)
    assert bo.post(path, {"answers": {"share": 1}}).status_code == 200
    replays(olga, started["case_id"])


def deadline(days: int, event: str = "late") -> Drawing:
    drawing = process("wait").start().user("work", lane=ROLE).end()
    return drawing.boundary(event, "work", after(f'duration("P{days}D")')).user("chase", lane=ROLE).end("chased")


def test_a_timer_fires_when_it_was_due_and_not_later(house: House, anne: Someone, olga: Someone):
    started = begun(house, anne, files(deadline(5)), "wait")
    house.later(days=3)
    house.deploy(files(deadline(40, "deadline")))
    assert move(olga, started["id"], mapping={"late": "deadline"}).status_code == 200
    with db.reading() as session:
        (timer,) = session.scalars(select(Timer))
    assert (timer.activity_id, timer.due_at) == ("deadline", START + timedelta(days=5))
    house.later(days=2)
    fire_due()
    (task,) = anne.get("/api/v1/tasks?scope=all").json["tasks"]
    assert task["activity"] == "chase"
    replays(olga, started["case_id"])


def test_a_message_comes_to_the_event_by_its_new_name_and_form(house: House, anne: Someone, olga: Someone):
    def waits(event: str, form: str) -> dict[str, bytes]:
        named = {"formJsonSchemaFilename": f"{form}.schema.json"}
        drawing = process("hears").start().catch(event, message("told", variable="said"), lane=ROLE, properties=named)
        return files(drawing.user("read", lane=ROLE).end(), forms={form: SHARE})

    started = begun(house, anne, waits("hear", "first"), "hears")
    house.deploy(waits("listen", "second"))
    assert move(olga, started["id"], mapping={"hear": "listen"}).status_code == 200
    with db.reading() as session:
        (event,) = session.scalars(select(AwaitedEvent))
    assert (event.activity_id, event.form) == ("listen", "second.schema.json")
    sent = anne.post("/api/v1/messages", {"name": "told", "payload": {"share": 4}})
    assert sent.status_code == 200, sent.json
    assert [it["activity"] for it in anne.get("/api/v1/tasks?scope=all").json["tasks"]] == ["read"]
    replays(olga, started["case_id"])


def calling(call: str, script: str) -> Drawing:
    return process("outer").start().call(call, "inner").script("took", script).user("last", lane=ROLE).end()


INNER = process("inner").start().user("work", lane=ROLE, form="share").end()


def test_a_called_process_stays_on_its_version_until_it_is_taken_over_itself(
    house: House, anne: Someone, olga: Someone
):
    started = begun(house, anne, files(calling("call", "sum = share"), INNER, forms={"share": SHARE}), "outer")
    newer = house.deploy(files(calling("called", "sum = share + 1"), INNER, forms={"share": SHARE}))["digest"]
    assert move(olga, started["id"], mapping={"call": "called"}).status_code == 200
    with db.reading() as session:
        runs = {it.process_key: it for it in session.scalars(select(Instance))}
    assert (runs["outer"].bundle_digest, runs["inner"].bundle_digest) == (newer, started["digest"])
    assert runs["inner"].parent_activity_id == "called"
    assert move(olga, runs["inner"].id).status_code == 200
    anne.post(f"/api/v1/tasks/{started['tasks'][0]['id']}/complete", {"answers": {"share": 3}})
    (last,) = anne.get("/api/v1/tasks?scope=all").json["tasks"]
    anne.post(f"/api/v1/tasks/{last['id']}/complete")
    assert anne.get(f"/api/v1/instances/{started['id']}").json["variables"]["sum"] == 4
    replays(olga, started["case_id"])


def test_who_did_one_task_may_still_not_do_the_other_when_both_are_renamed(house: House, anne: Someone, olga: Someone):
    def drawing(draft: str, check: str) -> dict[str, bytes]:
        drawn = process("two").start().user(draft, lane=ROLE)
        return files(drawn.user(check, lane=ROLE, properties={"excludes": draft}).end())

    started = begun(house, anne, drawing("draft", "check"), "two")
    anne.post(f"/api/v1/tasks/{started['tasks'][0]['id']}/complete")
    (check,) = anne.get("/api/v1/tasks?scope=all").json["tasks"]
    house.deploy(drawing("write", "read"))
    assert move(olga, started["id"], mapping={"draft": "write", "check": "read"}).status_code == 200
    refused = anne.post(f"/api/v1/tasks/{check['id']}/complete")
    is_problem(refused, 403, "excluded-by-earlier-task")


def test_a_suspended_case_may_go_over_and_nothing_in_it_moves(house: House, anne: Someone, olga: Someone):
    started = begun(house, anne, files(deadline(2)), "wait")
    path = f"/api/v1/cases/{started['case_id']}"
    olga.post(f"{path}/suspend", {"reason": "it is looked into"})
    house.deploy(files(deadline(9)))
    assert move(olga, started["id"]).status_code == 200
    house.later(days=3)
    fire_due()
    with db.reading() as session:
        assert [it.held for it in session.scalars(select(Timer))] == [True]
    olga.post(f"{path}/resume", {"reason": "it was"})
    fire_due()
    assert [it["activity"] for it in anne.get("/api/v1/tasks?scope=all").json["tasks"]] == ["chase"]
    replays(olga, started["case_id"])


# --- what does not fit, and who may ----------------------------------------------------------------------------------


def test_what_does_not_fit_is_told_part_by_part_and_nothing_is_done(house: House, anne: Someone, olga: Someone):
    started = begun(house, anne, counting("total = share"))
    other = process("count").start().user("inquire", lane=ROLE).script("sum", "total = 1").end()
    house.deploy(files(other))
    before = kinds(started["case_id"])
    wanted = [{"element": "ask", "name": "Ask", "reason": "It is not there any more."}]
    looked = move(olga, started["id"], reason="", dry_run=True)
    assert (looked.status_code, looked.json["fits"], looked.json["misfits"]) == (200, False, wanted)
    problem = is_problem(move(olga, started["id"]), 422, "migration-refused")
    assert [(it["pointer"], it["rule"]) for it in problem["errors"]] == [("#ask", "misfit")]
    assert problem["errors"][0]["detail"] == "“Ask”: It is not there any more."
    assert (kinds(started["case_id"]), row(started["tasks"][0]["id"]).bundle_digest) == (before, started["digest"])
    with db.reading() as session:
        assert session.scalars(select(Disclosure)).all() == []
    looked = move(olga, started["id"], dry_run=True, mapping={"ask": "inquire"})
    assert (looked.json["fits"], looked.json["misfits"], kinds(started["case_id"])) == (True, [], before)


def test_it_is_told_beforehand_which_of_many_can_go_over(house: House, anne: Someone, olga: Someone):
    begun(house, anne, counting("total = share"))
    for _ in range(2):
        done = anne.post("/api/v1/instances", {"definition": "count"}).json
        anne.post(f"/api/v1/tasks/{done['tasks'][0]['id']}/complete", {"answers": {"share": 1}})
    without = process("count").start().script("sum", "total = 1").user("sign", lane=ROLE).end()
    house.deploy(files(without))
    told = olga.get("/api/v1/definitions/count/migration?since=1&to=2").json
    assert (told["fit"], len(told["runs"]), told["more"]) == (2, 3, False)
    (hindered,) = [it for it in told["runs"] if not it["fits"]]
    assert [it["element"] for it in hindered["misfits"]] == ["ask"]
    assert olga.get("/api/v1/definitions/count/migration?since=1&to=7").status_code == 404
    assert anne.get("/api/v1/definitions/count/migration?since=1&to=2").status_code == 403


def test_the_version_must_be_there_and_another(house: House, anne: Someone, olga: Someone):
    started = begun(house, anne, counting("total = 1"))
    newer = house.deploy(counting("total = 2"))["digest"]
    path = f"/api/v1/instances/{started['id']}/migrate"
    assert move(olga, started["id"], 7).status_code == 404
    assert olga.post(path, {"definition_digest": "0" * 64, "reason": "x"}).status_code == 404
    assert olga.post(path, {"reason": "x"}).status_code == 422
    assert olga.post(path, {"version": 2, "definition_digest": newer, "reason": "x"}).status_code == 422
    is_problem(move(olga, started["id"], 2, ""), 422, "reason-refused")
    is_problem(move(olga, started["id"], 1), 409, "already-on-version")
    assert olga.post(path, {"definition_digest": newer, "reason": "x"}).status_code == 200
    anne.post(f"/api/v1/cases/{started['case_id']}/cancel", {"reason": "x"})
    other = house.deploy(files(process("other").start().user("work", lane=ROLE).end()))["digest"]
    assert olga.post(path, {"definition_digest": other, "reason": "x"}).status_code == 404


def test_who_does_not_own_processes_may_not_and_elsewhere_nothing_is_found(house: House, anne: Someone, olga: Someone):
    started = begun(house, anne, counting("total = 1"))
    house.deploy(counting("total = 2"))
    for more in (dict[str, Any](), {"dry_run": True}):
        assert move(anne, started["id"], **more).status_code == 403
        kari = house.person(f"kari{len(more)}", "process.owner", workspace="lillestrom")
        assert move(kari, started["id"], **more).status_code == 404
        assert move(olga, "no such instance", **more).status_code == 404
    olga.post(f"/api/v1/cases/{started['case_id']}/cancel", {"reason": "x"})
    assert move(olga, started["id"]).status_code == 404
    assert move(olga, started["id"], dry_run=True).status_code == 404


def test_the_same_request_again_gets_the_same_answer_and_does_nothing(house: House, anne: Someone, olga: Someone):
    started = begun(house, anne, counting("total = 1"))
    house.deploy(counting("total = 2"))
    first, again = (move(olga, started["id"], key="once") for _ in range(2))
    assert (first.status_code, first.json) == (again.status_code, again.json)
    assert kinds(started["case_id"]).count("instance.migrated") == 1
    assert move(olga, started["id"], 1, key="once").status_code == 422


# --- several at once -------------------------------------------------------------------------------------------------


def test_of_two_who_move_a_case_at_once_one_wins_and_the_other_is_told(house: House, anne: Someone, olga: Someone):
    started = begun(house, anne, counting("total = 1"))
    house.deploy(counting("total = 2"))
    other, gate = house.person("per", "process.owner"), threading.Barrier(2)

    def over(someone: Someone) -> tuple[int, Any]:
        gate.wait()
        path = f"/api/v1/instances/{started['id']}/migrate"
        return post(address, path, someone, {"version": 2, "reason": "at once"})

    with serving(house.app) as address, ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(over, (olga, other)), key=lambda it: it[0])
    assert [status for status, _ in answers] == [200, 409], answers
    assert kinds(started["case_id"]).count("instance.migrated") == 1
    replays(olga, started["case_id"])


def test_who_completes_while_a_case_is_moved_has_done_it_once_under_one_of_the_versions(
    house: House, anne: Someone, olga: Someone
):
    house.deploy(counting("total = 1"))
    begun_ones = [anne.post("/api/v1/instances", {"definition": "count"}).json for _ in range(4)]
    house.deploy(counting("total = 2"))
    gate = threading.Barrier(2)

    def sent(path: str, someone: Someone, body: Any) -> tuple[int, Any]:
        gate.wait()
        return post(address, path, someone, body)

    with serving(house.app) as address, ThreadPoolExecutor(2) as pool:
        for one in begun_ones:
            done = pool.submit(sent, f"/api/v1/tasks/{one['tasks'][0]['id']}/complete", anne, {"answers": {"share": 1}})
            moved = pool.submit(sent, f"/api/v1/instances/{one['id']}/migrate", olga, {"version": 2, "reason": "x"})
            statuses = done.result()[0], moved.result()[0]
            assert set(statuses) <= {200, 409}, statuses
            assert 200 in statuses
            told = kinds(one["case_id"])
            assert (told.count("task.completed"), told.count("instance.migrated")) == tuple(
                int(status == 200) for status in statuses
            )
            replays(olga, one["case_id"])
