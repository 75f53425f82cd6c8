"""Mail to people: at once, once a day, and what a process writes."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from service.commands import instances, mailboxes, tasks
from service.runtime.command import Call
from service.store import db, journal
from tests.app.house import House, two_tasks
from tests.app.sending import HERE, Sending, sending
from tests.diagrams import process

__all__ = ["sending"]


def mailbox(house: House, name: str, wish: str, language: str = "da") -> None:
    mailboxes.choose(house.operator(), f"{name}@example.dk", wish, language, account=name)


def started(house: House, key: str = "adoption") -> dict[str, Any]:
    starter = house.person(f"starter-{key}", "pogi.sec", "pogi.chair")
    return instances.start(Call(starter.actor, house.ports), key, {}, None)


def kinds(house: House, stream: str) -> list[str]:
    with db.reading() as session:
        return [entry["kind"] for entry in journal.entries(session, "pogi", stream)]


def text(letter) -> str:
    return str(letter.get_content()).replace("\r\n", "\n")


def test_who_wants_it_at_once_hears_of_a_task_for_her_role_in_her_language(sending: Sending):
    house = sending.house
    house.deploy(two_tasks())
    for name, wish, language in (("anne", "at-once", "nb"), ("bo", "daily", "da"), ("carl", "never", "da")):
        house.person(name, "pogi.sec")
        mailbox(house, name, wish, language)
    house.person("dora", "pogi.chair")
    mailbox(house, "dora", "at-once")
    case = started(house)
    assert sending.mail.letters == []  # nothing is sent within the step
    assert sending.send() == 1
    (letter,) = sending.mail.letters
    assert letter["To"] == "anne@example.dk"
    assert letter["From"] == "Mandat <mandat@example.dk>"
    assert letter["Subject"] == "En ny oppgave: prepare"
    assert letter["Content-Language"] == "nb"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert f"{HERE}/pogi/tasks/{case['tasks'][0]['id']}\n" in text(letter)
    assert f"{HERE}/pogi/me" in text(letter)
    (queued,) = [it for it in kinds(house, case["case_id"]) if it == "mail.queued"]
    assert kinds(house, "pogi")[-1] == "outbox.sent"
    with db.reading() as session:
        told = [it for it in journal.entries(session, "pogi", case["case_id"]) if it["kind"] == queued]
    assert list(told[0]["data"]["mails"]) == sending.mail.ids()
    assert "example.dk" not in str(told)
    assert sending.send() == 0


def test_who_did_it_herself_gets_no_mail_about_what_follows(sending: Sending):
    house = sending.house
    house.deploy(two_tasks())
    anne = house.person("anne", "pogi.sec", "pogi.chair")
    mailbox(house, "anne", "at-once")
    instances.start(Call(anne.actor, house.ports), "adoption", {}, None)
    assert sending.send() == 0


def test_who_is_given_a_task_hears_of_it(sending: Sending):
    house = sending.house
    house.deploy(two_tasks())
    bo = house.person("bo", "pogi.sec")
    case = started(house)
    mailbox(house, "bo", "at-once")
    sending.send()
    boss = Call(house.person("boss", "pogi.sec", "admin").actor, house.ports)
    tasks.assign(boss, case["tasks"][0]["id"], str(bo.actor.person_id))
    sending.send()
    (letter,) = sending.mail.letters
    assert letter["Subject"] == "Du har fået en opgave: prepare"


def test_the_daily_mail_comes_once_at_seven_on_a_working_day_and_tells_what_is_new_and_due(sending: Sending):
    house = sending.house
    due = process("dated").start().user("answer", lane="pogi.sec", properties={"dueDate": "working days(4)"}).end()
    house.deploy(two_tasks() | {"dated.bpmn": due.bpmn()})
    house.person("anne", "pogi.sec")
    house.person("idle", "pogi.wg")
    mailbox(house, "anne", "daily")
    mailbox(house, "idle", "daily")
    house.later(hours=1)
    started(house)
    house.clock.forward(datetime(2026, 1, 6, 5, 59, tzinfo=UTC))  # 6:59 in Copenhagen
    assert sending.send() == 0
    house.later(minutes=1)
    assert sending.send() == 1
    (letter,) = sending.mail.letters
    assert letter["To"] == "anne@example.dk"
    assert letter["Subject"] == "1 opgave, du skal kende til"
    assert "Nyt:\n\n* prepare (adoption)" in text(letter)
    house.later(hours=3)
    started(house, "dated")  # by Friday
    assert sending.send() == 0
    house.later(days=1)
    sending.send()
    assert "Nyt:" in text(sending.mail.letters[1]) and "answer" in text(sending.mail.letters[1])
    assert "Frist: 12. januar 2026" in text(sending.mail.letters[1])
    house.later(days=1)  # Thursday: nothing is new, and Monday is two working days away
    sending.send()
    assert "Nyt:" not in text(sending.mail.letters[2])
    assert re.search(r"Frist snart, eller overskredet:\s+\* answer", text(sending.mail.letters[2]))
    house.clock.forward(datetime(2026, 1, 10, 12, tzinfo=UTC))  # a Saturday
    assert sending.send() == 0


WRITING = {
    "to": '"pogi.chair"',
    "subject": '"Om {{ title }}"',
    "text": '"Kære formand.\\n\\nDer er noget nyt om {{ title }}."',
    "values": '{title: "arbejdstøj"}',
}


def writing(**changed: str) -> dict[str, bytes]:
    drawing = process("writing").start().service("tell", "mail.send", {**WRITING, **changed})
    return {"writing.bpmn": drawing.user("rest", lane="pogi.sec").end().bpmn()}


def test_a_process_writes_to_a_role_and_to_one_person(sending: Sending):
    house = sending.house
    house.deploy(writing())
    chair = house.person("chair", "pogi.chair")
    house.person("mute", "pogi.chair")
    mailbox(house, "chair", "never")  # never is about tasks
    started(house, "writing")
    house.deploy(writing(to=f'"{chair.actor.person_id}"'))
    instances.start(house.operator(), "writing", {}, None)
    assert sending.send() == 2
    assert [letter["Subject"] for letter in sending.mail.letters] == ["Om arbejdstøj"] * 2
    assert "Der er noget nyt om arbejdstøj." in text(sending.mail.letters[0])
    assert len(set(sending.mail.ids())) == 2


@pytest.mark.parametrize("changed", [{"to": '"nobody"'}, {"text": '"{{ secret }}"'}])
def test_a_letter_that_cannot_be_written_stops_the_case_and_nothing_goes_out(sending: Sending, changed):
    house = sending.house
    house.person("chair", "pogi.chair")
    mailbox(house, "chair", "at-once")
    house.deploy(writing(**changed))
    assert started(house, "writing")["status"] == "incident"
    assert sending.send() == 0


def test_where_mail_is_off_nothing_waits(house: House):
    house.deploy(two_tasks())
    house.person("anne", "pogi.sec")
    mailbox(house, "anne", "at-once")
    case = started(house)
    assert "mail.queued" not in kinds(house, case["case_id"])


def test_a_task_that_went_over_to_another_role_is_written_of_to_who_may_take_it_now(sending: Sending):
    """As of any new task; who could take it before has heard of it, and who moved the case knows."""
    house = sending.house
    house.deploy(one_task("pogi.sec"))
    for name, *held in (("anne", "pogi.sec"), ("bo", "pogi.chair"), ("both", "pogi.sec", "pogi.chair")):
        house.person(name, *held)
        mailbox(house, name, "at-once")
    case = started(house, "asking")
    assert sending.send() == 2
    sending.mail.letters.clear()
    house.deploy(one_task("pogi.chair"))
    instances.migrate(house.operator(), case["id"], 2, {}, "The chair is to do it.")
    assert kinds(house, case["case_id"])[-2:] == ["task.readdressed", "mail.queued"]
    assert sending.send() == 1
    (letter,) = sending.mail.letters
    assert (letter["To"], letter["Subject"]) == ("bo@example.dk", "En ny opgave: ask")
    assert f"{HERE}/pogi/tasks/{case['tasks'][0]['id']}\n" in text(letter)


def test_a_task_that_somebody_has_taken_stays_hers_when_its_case_goes_over_and_nobody_is_written_to(sending: Sending):
    house = sending.house
    house.deploy(one_task("pogi.sec"))
    anne = house.person("anne", "pogi.sec")
    house.person("bo", "pogi.chair")
    mailbox(house, "bo", "at-once")
    case = started(house, "asking")
    tasks.claim(Call(anne.actor, house.ports), case["tasks"][0]["id"])
    house.deploy(one_task("pogi.chair"))
    instances.migrate(house.operator(), case["id"], 2, {}, "The chair is to do it.")
    assert sending.send() == 0


def one_task(role: str) -> dict[str, bytes]:
    return {"asking.bpmn": process("asking").start().user("ask", lane=role).end().bpmn()}
