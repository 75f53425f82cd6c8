"""The same request twice: one effect, one answer."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select

from service.commands import instances, tasks
from service.domain.errors import MandatError, RequestKeyReused, TaskAlreadyCompleted
from service.domain.journal import INSTALLATION
from service.domain.requests import RequestKey
from service.identity import clockwork
from service.runtime.command import Call
from service.store import db, receipts
from service.store.tables import Case, JournalEntry, Receipt
from tests.app.house import House, Someone, two_tasks


def count(entity) -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(entity)) or 0


def keyed(house: House, someone: Someone, key: str, asked: str = "same") -> Call:
    request = RequestKey("pogi", someone.actor.account_id or "", key, asked)
    return Call(someone.actor, house.ports, request)


@pytest.fixture
def anne(house: House) -> Someone:
    house.deploy(two_tasks())
    return house.person("anne", "pogi.sec")


def test_the_same_request_gets_the_same_answer_and_does_nothing(house, anne):
    first = instances.start(keyed(house, anne, "k"), "adoption", {}, None)
    before = count(JournalEntry)
    assert instances.start(keyed(house, anne, "k"), "adoption", {}, None) == first
    assert (count(Case), count(JournalEntry), count(Receipt)) == (1, before, 1)
    done = tasks.complete(keyed(house, anne, "k2"), first["tasks"][0]["id"], {})
    assert tasks.complete(keyed(house, anne, "k2"), first["tasks"][0]["id"], {}) == done


def test_the_same_key_for_another_request_is_refused(house, anne):
    instances.start(keyed(house, anne, "k"), "adoption", {}, None)
    with pytest.raises(RequestKeyReused):
        instances.start(keyed(house, anne, "k", asked="other"), "adoption", {}, "2026-2")
    assert count(Case) == 1


def test_the_same_key_of_another_account_is_another_key(house, anne):
    bo = house.person("bo", "pogi.sec")
    instances.start(keyed(house, anne, "k"), "adoption", {}, None)
    instances.start(keyed(house, bo, "k"), "adoption", {}, None)
    assert count(Case) == 2


def test_what_was_refused_may_be_tried_again_under_the_same_key(house, anne):
    with pytest.raises(MandatError):
        instances.start(keyed(house, anne, "k"), "unknown", {}, None)
    assert instances.start(keyed(house, anne, "k"), "adoption", {}, None)["status"] == "active"


def test_many_at_once_have_one_effect_and_one_answer(house, anne):
    task = instances.start(keyed(house, anne, "s"), "adoption", {}, None)["tasks"][0]["id"]

    def complete(_: int) -> dict[str, Any]:
        with house.app.app_context():
            return tasks.complete(keyed(house, anne, "k"), task, {})

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(complete, range(16)))
    assert all(answer == answers[0] for answer in answers)
    assert count(Receipt) == 2
    with pytest.raises(TaskAlreadyCompleted):
        tasks.complete(Call(anne.actor, house.ports), task, {})


def test_the_answer_is_kept_for_seven_days(house, anne):
    first = instances.start(keyed(house, anne, "k"), "adoption", {}, None)
    house.ports.clock.forward(house.later(days=6))
    assert clock_round(house) == 0
    assert instances.start(keyed(house, anne, "k"), "adoption", {}, None) == first
    house.ports.clock.forward(house.later(days=2))
    assert clock_round(house) == 1
    assert count(Receipt) == 0


def test_what_the_installation_has_done_for_good_stays_done(house):
    done = RequestKey("pogi", INSTALLATION, "review E1 2026-01-01", "review")
    with db.transaction() as session:
        receipts.keep(session, done, {}, house.ports.now())
    house.ports.clock.forward(house.later(days=400))
    assert clock_round(house) == 0
    assert count(Receipt) == 1


def clock_round(house: House) -> int:
    with house.app.app_context():
        return clockwork.forget_receipts()
