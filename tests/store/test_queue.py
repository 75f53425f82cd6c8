"""The queue on PostgreSQL: what is soon due stands in it, and whatever is lost from it is queued again."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from service.commands import instances
from service.domain.errors import MandatError
from service.identity import clockwork
from service.runtime.command import Call, Work, command
from service.store import db, queue
from tests.app.house import START, House, opened
from tests.app.visiting import visiting
from tests.diagrams import after, process
from tests.support import postgres
from tests.watching.test_metrics import value
from tests.web.reading import seen


@pytest.fixture
def house(postgres_server: postgres.Server, postgres_template: str) -> Iterator[House]:
    """A service on PostgreSQL: there is no queue on SQLite."""
    with postgres_server.database(postgres_template) as name, opened(postgres_server.url(name)) as house:
        yield house


def sleeper(house: House, span: str) -> dict[str, Any]:
    """A case that waits so long, begun."""
    drawing = process("sleeper").start().catch("rest", after(f'duration("{span}")')).user("act", lane="pogi.sec").end()
    house.deploy({"sleeper.bpmn": drawing.bpmn()})
    call = Call(house.person("secretary", "pogi.sec").actor, house.ports)
    return instances.start(call, "sleeper", {}, None)


def jobs() -> list[tuple[str, str]]:
    """The key and the state of every job."""
    with db.reading() as session:
        rows = session.execute(text("SELECT queueing_lock, status::text FROM queue.procrastinate_jobs ORDER BY id"))
        return [(key, state) for key, state in rows]


def timer() -> str:
    with db.reading() as session:
        return str(session.scalar(text("SELECT id FROM timers")))


def run(statement: str) -> None:
    with db.transaction() as session:
        session.execute(text(statement))


def test_a_timer_that_is_soon_due_is_queued_with_the_step_that_set_it(house):
    sleeper(house, "PT1M")
    assert jobs() == [(f"timer:{timer()}", "todo")]


def test_a_timer_of_later_waits_in_our_table_until_its_time_is_near(house):
    sleeper(house, "P2D")
    clockwork.look_after()
    assert jobs() == []
    house.later(days=2)
    house.clock.forward(START + timedelta(days=2) - queue.AHEAD)
    clockwork.look_after()
    assert jobs() == [(f"timer:{timer()}", "todo")]


def test_what_is_rolled_back_is_not_queued(house):
    @command
    def fail(work: Work):
        queue.add(work.session, [queue.firing("pogi", "case", "timer", work.now)])
        raise MandatError

    with pytest.raises(MandatError):
        fail(house.operator())
    assert jobs() == []


LOSSES = [
    "DROP SCHEMA queue CASCADE",
    "DROP TABLE queue.procrastinate_jobs CASCADE",
    "DROP TABLE queue.procrastinate_workers CASCADE",
    "DROP FUNCTION queue.procrastinate_defer_jobs_v1 CASCADE",
]


@pytest.mark.parametrize("loss", ["TRUNCATE queue.procrastinate_jobs CASCADE", *LOSSES])
def test_a_queue_that_vanished_is_made_again_from_our_tables(house, loss):
    sleeper(house, "PT1M")
    run(loss)
    clockwork.look_after()
    clockwork.look_after()
    assert jobs() == [(f"timer:{timer()}", "todo")]


@pytest.mark.parametrize("loss", [it for it in LOSSES if "workers" not in it])
def test_a_step_is_taken_without_a_queue_and_its_timer_fires_when_there_is_one_again(house, loss, caplog):
    run(loss)
    started = sleeper(house, "PT1M")
    assert [it.message for it in caplog.records if it.name == "mandat.queue"] == [
        "the queue takes nothing; workers look into our tables"
    ]
    clockwork.look_after()
    assert jobs() == [(f"timer:{timer()}", "todo")]
    house.later(minutes=1)
    clockwork.fire("pogi", started["case_id"], timer())
    with db.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM tasks")) == 1


def test_a_timer_that_is_in_the_queue_already_takes_no_step_with_it(house):
    @command
    def twice(work: Work):
        for _ in range(2):
            queue.add(work.session, [queue.firing("pogi", "case", "timer", work.now)])
        return {}

    twice(house.operator())
    assert jobs() == [("timer:timer", "todo")]


def test_the_job_of_a_dead_worker_is_queued_again_and_that_of_a_living_one_is_not(house):
    sleeper(house, "PT1M")
    run("INSERT INTO queue.procrastinate_workers DEFAULT VALUES")
    run(
        "UPDATE queue.procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM queue.procrastinate_workers)"
    )
    clockwork.look_after()
    assert jobs() == [(f"timer:{timer()}", "doing")]
    run("UPDATE queue.procrastinate_workers SET last_heartbeat = now() - interval '11 seconds'")
    clockwork.look_after()
    assert jobs() == [(f"timer:{timer()}", "todo")]


def test_a_job_of_a_timer_that_has_fired_does_nothing(house):
    started = sleeper(house, "PT1M")
    house.later(minutes=1)
    where = ("pogi", started["case_id"], timer())
    clockwork.fire(*where)
    clockwork.fire(*where)
    with db.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM tasks")) == 1


def test_readiness_tells_how_long_workers_have_been_silent(house):
    client = house.app.test_client()
    assert client.get("/readyz").json == {
        "ready": True,
        "database": True,
        "storage": "ok",
        "queue": True,
        "background_silent_for": 0.0,
    }
    run("INSERT INTO queue.procrastinate_workers (last_heartbeat) VALUES (now() - interval '5 seconds')")
    assert client.get("/readyz").json["background_silent_for"] >= 5


def test_how_long_nobody_has_reported_is_told_though_the_queue_that_knew_is_gone(house):
    """Both workers are dead and the queue is dropped: what is known is since when, and it does not turn into nothing."""
    client, ada = house.app.test_client(), visiting(house, "ada", "admin")
    run("INSERT INTO queue.procrastinate_workers (last_heartbeat) VALUES (now() - interval '50 seconds')")
    assert client.get("/readyz").json["background_silent_for"] >= 50
    run("DROP SCHEMA queue CASCADE")
    house.app.extensions["mandat.background-last"] -= 10
    house.app.extensions.pop("mandat.background-known", None)
    assert client.get("/readyz").json["background_silent_for"] >= 60
    assert value(client.get("/metrics").text, "mandat_background_silent_seconds") >= 60
    assert "Baggrundsarbejdet står stille." in seen(ada.get("/pogi/inbox").text)


def test_a_worker_says_that_the_queue_is_gone_and_not_the_database(house, monkeypatch, caplog):
    class Ended(Exception):
        pass

    def end(_seconds: float) -> None:
        raise Ended

    run("DROP SCHEMA queue CASCADE")
    monkeypatch.setattr("service.store.queue.time.sleep", end)
    with ThreadPoolExecutor(1) as alone, pytest.raises(Ended):  # a browser's loop may run in this thread
        alone.submit(queue.work, db.db.engine.url, {}, 1).result()
    (said,) = [it.message for it in caplog.records if it.name == "mandat.queue"]
    assert said == "the queue is missing or broken; the worker waits until one of them has made it again"


def test_where_the_queue_is_missing_people_work_on_and_it_is_said_until_a_worker_made_it_again(house):
    client, ada = house.app.test_client(), visiting(house, "ada", "admin")
    assert "mandat_queue_jobs" in client.get("/metrics").text
    run("DROP SCHEMA queue CASCADE")
    ready, told = client.get("/readyz"), client.get("/metrics")
    assert (ready.status_code, ready.json["ready"], ready.json["database"], ready.json["queue"]) == (
        200,
        True,
        True,
        False,
    )
    assert "mangler eller er i stykker" in seen(ada.get("/pogi/operations").text)
    assert told.status_code == 200
    assert "mandat_database_up 1.0" in told.text
    for gauge in ("mandat_queue_jobs", "mandat_workers"):
        assert gauge not in told.text
    assert value(told.text, "mandat_background_silent_seconds") >= 0
    clockwork.look_after()
    assert client.get("/readyz").json["queue"]
    assert "mangler eller er i stykker" not in seen(ada.get("/pogi/operations").text)
