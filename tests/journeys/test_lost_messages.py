"""Messages from outside that find nobody: refused where none ever could be found, else kept where people see them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from service.commands import instances, messages
from service.domain.errors import NotFound
from service.domain.message_errors import MessageAmbiguous, MessageExpiryRefused, MessageKeysUnknown
from service.identity.clockwork import carry_messages
from service.queries import messages as queries
from tests.app.house import House
from tests.app.visiting import visiting
from tests.diagrams import message, process
from tests.journeys.test_messages import asks, awaited, call_of, states, tasks_of, with_keys
from tests.watching.test_metrics import value
from tests.web.reading import seen


def changed(name: str) -> dict[str, bytes]:
    """A later version of the process, whose event waits with another value."""
    files = asks(message("reply", variable="reply"))
    return files | {"asks.bpmn": with_keys(files["asks.bpmn"], name)}


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"reff": "A"}, "“reply” is found by “reff”. Such events wait with “ref”."),
        ({}, "“reply” is found by no correlation values. Such events wait with “ref”."),
    ],
)
def test_values_by_which_no_event_is_ever_found_are_refused_with_those_that_there_are(
    house: House, keys: dict[str, Any], said: str
) -> None:
    sec = call_of(house, "secretary", "pogi.sec")
    house.deploy(asks())
    with pytest.raises(MessageKeysUnknown, match=said):
        messages.send(sec, "reply", keys, {"price": 7})
    assert states() == []


def test_values_of_a_version_that_still_runs_are_taken(house: House) -> None:
    sec = call_of(house, "secretary", "pogi.sec")
    house.deploy(asks(ask=True))
    instances.start(sec, "asks", {"ref": "A"}, None)
    house.deploy(changed("number"))
    assert messages.send(sec, "reply", {"ref": "A"}, {"price": 7})["state"] == "waiting"
    assert messages.send(sec, "reply", {"number": 1, "more": 2}, {"price": 7})["state"] == "waiting"
    with pytest.raises(MessageKeysUnknown, match="“number”, or with “ref”"):
        messages.send(sec, "reply", {"more": 2}, {"price": 7})


def test_an_event_that_learns_its_value_from_an_earlier_message_is_found_by_it_and_without(house: House) -> None:
    sec = call_of(house, "secretary", "pogi.sec")
    word = {"ref": "ref"}
    drawing = process("knows").start().throw("tell", message("told", payload="{ref: ref}", **word))
    house.deploy({"knows.bpmn": drawing.catch("wait", message("reply", **word), lane="pogi.sec").end().bpmn()})
    for keys in ({"ref": "A"}, {}):
        assert messages.send(sec, "reply", keys, None)["state"] == "waiting"
    with pytest.raises(MessageKeysUnknown, match="“ref” or none"):
        messages.send(sec, "reply", {"reff": "A"}, None)


def test_two_cases_that_wait_alike_are_not_chosen_between(house: House) -> None:
    sec = call_of(house, "secretary", "pogi.sec")
    house.deploy(asks())
    here, _ = (instances.start(sec, "asks", {"ref": "A"}, None)["case_id"] for _ in range(2))
    for keys in ({"ref": "A"}, {"ref": "A", "more": 1}):
        with pytest.raises(MessageAmbiguous, match="2 cases wait"):
            messages.send(sec, "reply", keys, {"price": 7})
    assert len(awaited()) == 2
    told = process("tells").start().throw("tell", message("reply", payload="{ref: ref, price: 9}", ref="ref")).end()
    house.deploy({"tells.bpmn": told.bpmn()})
    instances.start(sec, "tells", {"ref": "A"}, None)
    carry_messages()
    assert tasks_of(here) == ["read"], "what a case sends goes to who has waited longest: there is nobody to ask"


def test_the_same_message_at_the_same_moment_is_taken_once_and_answered_alike(house: House) -> None:
    sec = call_of(house, "secretary", "pogi.sec")
    house.deploy(asks())
    for ref, there in (("A", True), ("B", False)):
        if there:
            instances.start(sec, "asks", {"ref": ref}, None)

        def send(_number: int, ref: str = ref) -> dict[str, Any]:
            with house.app.app_context():
                return messages.send(sec, "reply", {"ref": ref}, {"price": 7}, f"mine-{ref}")

        with ThreadPoolExecutor(8) as pool:
            first, *others = pool.map(send, range(8))
        assert first["state"] == ("delivered" if there else "waiting")
        assert others == [first] * 7
    assert sorted(states()) == ["delivered", "waiting"]


def test_after_its_time_is_over_the_same_message_still_gets_the_same_answer(house: House) -> None:
    sec = call_of(house, "secretary", "pogi.sec")
    house.deploy(asks())
    until = house.clock() + timedelta(hours=1)
    first = messages.send(sec, "reply", {"ref": "A"}, {"price": 7}, "mine", until)
    house.later(hours=2)
    carry_messages()
    assert states() == ["expired"]
    assert messages.send(sec, "reply", {"ref": "A"}, {"price": 7}, "mine", until) == first
    with pytest.raises(MessageExpiryRefused):
        messages.send(sec, "reply", {"ref": "A"}, {"price": 7}, "another", until)


def test_what_waits_and_what_came_to_nothing_is_listed(house: House) -> None:
    sec = call_of(house, "secretary", "pogi.sec")
    house.deploy(asks())
    messages.send(sec, "reply", {"ref": "lost"}, {"price": 7654}, None, house.clock() + timedelta(hours=1))
    house.later(hours=2)
    carry_messages()
    messages.send(sec, "reply", {"ref": "R-17"}, {"price": 7654})
    ada, admin = visiting(house, "ada", "admin"), house.person("karl", "admin")
    page = ada.get("/pogi/messages").text
    text = seen(page)
    assert 'reply 05.01.2026 kl. 11.00 ref "R-17" Secretary 04.02.2026 kl. 11.00' in text
    assert "Ingen sag havde taget den 05.01.2026 kl. 11.00, og dens tid var gået." in text
    assert "lost" not in text and "7654" not in page
    assert "Beskeder, der ikke fandt en sag" in seen(ada.get("/pogi/operations").text)
    (found,) = admin.get("/api/v1/messages").json["messages"]
    assert (found["name"], found["keys"], found["sent_by"]) == ("reply", {"ref": "R-17"}, "Secretary")
    (gone,) = admin.get("/api/v1/messages?state=expired").json["messages"]
    assert (gone["keys"], gone["state"]) == ({}, "expired")
    assert "payload" not in found
    metrics = house.app.test_client().get("/metrics").text
    assert value(metrics, 'mandat_messages_waiting{workspace="pogi"}') == 1
    with pytest.raises(NotFound):
        queries.listed(sec.actor, "waiting")
    assert visiting(house, "bo", "pogi.sec").get("/pogi/messages").status_code == 404


def test_where_no_message_waits_the_page_says_so(one_house: House) -> None:
    one_house.role("pogi.sec")
    assert "Ingen besked venter" in seen(visiting(one_house, "eva", "process.owner").get("/pogi/messages").text)
