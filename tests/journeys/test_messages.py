"""Messages and signals between cases and from outside: the right case, once, early or late."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from service.commands import cases, incidents, instances, messages, tasks
from service.domain.errors import AnswersRefused, TaskNotWaiting
from service.domain.message_errors import (
    MessageAmbiguous,
    MessageExpiryRefused,
    MessageIdReused,
    MessageNotYours,
    MessageUnknown,
    SignalUnheard,
)
from service.identity.broadcasting import broadcast
from service.identity.clockwork import carry_messages
from service.queries import replay
from service.runtime.command import Call
from service.store import db, journal
from service.store.tables import AwaitedEvent, Case, Disclosure, Incident, Message, Task
from tests.app.house import House
from tests.diagrams import Event, message, process, signal

REPLY = {
    "type": "object",
    "required": ["price"],
    "properties": {"price": {"type": "integer"}, "remark": {"type": "string", "maxLength": 500}},
    "additionalProperties": False,
}
FORM = {"formJsonSchemaFilename": "reply.schema.json"}


def asks(word: Event | None = None, *, ask: bool = False, **more: Any) -> dict[str, bytes]:
    """A process that waits for the reply to its own reference; with `ask` a task comes before that."""
    drawing = process("asks").start(properties={})
    if ask:
        drawing = drawing.user("ask", lane="pogi.sec")
    event = word or message("reply", variable="reply")
    drawing = drawing.catch("wait", event, lane="pogi.sec", **more).user("read", lane="pogi.sec").end()
    bpmn = drawing.bpmn()
    if word is None:
        bpmn = with_keys(bpmn, "ref")
    return {"asks.bpmn": bpmn, "reply.schema.json": json.dumps(REPLY).encode()}


def with_keys(bpmn: bytes, *names: str) -> bytes:
    """The diagram, whose one message event waits for these variables' values."""
    space = b'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"'
    entries = b"".join(
        b"<spiffworkflow:processVariableCorrelation %s><spiffworkflow:propertyId>%s</spiffworkflow:propertyId>"
        b"<spiffworkflow:expression>%s</spiffworkflow:expression></spiffworkflow:processVariableCorrelation>"
        % (space, name.encode(), name.encode())
        for name in names
    )
    head, tag, tail = bpmn.partition(b"messageEventDefinition ")
    opened, close, rest = tail.partition(b"</")
    assert tag
    assert b"extensionElements>" in opened, opened
    at = opened.index(b"extensionElements>") + len(b"extensionElements>")
    return head + tag + opened[:at] + entries + opened[at:] + close + rest


def call_of(house: House, name: str, *held: str) -> Call:
    return Call(house.person(name, *held).actor, house.ports)


def kinds(case_id: str) -> list[str]:
    with db.reading() as session:
        case = session.get_one(Case, ("pogi", case_id))
        assert journal.verify(session, case) is None
        return [entry["kind"] for entry in journal.entries(session, "pogi", case_id)]


def tasks_of(case_id: str) -> list[str]:
    with db.reading() as session:
        return sorted(session.scalars(select(Task.activity_id).where(Task.case_id == case_id, Task.state == "open")))


def states() -> list[str]:
    with db.reading() as session:
        return list(session.scalars(select(Message.state).order_by(Message.id)))


def awaited() -> Sequence[AwaitedEvent]:
    with db.reading() as session:
        return session.scalars(select(AwaitedEvent)).all()


def replayed(call: Call, case_id: str) -> bool:
    found = replay.case(call.actor, case_id)
    assert found["ok"], found
    return True


def test_of_many_cases_the_one_that_waits_with_those_keys_is_reached(house: House) -> None:
    sec = call_of(house, "secretary", "pogi.sec")
    house.deploy(asks())
    begun = [instances.start(sec, "asks", {"ref": f"R{number}"}, None)["case_id"] for number in range(5)]
    sent = messages.send(sec, "reply", {"ref": "R3", "more": 1}, {"price": 7})
    assert (sent["state"], sent["case_id"]) == ("delivered", begun[3])
    assert [tasks_of(case_id) for case_id in begun] == [[], [], [], ["read"], []]
    assert {row.case_id for row in awaited()} == {*begun} - {begun[3]}
    assert kinds(begun[3])[-3:] == ["message.delivered", "task.opened", "message.received"]
    assert replayed(house.operator(), begun[3])


def test_a_message_before_its_event_waits_and_comes_in_at_once_and_once(house: House) -> None:
    sec = call_of(house, "secretary", "pogi.sec")
    house.deploy(asks(ask=True))
    sent = messages.send(sec, "reply", {"ref": "early"}, {"price": 7})
    assert sent["state"] == "waiting"
    both = [instances.start(sec, "asks", {"ref": "early"}, None) for _ in range(2)]
    for started in both:
        tasks.complete(sec, started["tasks"][0]["id"], {})
    assert [tasks_of(it["case_id"]) for it in both] == [["read"], []], "the first took it, and nothing is left"
    assert states() == ["delivered"]
    assert "message.received" in kinds(both[0]["case_id"])
    for started in both:
        assert replayed(house.operator(), started["case_id"])


def test_what_nobody_takes_in_time_expires_and_what_it_held_is_gone(house: House) -> None:
    sec = call_of(house, "secretary", "pogi.sec")
    house.deploy(asks())
    messages.send(sec, "reply", {"ref": "A"}, {"price": 7})
    house.later(days=29)
    carry_messages()
    assert states() == ["waiting"]
    house.later(days=2)
    started = instances.start(sec, "asks", {"ref": "A"}, None)
    assert tasks_of(started["case_id"]) == [], "its time is over, whoever has looked"
    carry_messages()
    with db.reading() as session:
        (row,) = session.scalars(select(Message))
        told = [it["kind"] for it in journal.entries(session, "pogi", "pogi")]
    assert (row.state, row.payload) == ("expired", None)
    assert told[-1] == "message.expired"
    assert "message.kept" in told


def test_of_two_sends_at_once_one_is_received_and_one_is_kept(house: House) -> None:
    sec = call_of(house, "secretary", "pogi.sec")
    house.deploy(asks())
    case_id = instances.start(sec, "asks", {"ref": "A"}, None)["case_id"]

    def send(number: int) -> str:
        with house.app.app_context():
            return str(messages.send(sec, "reply", {"ref": "A"}, {"price": number})["state"])

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, range(2))) == ["delivered", "waiting"]
    assert kinds(case_id).count("message.delivered") == 1
    assert replayed(house.operator(), case_id)


def test_a_send_and_the_event_that_begins_to_wait_at_the_same_moment_find_each_other(house: House) -> None:
    sec = call_of(house, "secretary", "pogi.sec")
    house.deploy(asks(ask=True))
    for number in range(6):
        started = instances.start(sec, "asks", {"ref": f"R{number}"}, None)

        def send(ref: str = f"R{number}") -> None:
            with house.app.app_context():
                messages.send(sec, "reply", {"ref": ref}, {"price": 1})

        def wait(task: str = started["tasks"][0]["id"]) -> None:
            with house.app.app_context():
                tasks.complete(sec, task, {})

        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(send), pool.submit(wait)]:
                done.result()
        assert tasks_of(started["case_id"]) == ["read"]


def test_the_same_under_the_same_id_is_taken_once_and_something_else_is_refused(house: House) -> None:
    sec = call_of(house, "secretary", "pogi.sec")
    house.deploy(asks())
    instances.start(sec, "asks", {"ref": "A"}, None)
    first = messages.send(sec, "reply", {"ref": "A"}, {"price": 7}, "mine-1")
    instances.start(sec, "asks", {"ref": "A"}, None)
    assert messages.send(sec, "reply", {"ref": "A"}, {"price": 7}, "mine-1") == first
    assert len(awaited()) == 1
    with pytest.raises(MessageIdReused):
        messages.send(sec, "reply", {"ref": "A"}, {"price": 8}, "mine-1")


def test_a_message_begins_a_case_of_the_process_in_force(house: House) -> None:
    sec = call_of(house, "secretary", "pogi.sec")
    drawing = process("call").start("begin", message("called"), lane="pogi.sec").user("see", lane="pogi.sec").end()
    house.deploy({"call.bpmn": drawing.bpmn()})
    sent = messages.send(sec, "called", {}, {"number": 4})
    assert sent["state"] == "delivered"
    with db.reading() as session:
        (case,) = session.scalars(select(Case))
    assert tasks_of(case.id) == ["see"]
    assert kinds(case.id) == ["instance.started", "task.opened", "message.received"]
    assert replayed(house.operator(), case.id)


def test_a_case_tells_another_by_its_key_and_one_that_begins_later(house: House) -> None:
    sec = call_of(house, "secretary", "pogi.sec")
    word = message("reply", payload="{ref: ref, price: 9}", ref="ref")
    house.deploy({"tells.bpmn": process("tells").start().throw("tell", word).end().bpmn()})
    house.deploy(asks())
    here, other = (instances.start(sec, "asks", {"ref": ref}, None)["case_id"] for ref in "AB")
    told = instances.start(sec, "tells", {"ref": "A"}, None)["case_id"]
    assert carry_messages() == 1
    assert (tasks_of(here), tasks_of(other)) == (["read"], [])
    assert kinds(told)[:3] == ["instance.started", "message.sent", "instance.ended"]
    instances.start(sec, "tells", {"ref": "C"}, None)
    assert carry_messages() == 1
    assert carry_messages() == 0
    late = instances.start(sec, "asks", {"ref": "C"}, None)["case_id"]
    assert tasks_of(late) == ["read"]
    for case_id in (here, told, late):
        assert replayed(house.operator(), case_id)


def test_an_operation_tells_another_case(house: House) -> None:
    sec = call_of(house, "secretary", "pogi.sec")
    parameters = {"name": '"reply"', "keys": "{ref: ref}", "payload": "{price: 3}"}
    drawing = process("does").start().service("tell", "messages.send", parameters, result="told").end()
    house.deploy({"does.bpmn": drawing.bpmn()})
    house.deploy(asks())
    case_id = instances.start(sec, "asks", {"ref": "A"}, None)["case_id"]
    done = instances.start(sec, "does", {"ref": "A"}, None)["case_id"]
    carry_messages()
    assert tasks_of(case_id) == ["read"]
    assert replayed(house.operator(), done)


def test_a_suspended_case_takes_its_message_when_it_goes_on(house: House) -> None:
    sec, owner = call_of(house, "secretary", "pogi.sec"), call_of(house, "owner", "process.owner")
    house.deploy(asks())
    case_id = instances.start(sec, "asks", {"ref": "A"}, None)["case_id"]
    cases.suspend(house.operator(), case_id, "looked into")
    assert messages.send(sec, "reply", {"ref": "A"}, {"price": 7})["state"] == "waiting"
    carry_messages()
    assert tasks_of(case_id) == []
    cases.resume(house.operator(), case_id, "looked into")
    carry_messages()
    assert tasks_of(case_id) == ["read"]
    assert owner.actor.owns_processes


def test_the_form_of_the_event_judges_and_seals_what_a_person_sends(house: House) -> None:
    sec = call_of(house, "secretary", "pogi.sec")
    house.deploy(asks(properties=FORM))
    case_id = instances.start(sec, "asks", {"ref": "A"}, None)["case_id"]
    for keys in ({"ref": "A"}, {"ref": "nobody yet"}):
        with pytest.raises(AnswersRefused):
            messages.send(sec, "reply", keys, {"price": "dear"})
    said = "In our own words: too dear."
    messages.send(sec, "reply", {"ref": "A"}, {"price": 7, "remark": said})
    with db.reading() as session:
        (sealed,) = session.scalars(select(Disclosure).where(Disclosure.case_id == case_id))
        entries = json.dumps(journal.entries(session, "pogi", case_id))
    assert (sealed.pointer, sealed.person_id) == ("/remark", sec.actor.person_id)
    assert said not in entries
    assert replayed(house.operator(), case_id)


def test_what_was_kept_is_sealed_for_who_sent_it_when_another_lets_the_event_wait(house: House) -> None:
    sec, other = call_of(house, "secretary", "pogi.sec"), call_of(house, "other", "pogi.sec")
    house.deploy(asks(ask=True, properties=FORM))
    messages.send(sec, "reply", {"ref": "A"}, {"price": 7, "remark": "Mine."})
    started = instances.start(other, "asks", {"ref": "A"}, None)
    tasks.complete(other, started["tasks"][0]["id"], {})
    with db.reading() as session:
        (sealed,) = session.scalars(select(Disclosure))
    assert sealed.person_id == sec.actor.person_id
    assert tasks_of(started["case_id"]) == ["read"]


def test_who_may_send(house: House) -> None:
    sec, owner = call_of(house, "secretary", "pogi.sec"), call_of(house, "owner", "process.owner")
    stranger = call_of(house, "stranger", "pogi.chair")
    house.deploy(asks())
    with pytest.raises(MessageNotYours):
        messages.send(stranger, "reply", {"ref": "A"}, None)
    instances.start(sec, "asks", {"ref": "A"}, None)
    with pytest.raises(MessageNotYours):
        messages.send(stranger, "reply", {"ref": "A"}, None)
    with pytest.raises(MessageUnknown):
        messages.send(sec, "raply", {"ref": "A"}, None)
    with pytest.raises(AnswersRefused):
        messages.send(owner, "reply", {"ref": "A"}, {"remark": "first line\nsecond line"})
    assert messages.send(owner, "reply", {"ref": "A"}, {"price": 7})["state"] == "delivered"


def test_without_keys_one_case_is_meant_or_none(house: House) -> None:
    sec = call_of(house, "secretary", "pogi.sec")
    house.deploy(asks(message("reply")))
    instances.start(sec, "asks", {}, None)
    instances.start(sec, "asks", {}, None)
    with pytest.raises(MessageAmbiguous):
        messages.send(sec, "reply", {}, None)


def test_a_signal_is_heard_in_every_case_that_waits_and_by_nobody_later(house: House) -> None:
    sec, stranger = call_of(house, "secretary", "pogi.sec"), call_of(house, "stranger", "pogi.chair")
    house.deploy(asks(signal("now", variable="said")))
    begun = [instances.start(sec, "asks", {}, None)["case_id"] for _ in range(3)]
    cases.suspend(house.operator(), begun[2], "looked into")
    with pytest.raises(MessageNotYours):
        broadcast(stranger, "now", None)
    assert broadcast(sec, "now", {"it": 1}) == {"heard": 2}
    assert [tasks_of(case_id) for case_id in begun] == [["read"], ["read"], []]
    with pytest.raises(SignalUnheard):
        broadcast(sec, "later", None)
    with pytest.raises(TaskNotWaiting):
        messages.signal(sec, begun[0], "now", None)
    for case_id in begun:
        assert replayed(house.operator(), case_id)


def test_what_ends_with_its_case_waits_no_longer(house: House) -> None:
    sec = call_of(house, "secretary", "pogi.sec")
    house.deploy(asks())
    case_id = instances.start(sec, "asks", {"ref": "A"}, None)["case_id"]
    assert len(awaited()) == 1
    cases.cancel(house.operator(), case_id, "a mistake")
    assert awaited() == []


def test_programs_send_over_http(house: House) -> None:
    sec = house.person("secretary", "pogi.sec")
    house.deploy(asks())
    started = sec.post("/api/v1/instances", {"definition": "asks", "variables": {"ref": "A"}}).json
    body = {"name": "reply", "keys": {"ref": "A"}, "payload": {"price": 7}, "id": "1"}
    sent = sec.post("/api/v1/messages", body)
    assert (sent.status_code, sent.json["state"]) == (200, "delivered")
    assert sec.post("/api/v1/messages", body).json == sent.json
    assert sec.post("/api/v1/messages", body | {"payload": {}}).status_code == 422
    assert sec.post("/api/v1/messages", {"name": "unknown"}).status_code == 422
    assert sec.post("/api/v1/signals", {"name": "unheard"}).status_code == 409
    assert tasks_of(started["case_id"]) == ["read"]


def test_a_message_whose_step_fails_waits_with_its_incident_and_the_next_one_behind_it(house: House) -> None:
    sec, owner = call_of(house, "secretary", "pogi.sec"), call_of(house, "owner", "process.owner")
    drawing = (
        process("asks").start().catch("wait", message("reply", variable="reply"), lane="pogi.sec").exclusive("which")
        .user("read", when="reply.price > 3", lane="pogi.sec").end("a").at("which").otherwise().end("b")
    )  # fmt: skip
    house.deploy({"asks.bpmn": with_keys(drawing.bpmn(), "ref")})
    case_id = instances.start(sec, "asks", {"ref": "A"}, None)["case_id"]
    assert messages.send(sec, "reply", {"ref": "A"}, {"cost": 7})["state"] == "delivered"
    with db.reading() as session:
        (failed,) = session.scalars(select(Incident))
        assert "price" in failed.message + (failed.expression or "")
    assert messages.send(sec, "reply", {"ref": "A"}, {"price": 9})["state"] == "waiting"
    incidents.correct(owner, failed.id, {"reply": {"price": 8}}, "the field has another name")
    carry_messages()
    assert tasks_of(case_id) == ["read"]
    assert states() == ["delivered", "waiting"], "nobody waits for the second any more"
    assert replayed(house.operator(), case_id)


def test_many_keys_long_texts_and_late_times_are_refused(house: House) -> None:
    sec = call_of(house, "secretary", "pogi.sec")
    house.deploy(asks())
    wrong: list[tuple[dict[str, Any], dict[str, Any] | None]] = [
        ({str(number): number for number in range(5)}, None),
        ({"ref": "x" * 201}, None),
        ({"ref": {"a": 1}}, None),
        ({"ref": "A"}, {"price": "x" * 201}),
        ({"ref": "A"}, {"price": [1]}),
        ({"ref": "A"}, {str(number): number for number in range(51)}),
    ]
    for keys, payload in wrong:
        with pytest.raises(AnswersRefused):
            messages.send(sec, "reply", keys, payload)
    for span in ({"days": -1}, {"days": 400}):
        with pytest.raises(MessageExpiryRefused):
            messages.send(sec, "reply", {"ref": "A"}, None, None, house.ports.now() + timedelta(**span))
    assert states() == []
