"""What a service lacks: room on the disk, the right to write, files to open, a clock that only goes on.

It refuses with 503 and keeps nothing by halves; when it has again what it needs it goes on by itself, and the same
request succeeds.
"""

import resource
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import Connection, create_engine, text

from service.commands import instances
from service.identity.callers import PORTS
from service.identity.clockwork import fire_due
from service.queries import replay
from service.runtime.command import Call
from service.store import cases, db, journal
from tests.app.house import START, House, waiting
from tests.conftest import migrate
from tests.faults import judge
from tests.faults.conftest import prepared
from tests.faults.lives import Ask, Lives
from tests.faults.report import Report
from tests.faults.test_same_moment import begun
from tests.support import postgres

FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON journal_entries EXECUTE FUNCTION full_disk()
"""


@contextmanager
def limited(lives: Lives, limit: int, most: int) -> Iterator[None]:
    """The process that serves may have no more than `most` of something."""
    soft, hard = resource.prlimit(lives.pid, limit)
    resource.prlimit(lives.pid, limit, (most, hard))
    try:
        yield
    finally:
        resource.prlimit(lives.pid, limit, (soft, hard))


@contextmanager
def no_room(lives: Lives, url: str) -> Iterator[None]:
    """A full disk: no file of the process may grow. PostgreSQL, another process, says so in its own words."""
    if url.startswith("sqlite"):
        with limited(lives, resource.RLIMIT_FSIZE, 0):
            yield
        return
    with commanding(url) as connection:
        connection.execute(text(FULL))
        yield
        connection.execute(text("DROP FUNCTION full_disk CASCADE"))


@contextmanager
def commanding(url: str) -> Iterator[Connection]:
    """A connection beside the service, each of whose statements counts at once."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@pytest.fixture
def lives(bearing: subprocess.Popen[str], database_url: str, token: str) -> Iterator[Lives]:
    """A service that serves."""
    lives = Lives(bearing, database_url, token)
    lives.begin()
    yield lives
    lives.end()


def test_on_a_full_disk_nothing_is_kept_by_halves_and_afterwards_it_goes_on(
    lives: Lives, database_url: str, judging: Flask, report: Report
) -> None:
    lived, task = begun(lives, 0)
    claim = Ask(f"/api/v1/tasks/{task}/claim", {}, "claim")
    with no_room(lives, database_url):
        assert [lives.send(claim)[0] for _ in range(3)] == [503, 503, 503]
    assert judge.verdict(judging, lived) == []
    assert lives.send(claim)[0] == 200
    assert judge.verdict(judging, lived) == []
    report("full disk", "refused three times, taken afterwards")


def test_a_server_that_only_stands_by_is_waited_for(
    own_server: postgres.Server, bearing: subprocess.Popen[str], report: Report
) -> None:
    with own_server.database() as name:
        url = own_server.url(name)
        migrate(url)
        app, token = prepared(url)
        lives = Lives(bearing, url, token)
        lives.begin()
        lived, task = begun(lives, 0)
        claim = Ask(f"/api/v1/tasks/{task}/claim", {}, "claim")
        own_server.stand_by()
        assert lives.send(claim)[0] == 503
        own_server.take_over()
        assert lives.send(claim)[0] == 200
        assert judge.verdict(app, lived) == []
        report("server stands by", "refused once, taken afterwards")
        lives.end()
        with app.app_context():
            db.dispose()


def test_where_no_more_files_can_be_opened_people_wait_and_are_then_answered(
    lives: Lives, judging: Flask, report: Report
) -> None:
    lived, task = begun(lives, 0)
    claim = Ask(f"/api/v1/tasks/{task}/claim", {}, "claim")
    with ThreadPoolExecutor(1) as pool:
        with limited(lives, resource.RLIMIT_NOFILE, 3):
            asked = pool.submit(lives.send, claim)
        assert asked.result(60)[0] == 200
    assert judge.verdict(judging, lived) == []
    report("no more files", "answered when there were some")


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(hours=-1)], ids=["forward", "back"])
def test_a_clock_that_jumps_fires_nothing_twice_and_keeps_the_order_of_what_happened(
    house: House, jump: timedelta, report: Report
) -> None:
    hand = [START]

    def clock() -> datetime:
        return hand[0]

    ports = replace(house.ports, clock=clock)
    house.app.extensions[PORTS] = ports
    secretary = Call(house.person("secretary", "pogi.sec").actor, ports)
    house.deploy(waiting())
    started = [instances.start(secretary, "waiting", {}, None) for _ in range(3)]
    hand[0] += timedelta(days=2)
    assert fire_due() == 3
    hand[0] += jump
    later = instances.start(secretary, "waiting", {}, None)
    assert fire_due() == 0
    hand[0] += timedelta(days=2)
    assert fire_due() == 1
    for case_id in [it["case_id"] for it in (*started, later)]:
        with db.reading() as session:
            case = cases.case(session, "pogi", case_id)
            assert case is not None
            assert journal.verify(session, case) is None
            kinds = [entry["kind"] for entry in journal.entries(session, *case.stream)]
        assert kinds.count("timer.fired") == 1
        assert replay.case(house.operator().actor, case_id)["ok"]
    report("clock jumps", f"{'forward' if jump > timedelta() else 'back'} by an hour, four timers")
