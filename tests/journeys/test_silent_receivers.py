"""A receiver that keeps silent holds up nobody else: it is asked once, rests, and is asked again."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from sqlalchemy import update

from service.commands import instances, mailboxes, outbox, webhooks
from service.identity import clockwork
from service.post import webhooks as posted
from service.runtime.command import Call
from service.store import db
from service.store.tables import Webhook
from tests.app.house import two_tasks
from tests.app.sending import Sending, sending

__all__ = ["sending"]


@contextmanager
def silent() -> Iterator[tuple[str, list[socket.socket]]]:
    """A receiver that takes every call and answers none: its address, and its connections."""
    calls: list[socket.socket] = []
    over = Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take() -> None:
            while not over.is_set():
                connection, _ = server.accept()
                calls.append(connection)

        thread = Thread(target=take, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/", calls
        finally:
            over.set()
            socket.create_connection(server.getsockname()).close()
            thread.join()
            for connection in calls:
                connection.close()


@pytest.fixture
def starter(sending: Sending, monkeypatch) -> Call:
    monkeypatch.setattr(posted, "PATIENCE", 0.05)
    house = sending.house
    house.deploy(two_tasks())
    house.person("anne", "pogi.sec")
    mailboxes.choose(house.operator(), "anne@example.dk", "at-once", account="anne")
    return Call(house.person("starter", "pogi.sec").actor, house.ports)


def counted() -> dict[tuple[str, str | None], int]:
    """How many messages there are by state and by what came of the last try."""
    with db.reading() as session:
        found = session.connection().exec_driver_sql("SELECT state, error, count(*) FROM outbox GROUP BY 1, 2").all()
        return {(state, error): count for state, error, count in found}


def test_it_is_asked_once_whatever_waits_for_it_and_then_rests_while_others_are_told(sending: Sending, starter: Call):
    with silent() as (url, calls):
        webhooks.add(sending.house.operator(), url, ["instance.started"])
        webhooks.add(sending.house.operator(), sending.receiver.url, ["instance.started"])
        for _ in range(3):
            instances.start(starter, "adoption", {}, None)
        sending.send()
        assert (len(calls), len(sending.receiver.calls), len(sending.mail.letters)) == (1, 3, 3)
        instances.start(starter, "adoption", {}, None)
        sending.send()
        assert (len(calls), len(sending.receiver.calls), len(sending.mail.letters)) == (1, 4, 4), "it rests"
        assert counted() == {("sent", None): 8, ("waiting", "unreachable:timeout"): 3, ("waiting", None): 1}
        for minutes, asked in ((1, 2), (1, 2), (1, 3), (4, 4), (4, 4), (1, 5)):  # never longer than five
            sending.house.later(minutes=minutes, seconds=1)
            sending.send()
            assert len(calls) == asked
    sending.house.later(hours=1)


def test_when_it_answers_again_everything_goes_out_and_it_counts_as_one_that_answers(sending: Sending, starter: Call):
    with silent() as (url, _):
        hook = webhooks.add(sending.house.operator(), url, ["instance.started"])
        instances.start(starter, "adoption", {}, None)
        sending.send()
    with db.transaction() as session:
        session.execute(update(Webhook).values(url=sending.receiver.url))
    instances.start(starter, "adoption", {}, None)
    assert sending.send() == 1, "a mail; it rests"
    outbox.try_now(sending.house.operator(), hook["id"])
    assert sending.send() == 2
    with db.reading() as session:
        rests = session.connection().exec_driver_sql("SELECT silences, rests_until FROM outbox_receivers").all()
    assert {tuple(it) for it in rests} == {(0, None)}


def test_while_one_relay_has_a_receiver_another_sends_to_the_others(sending: Sending, starter: Call):
    house = sending.house
    first, second = (
        webhooks.add(house.operator(), f"{sending.receiver.url}&n={n}", ["instance.started"]) for n in range(2)
    )
    for _ in range(60):
        instances.start(starter, "adoption", {}, None)
    one = outbox.lease(house.operator(), "one", ["webhook"])
    other = outbox.lease(house.operator(), "other", ["webhook"])
    assert {one["receiver"], other["receiver"]} == {first["id"], second["id"]}
    assert {len(it["messages"]) for it in (one, other)} == {50}
    assert outbox.lease(house.operator(), "third", ["webhook"]) == {"receiver": None, "messages": []}
    outbox.give_back(house.operator(), one["receiver"], "one")
    assert outbox.lease(house.operator(), "third", ["webhook"])["receiver"] == one["receiver"]


def test_mail_and_events_are_sent_each_by_themselves(sending: Sending, starter: Call):
    webhooks.add(sending.house.operator(), sending.receiver.url, ["instance.started"])
    instances.start(starter, "adoption", {}, None)
    clockwork.send_mail()
    assert (len(sending.mail.letters), len(sending.receiver.calls)) == (1, 0)
    clockwork.tell_receivers()
    assert (len(sending.mail.letters), len(sending.receiver.calls)) == (1, 1)


def test_a_receiver_that_keeps_silent_for_good_has_its_messages_die_after_twelve_tries(sending: Sending, starter: Call):
    with silent() as (url, calls):
        webhooks.add(sending.house.operator(), url, ["instance.started"])
        for _ in range(5):
            instances.start(starter, "adoption", {}, None)
        for _ in range(11):
            sending.send()
            sending.house.later(hours=25)
        sending.send()
        assert len(calls) == 12
        assert counted() == {("sent", None): 5, ("dead", "unreachable:timeout"): 5}
