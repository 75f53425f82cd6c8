"""A signal that is sent again: heard once in each case, and answered the same."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from service.commands import messages
from service.domain.errors import DatabaseBusy
from service.runtime.command import Call
from tests.app.house import House
from tests.diagrams import signal
from tests.journeys.test_messages import asks, kinds, tasks_of


def test_the_same_signal_under_the_same_key_is_heard_once_and_answered_the_same(house: House) -> None:
    sec, owner = house.person("secretary", "pogi.sec"), house.person("owner", "process.owner")
    house.deploy(asks(signal("now", variable="said")))
    begun = [sec.post("/api/v1/instances", {"definition": "asks"}).json["case_id"] for _ in range(2)]
    first = sec.post("/api/v1/signals", {"name": "now"}, Idempotency_Key="k")
    assert (first.status_code, first.json) == (200, {"heard": 2})
    later = sec.post("/api/v1/instances", {"definition": "asks"}).json["case_id"]
    again = sec.post("/api/v1/signals", {"name": "now"}, Idempotency_Key="k")
    assert (again.status_code, again.json) == (200, {"heard": 2})
    assert [tasks_of(case_id) for case_id in (*begun, later)] == [["read"], ["read"], []]
    other = sec.post("/api/v1/signals", {"name": "now", "payload": {"it": 1}}, Idempotency_Key="k")
    assert (other.status_code, other.json["type"]) == (422, "/problems/request-key-reused")
    hers = owner.post("/api/v1/signals", {"name": "now", "payload": {"it": 1}}, Idempotency_Key="k")
    assert (hers.status_code, hers.json) == (200, {"heard": 1}), "another person's key is another key"
    assert sec.post("/api/v1/signals", {"name": "now"}, Idempotency_Key="l").status_code == 409
    assert sec.post("/api/v1/signals", {"name": "now"}, Idempotency_Key="k").json == {"heard": 2}


def test_a_signal_that_was_interrupted_is_given_where_it_was_not_heard_yet(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    sec = house.person("secretary", "pogi.sec")
    house.deploy(asks(signal("now", variable="said")))
    begun = [sec.post("/api/v1/instances", {"definition": "asks"}).json["case_id"] for _ in range(3)]
    give, given = messages.signal, list[str]()

    def dies(call: Call, case_id: str, *more: Any) -> dict[str, Any]:
        if given:
            raise DatabaseBusy
        given.append(case_id)
        return give(call, case_id, *more)

    with monkeypatch.context() as patch:
        patch.setattr(messages, "signal", dies)
        assert sec.post("/api/v1/signals", {"name": "now"}, Idempotency_Key="k").status_code == 503
    assert [case_id for case_id in begun if tasks_of(case_id)] == given
    assert sec.post("/api/v1/signals", {"name": "now"}, Idempotency_Key="k").json == {"heard": 3}
    assert sec.post("/api/v1/signals", {"name": "now"}, Idempotency_Key="k").json == {"heard": 3}
    assert [kinds(case_id).count("signal.delivered") for case_id in begun] == [1, 1, 1]


def test_one_signal_sent_many_times_at_once_is_heard_once_and_answered_the_same(house: House) -> None:
    sec = house.person("secretary", "pogi.sec")
    house.deploy(asks(signal("now", variable="said")))
    begun = [sec.post("/api/v1/instances", {"definition": "asks"}).json["case_id"] for _ in range(3)]
    windows = [replace(sec, client=house.app.test_client()) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        sent = [pool.submit(it.post, "/api/v1/signals", {"name": "now"}, Idempotency_Key="k") for it in windows]
    assert [(it.result().status_code, it.result().json) for it in sent] == [(200, {"heard": 3})] * 4
    assert [kinds(case_id).count("signal.delivered") for case_id in begun] == [1, 1, 1]
