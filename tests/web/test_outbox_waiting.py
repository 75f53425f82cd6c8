"""What waits on its way out: told to who administers the workspace, to programs, to the log and to who watches."""

import json

import pytest

from service.commands import instances, mailboxes, webhooks
from service.identity import clockwork
from service.runtime.command import Call
from service.store import db
from tests.app.house import two_tasks
from tests.app.sending import Sending, sending
from tests.app.visiting import visiting
from tests.watching.test_logs import kind
from tests.watching.test_metrics import value
from tests.web.reading import seen

__all__ = ["kind", "sending"]

DEAD = "http://127.0.0.1:9/"


def started(sending: Sending, cases: int, *people: str) -> None:
    """So many cases, each with a mail to each of these people."""
    house = sending.house
    house.deploy(two_tasks())
    for name in people:
        house.person(name, "pogi.sec")
        mailboxes.choose(house.operator(), f"{name}@example.dk", "at-once", account=name)
    starter = Call(house.person("starter", "pogi.sec").actor, house.ports)
    for _ in range(cases):
        instances.start(starter, "adoption", {}, None)


def rows(text: str) -> str:
    """The table of what waits, as it is read."""
    return seen(text[text.index('id="waiting"') :])


def test_many_messages_that_wait_for_one_server_are_one_line_that_says_why_and_until_when(sending: Sending):
    sending.mail.broken = "451 4.7.1 come back later"
    webhooks.add(sending.house.operator(), DEAD, ["instance.started"])
    started(sending, 30, "anne", "bo")
    admin = visiting(sending.house, "ada", "admin")
    before = rows(admin.get("/pogi/outbox").text)
    assert "60 mails siden 05.01.2026 kl. 09.00" in before and "Der er ikke prøvet endnu." in before
    sending.send()
    page = admin.get("/pogi/outbox").text
    text = rows(page)
    assert text.count("siden 05.01.2026") == 2
    assert "60 mails" in text and "Flere personer, gennem mailserveren" in text
    assert "Mailserveren tog ikke imod den: den svarede 451 4.7.1. Prøvet 1 gang." in text
    assert f"30 hændelser siden 05.01.2026 kl. 09.00 {DEAD} Ingen svarer på serverens adresse" in text
    assert "05.01.2026 kl. 09.01" in text
    assert "example.dk" not in seen(page)
    told = seen(admin.get("/pogi/webhooks").text)
    assert "30 hændelser. Ingen svarer på serverens adresse" in told


def test_one_press_lets_what_waits_be_tried_when_the_cause_is_mended(sending: Sending):
    sending.mail.broken = "451 later"
    started(sending, 2, "anne")
    sending.send()
    sending.mail.broken = None
    assert sending.send() == 0
    admin = visiting(sending.house, "ada", "admin")
    assert "2 mails siden 05.01.2026 kl. 09.00 Anne" in rows(admin.get("/pogi/outbox").text), "all are for her"
    answer = admin.post("/pogi/outbox/now", {"receiver": "mail"})
    assert answer.headers["Location"] == "/pogi/outbox?kept=again"
    assert sending.send() == 2
    assert len(sending.mail.letters) == 2
    assert "Alt er sendt" in seen(admin.get("/pogi/outbox").text)
    assert admin.post("/pogi/outbox/now", {"receiver": "mail"}).headers["Location"] == "/pogi/outbox?kept=gone"
    assert visiting(sending.house, "bo", "pogi.sec").post("/pogi/outbox/now", {"receiver": "mail"}).status_code == 404


def test_a_program_reads_what_waits_and_why(sending: Sending):
    webhooks.add(sending.house.operator(), DEAD, ["instance.started"])
    started(sending, 3)
    sending.send()
    admin = sending.house.person("karl", "admin")
    (found,) = admin.get("/api/v1/outbox/waiting").json["waiting"]
    assert (found["kind"], found["to"], found["error"], found["count"]) == ("webhook", DEAD, "unreachable:refused", 3)
    assert (found["attempts"], found["since"]) == (1, "2026-01-05T08:00:00.000000Z")
    assert found["next_at"] >= "2026-01-05T08:01:00"
    assert sending.house.person("anne", "pogi.sec").get("/api/v1/outbox/waiting").status_code == 404


def test_the_operations_page_and_the_metrics_tell_since_when_the_oldest_waits(sending: Sending):
    sending.mail.broken = "451 later"
    started(sending, 2, "anne")
    sending.send()
    admin, app = visiting(sending.house, "ada", "admin"), sending.house.app
    sending.house.later(minutes=14)
    assert "den ældste i 14 minutter." in seen(admin.get("/pogi/operations").text)
    assert "Se efter" not in seen(admin.get("/pogi/operations").text)
    sending.house.later(minutes=1)
    assert "Se efter" in seen(admin.get("/pogi/operations").text)
    metrics = app.test_client().get("/metrics").text
    assert value(metrics, 'mandat_outbox_oldest_seconds{workspace="pogi"}') == 900


@pytest.mark.parametrize("kind", ["json"], indirect=True)
def test_each_try_in_vain_is_a_line_of_the_log_without_an_address(sending: Sending, kind, capsys):
    sending.mail.refused["anne@example.dk"] = "550 5.1.1 anne@example.dk is nobody"
    hook = webhooks.add(sending.house.operator(), DEAD, ["instance.started"])
    started(sending, 3, "anne")
    capsys.readouterr()
    clockwork.send_out()
    said = capsys.readouterr().err
    assert "example" not in said and "127.0.0.1" not in said
    lines = [json.loads(line) for line in said.splitlines() if "did not arrive" in line]
    with db.reading() as session:
        (anne,) = session.connection().exec_driver_sql("SELECT id FROM people WHERE name = 'Anne'").scalars()
    mails = [it for it in lines if it["kind"] == "mail"]
    assert {(it["receiver"], it["answer"], it["dead"], it["tries"]) for it in mails} == {
        (anne, "recipient:550 5.1.1", True, 1)
    }
    assert len({it["outbox"] for it in mails}) == len(mails) == 3
    (event,) = [it for it in lines if it["kind"] == "webhook"]
    assert (event["receiver"], event["answer"], event["messages"]) == (hook["id"], "unreachable:refused", 3)
    assert event["next_at"].startswith("2026-01-05T08:01:00")
    assert {it["level"] for it in lines} == {"warning"}
