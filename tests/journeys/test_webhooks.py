"""Events to receivers outside: signed, once each, tried again, and helped by a person in the end."""

import base64
from datetime import timedelta
from typing import Any

import pytest

from service.commands import instances, outbox, webhooks
from service.domain.errors import AdministratorNeeded
from service.domain.outgoing_errors import AddressRefused, DiscardReasonUnknown, MessageNotFound
from service.queries import replay
from service.runtime.command import Call
from service.store import db, journal
from tests.app.house import House, two_tasks
from tests.app.sending import HERE, Sending, sending

__all__ = ["sending"]


def start(sending: Sending) -> dict[str, Any]:
    house = sending.house
    house.deploy(two_tasks())
    starter = house.person("starter", "pogi.sec")
    return instances.start(Call(starter.actor, house.ports), "adoption", {}, None)


def add(sending: Sending, *kinds: str) -> dict[str, Any]:
    return webhooks.add(sending.house.operator(), sending.receiver.url, kinds)


def told(stream: str) -> list[dict[str, Any]]:
    with db.reading() as session:
        return journal.entries(session, "pogi", stream)


def test_a_receiver_is_told_by_a_signed_cloud_event_without_names_or_texts(sending: Sending):
    hook = add(sending, "instance.started", "task.opened")
    case = start(sending)
    assert sending.receiver.calls == []
    assert sending.send() == 2
    assert {call.event["type"] for call in sending.receiver.calls} == {
        "eu.mandat.instance.started",
        "eu.mandat.task.opened",
    }
    opened = next(call for call in sending.receiver.calls if "task" in call.event["type"])
    assert opened.path == "/events?from=mandat"
    assert opened.headers["Content-Type"] == "application/cloudevents+json; charset=utf-8"
    assert opened.signed_with(base64.b64decode(hook["secret"].removeprefix("whsec_")))
    assert not opened.signed_with(b"another")
    assert opened.event == {
        "specversion": "1.0",
        "id": opened.headers["webhook-id"],
        "source": f"{HERE}/pogi/",
        "type": "eu.mandat.task.opened",
        "subject": case["case_id"],
        "time": "2026-01-05T08:00:00.000000Z",
        "datacontenttype": "application/json",
        "data": {
            "task": case["tasks"][0]["id"],
            "instance": case["id"],
            "activity": "prepare",
            "role": "pogi.sec",
        },
    }
    queued = [entry["data"]["notices"] for entry in told(case["case_id"]) if entry["kind"] == "notice.queued"]
    assert queued == [dict.fromkeys((call.event["id"] for call in sending.receiver.calls), hook["id"])]
    assert [entry["kind"] for entry in told("pogi")].count("outbox.sent") == 2
    assert replay.case(sending.house.operator().actor, case["case_id"])["ok"]


def test_what_a_receiver_does_not_take_is_tried_again_later_under_the_same_id_and_at_last_waits_for_a_person(
    sending: Sending,
):
    add(sending, "instance.started")
    sending.receiver.answers = [503] * 12
    start(sending)
    assert sending.send() == 1
    for minutes in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024):
        sending.house.later(minutes=minutes, seconds=-1)
        assert sending.send() == 0
        sending.house.later(minutes=minutes / 4, seconds=1)
        assert sending.send() == 1
    assert len(sending.receiver.calls) == 12
    assert len({call.headers["webhook-id"] for call in sending.receiver.calls}) == 1
    assert len({call.headers["webhook-timestamp"] for call in sending.receiver.calls}) == 12
    sending.house.later(days=2)
    assert sending.send() == 0
    died = told("pogi")[-1]
    assert (died["kind"], died["data"]["error"], died["data"]["tries"]) == ("outbox.died", "answer:503", 12)
    again = outbox.send_again(sending.house.operator(), None)["messages"]
    assert [message["attempts"] for message in again] == [0]
    assert sending.send() == 1
    assert sending.receiver.calls[-1].headers["webhook-id"] == again[0]["id"]
    assert [entry["kind"] for entry in told("pogi")][-2:] == ["outbox.sent_again", "outbox.sent"]


@pytest.mark.parametrize(
    ("answer", "location"), [(410, ""), (422, ""), (302, "http://127.0.0.1:1/"), (308, "/elsewhere")]
)
def test_a_refusal_for_good_is_not_tried_again_and_no_redirect_is_followed(sending: Sending, answer, location):
    add(sending, "instance.started")
    sending.receiver.answers, sending.receiver.location = [answer], location
    start(sending)
    sending.send()
    sending.house.later(days=2)
    assert sending.send() == 0
    assert len(sending.receiver.calls) == 1
    assert told("pogi")[-1]["kind"] == "outbox.died"


def test_a_person_discards_what_no_longer_matters_with_a_reason(sending: Sending):
    add(sending, "instance.started")
    sending.receiver.answers = [410]
    start(sending)
    sending.send()
    dead = told("pogi")[-1]["data"]["message"]
    with pytest.raises(DiscardReasonUnknown):
        outbox.discard(sending.house.operator(), [dead], "because")
    with pytest.raises(AdministratorNeeded):
        outbox.discard(
            Call(sending.house.person("anne", "pogi.sec").actor, sending.house.ports), [dead], "receiver-gone"
        )
    outbox.discard(sending.house.operator(), [dead], "receiver-gone")
    assert told("pogi")[-1]["data"] == {"messages": [dead], "reason": "receiver-gone"}
    with pytest.raises(MessageNotFound):
        outbox.send_again(sending.house.operator(), [dead])


def test_what_waits_for_a_receiver_that_was_removed_is_not_sent(sending: Sending):
    hook = add(sending, "instance.started")
    start(sending)
    webhooks.remove(sending.house.operator(), hook["id"])
    sending.send()
    assert sending.receiver.calls == []
    assert told("pogi")[-1]["data"]["error"] == "gone"


def test_a_receiver_that_does_not_answer_is_asked_once_a_round(sending: Sending):
    webhooks.add(sending.house.operator(), "http://127.0.0.1:9/", ())
    start(sending)
    assert sending.send() > 2
    with db.reading() as session:
        errors = session.connection().exec_driver_sql("SELECT error, attempts FROM outbox").all()
    assert set(map(tuple, errors)) == {("unreachable:refused", 1)}


def test_a_message_whose_relay_died_is_sent_again_when_its_lease_is_over(sending: Sending):
    add(sending, "instance.started")
    start(sending)
    taken = outbox.lease(sending.house.operator(), "one that dies", ["webhook"])["messages"]
    assert sending.send() == 0
    sending.house.later(minutes=5)
    assert sending.send() == 1
    assert sending.receiver.calls[0].event["id"] == taken[0]["id"]
    late = outbox.mark_sent(sending.house.operator(), taken[0]["id"], "one that dies")
    assert late == {"marked": False}


def test_two_relays_never_take_the_same(sending: Sending):
    add(sending)
    start(sending)
    first = outbox.lease(sending.house.operator(), "a", ["webhook"], timedelta(minutes=5))["messages"]
    assert first
    assert outbox.lease(sending.house.operator(), "b", ["webhook"], timedelta(minutes=5))["messages"] == []


def test_what_was_sent_is_swept_away_after_a_month(sending: Sending):
    add(sending, "instance.started")
    start(sending)
    sending.send()
    sending.house.later(days=31)
    instances.start(sending.house.operator(), "adoption", {}, None)
    sending.send()
    with db.reading() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM outbox").scalar() == 1


def test_where_nobody_listens_a_step_asks_nothing_more(house: House):
    """What is said to nobody costs nothing: not even a question."""
    house.deploy(two_tasks())
    anne = house.person("anne", "pogi.sec")
    for _ in range(2):
        with house.statements() as asked:
            task = anne.post("/api/v1/instances", {"definition": "adoption"}).json["tasks"][0]["id"]
        with house.statements() as completed:
            anne.post(f"/api/v1/tasks/{task}/complete", Idempotency_Key=task)
    for seen in (asked, completed):
        assert not [it for it in seen if "FROM outbox" in it or "INTO outbox" in it]
        assert not [it for it in seen if it.startswith(("SELECT webhooks", "SELECT mailboxes"))]
    assert len(asked) <= 10, asked
    assert len(completed) <= 12, completed


def test_however_many_events_a_step_has_they_are_written_by_one_statement(sending: Sending):
    for _ in range(3):
        add(sending)
    house = sending.house
    house.deploy(two_tasks())
    anne = house.person("anne", "pogi.sec")
    with house.statements() as asked:
        anne.post("/api/v1/instances", {"definition": "adoption"})
    assert len([it for it in asked if "INTO outbox" in it]) == 1


def test_an_address_within_the_network_is_refused_when_it_is_added(sending: Sending):
    for url in ("http://example.dk/", "https://10.0.0.1/", "https://[::1]/", "ftp://example.dk/"):
        with pytest.raises(AddressRefused):
            webhooks.add(sending.house.operator(), url)
