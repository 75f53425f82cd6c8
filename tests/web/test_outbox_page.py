"""What could not be sent, who is told of what happens, and a person's own mail: as pages, and by the API."""

import re

import pytest

from service.commands import mailboxes
from service.identity import clockwork
from tests.app.house import House, two_tasks
from tests.app.sending import Sending, sending
from tests.app.visiting import visiting
from tests.web.reading import seen

__all__ = ["sending"]


def undelivered(sending: Sending) -> None:
    """A mail that the server refuses for good, and an event that the receiver does not want."""
    house = sending.house
    house.deploy(two_tasks())
    house.person("anne", "pogi.sec")
    mailboxes.choose(house.operator(), "anne@example.dk", "at-once", account="anne")
    sending.mail.refused["anne@example.dk"] = "550 no such person"
    sending.receiver.answers = [410]
    admin = visiting(house, "ada", "admin")
    admin.post("/pogi/webhooks", {"url": sending.receiver.url, "kinds": "instance.started"})
    house.person("bo", "pogi.sec").post("/api/v1/instances", {"definition": "adoption"})
    sending.send()


def test_what_could_not_be_sent_says_why_and_is_sent_again_or_discarded(sending: Sending):
    undelivered(sending)
    admin = visiting(sending.house, "karl", "admin")
    page = admin.get("/pogi/outbox").text
    text = seen(page)
    assert "2 beskeder kunne ikke sendes og venter på dig." in text
    assert (
        "Mail om en ny opgave" in text
        and "Mailserveren tager ikke imod denne persons adresse: den svarede 550." in text
    )
    assert "Hændelsen instance.started" in text and "Modtageren svarede med status 410." in text
    assert "Prøvet 1 gang." in text
    assert "anne@example.dk" not in text
    (mail,) = re.findall(r'Mail om en ny opgave<br>.*?name="message" value="([0-9a-f-]{36})"', page, re.DOTALL)
    sending.mail.refused.clear()
    assert admin.post("/pogi/outbox", {"message": mail}).headers["Location"] == "/pogi/outbox?kept=again"
    assert "Der bliver prøvet igen med det samme." in seen(admin.get("/pogi/outbox?kept=again").text)
    clockwork.send_out()
    assert sending.mail.ids() == [mail]
    (event,) = set(re.findall(r'name="message" value="([0-9a-f-]{36})"', admin.get("/pogi/outbox").text))
    wrong = admin.post("/pogi/outbox", {"message": event, "do": "discard", "reason": ""})
    assert wrong.status_code == 422
    assert "Begrundelse: vælg en." in seen(wrong.text)
    done = admin.post("/pogi/outbox", {"message": event, "do": "discard", "reason": "receiver-gone"})
    assert done.headers["Location"] == "/pogi/outbox?kept=discarded"
    assert admin.post("/pogi/outbox", {"message": event}).status_code == 409
    assert "Alt er sendt" in seen(admin.get("/pogi/outbox").text)


def test_all_are_sent_again_with_one_press(sending: Sending):
    undelivered(sending)
    sending.mail.refused.clear()
    admin = visiting(sending.house, "karl", "admin")
    assert admin.post("/pogi/outbox", {"message": ""}).status_code == 303
    sending.send()
    assert len(sending.mail.letters) == 1
    assert len(sending.receiver.calls) == 2


def test_a_receiver_is_added_with_a_secret_that_is_shown_once_and_removed(sending: Sending):
    admin = visiting(sending.house, "ada", "admin")
    assert "Ingen udenfor får besked om noget" in seen(admin.get("/pogi/webhooks").text)
    wrong = admin.post("/pogi/webhooks", {"url": "https://10.0.0.1/"})
    assert wrong.status_code == 422
    assert "Adresse: den ligger i et netværk, der ikke er offentligt." in seen(wrong.text)
    added = admin.post("/pogi/webhooks", {"url": "https://example.dk/in"}).text
    assert re.search(r'id="secret" readonly value="whsec_[A-Za-z0-9+/]{43}="', added)
    page = admin.get("/pogi/webhooks").text
    assert "secret" not in page
    assert "https://example.dk/in Alle" in seen(page)
    (remove,) = re.findall(r'action="(/pogi/webhooks/[0-9a-f-]{36}/remove)"', page)
    assert admin.post(remove).status_code == 303
    assert "https://example.dk/in" not in admin.get("/pogi/webhooks").text
    assert admin.post(remove).status_code == 404


def test_a_person_chooses_her_mail(sending: Sending):
    anne = visiting(sending.house, "anne", "pogi.sec")
    page = anne.get("/pogi/me").text
    assert "Klokken syv på hverdage" in seen(page)
    assert 'href="/pogi/me"' in anne.get("/pogi/inbox").text
    wrong = anne.post("/pogi/me", {"address": "anne", "wish": "daily", "language": "da"})
    assert wrong.status_code == 422
    assert "Mailadresse: skriv den som navn@eksempel.dk" in seen(wrong.text)
    assert anne.post("/pogi/me", {"address": "a@x.dk", "wish": "hourly", "language": "da"}).status_code == 422
    kept = anne.post("/pogi/me", {"address": "anne@example.dk", "wish": "at-once", "language": "nb"})
    assert kept.headers["Location"] == "/pogi/me?kept=1"
    page = anne.get("/pogi/me").text
    assert 'value="anne@example.dk"' in page
    assert re.search(r'value="at-once"[^>]* checked', page)
    anne.post("/pogi/me", {"address": "", "wish": "daily", "language": "da"})
    assert "anne@example.dk" not in anne.get("/pogi/me").text


def test_where_mail_is_off_the_pages_say_so(house: House):
    assert "Denne tjeneste sender ikke mail lige nu." in seen(visiting(house, "anne", "pogi.sec").get("/pogi/me").text)
    assert "har ikke angivet en mailserver" in seen(visiting(house, "ada", "admin").get("/pogi/outbox").text)


@pytest.mark.parametrize("path", ["/pogi/outbox", "/pogi/webhooks"])
def test_to_who_does_not_administer_the_workspace_the_outbox_is_not_there(house: House, path):
    anne = visiting(house, "anne", "pogi.sec")
    assert anne.get(path).status_code == 404
    assert anne.post(path, {"message": "", "url": "https://example.dk/"}).status_code == 404
    assert path not in anne.get("/pogi/inbox").text


def test_a_program_reads_what_is_dead_and_lets_it_be_tried_again(sending: Sending):
    undelivered(sending)
    admin = sending.house.person("karl", "admin")
    found = admin.get("/api/v1/outbox?state=dead&limit=1").json
    assert found["counts"] == {"dead": 2}
    (message,) = found["messages"]
    assert (message["error"], message["attempts"]) == (
        {"webhook": "answer:410", "mail": "recipient:550"}[message["kind"]],
        1,
    )
    assert len(admin.get(f"/api/v1/outbox?state=dead&cursor={found['next']}").json["messages"]) == 1
    assert admin.post(f"/api/v1/outbox/{message['id']}/send").json["state"] == "waiting"
    assert admin.post(f"/api/v1/outbox/{message['id']}/send").status_code == 404
    assert admin.get("/api/v1/outbox?state=waiting").json["messages"][0]["id"] == message["id"]
    assert admin.get("/api/v1/outbox?state=gone").status_code == 422
    anne = sending.house.person("nobody", "pogi.sec")
    assert anne.get("/api/v1/outbox").status_code == 404
    assert anne.post(f"/api/v1/outbox/{message['id']}/send").status_code == 403
