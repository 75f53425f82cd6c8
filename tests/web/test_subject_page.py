"""What is held on a person: whole, for herself and with a reason for who administers, and written down."""

import hashlib
import json

import pytest

from service.commands import access, mailboxes, tasks
from service.runtime.command import Call
from service.store import db, journal
from tests.app.browsing import Browser, browser
from tests.app.erasing import erase
from tests.app.house import House, Someone
from tests.app.visiting import cookie_of, visiting
from tests.commands.test_disclosures import SECRET, decided, sealed
from tests.web.reading import seen


@pytest.fixture
def chair(house: House) -> Someone:
    return house.person("chair", "pogi.chair", "pogi.sec")


@pytest.fixture
def case(house: House, chair: Someone) -> str:
    mailboxes.choose(house.operator(), "chair@example.dk", "daily", "da", "chair")
    return decided(house, chair)


def at(house: House, someone: Someone) -> Browser:
    visitor = browser(house)
    visitor.hold(cookie_of(house, someone.actor))
    return visitor


def exported() -> list[dict[str, object]]:
    with db.reading() as session:
        return [it["data"] for it in journal.entries(session, "pogi", "pogi") if it["kind"] == "person.exported"]


def test_she_gets_all_of_it_without_a_reason_and_sees_who_looked(house: House, chair: Someone, case: str):
    ada = visiting(house, "ada", "admin")
    ada.get(f"/pogi/erasures/new?person={chair.actor.person_id}")
    access.close_off(house.operator(), case, "dk-ofl-30", ["pogi.sec"], "Tenders are in it.")
    ada.get(f"/pogi/cases/{case}")
    call = Call(chair.actor, house.ports)
    begun = chair.post("/api/v1/instances", {"definition": "adoption"}).json["tasks"][0]["id"]
    (vote,) = chair.post(f"/api/v1/tasks/{begun}/complete").json["opened"]
    tasks.save_draft(call, vote["id"], {"vote": "for", "remark": "endnu ikke sagt"}, 0)
    page, address = at(house, chair), f"/pogi/people/{chair.actor.person_id}/held"
    assert address in page.get("/pogi/me").text
    assert "Begrundelse" not in seen(page.get(address).text)
    given = page.post(address, {"do": "json"})
    assert given.content_type == "application/json" and "attachment" in given.headers["Content-Disposition"]
    found = json.loads(given.text)
    assert found["person"] | {"id": 0} == {
        "id": 0,
        "name": "Chair",
        "account": "chair",
        "language": "da",
        "mail": "chair@example.dk",
        "mail_wish": "daily",
    }
    assert len(found["roles"]) == 2
    assert [it["value"] for it in found["answers"]] == [SECRET]
    assert found["drafts"][0]["answers"]["remark"] == "endnu ikke sagt"
    assert len(found["tasks"]) == 3
    assert {"task.completed", "role.granted"} <= {it["kind"] for it in found["journal"]}
    assert {(it["kind"], it["who"], it["said"]) for it in found["looked"]} == {
        ("held.searched", "Ada", "Søgte efter, hvad hun har skrevet"),
        ("case.read", "Ada", "Sagen"),
    }
    (entry,) = exported()
    assert entry == {"person": chair.actor.person_id, "digest": hashlib.sha256(given.data).hexdigest()}
    html = page.post(address, {"do": "html"})
    assert html.content_type.startswith("text/html") and SECRET in html.text and "<script" not in html.text
    shown = seen(page.post(address, {"do": "page"}).text)
    assert SECRET in shown and "Hvem der har set efter" in shown
    for told in (shown, seen(html.text)):
        assert "Søgte efter, hvad hun har skrevet" in told and "cases.one" not in told and "case.read" not in told


def test_words_that_led_to_her_are_told_among_who_looked_and_nothing_in_codes(house: House, chair: Someone, case: str):
    ada = visiting(house, "ada", "admin")
    ada.post("/pogi/erasures/new", {"text": SECRET[:12]})
    shown = seen(at(house, chair).post(f"/pogi/people/{chair.actor.person_id}/held", {"do": "page"}).text)
    assert "Søgte efter, hvad hun har skrevet" in shown
    assert "En opgave blev løst" in shown and "Løst" in shown
    for code in ("task.completed", "completed", "/remark", "false"):
        assert code not in shown


def test_an_administrator_says_why_and_nobody_else_gets_it(house: House, chair: Someone, case: str):
    address = f"/pogi/people/{chair.actor.person_id}/held"
    ada, carl = visiting(house, "ada", "admin"), visiting(house, "carl", "pogi.sec", "process.owner")
    assert carl.get(address).status_code == 404
    assert carl.post(address, {"do": "json", "reason": "curious"}).status_code == 404
    assert ada.post(address, {"do": "json"}).status_code == 422
    assert exported() == []
    assert SECRET in ada.post(address, {"do": "json", "reason": "Anmodning 12/2026"}).text
    (entry,) = exported()
    assert "sealed" in str(entry["reason"])
    own = json.loads(at(house, chair).post(address, {"do": "json"}).text)
    assert ("person.exported", "Ada") in [(it["kind"], it["who"]) for it in own["looked"]]


def test_what_was_erased_is_not_held(house: House, chair: Someone, case: str):
    erase(house, sealed(case))
    given = at(house, chair).post(f"/pogi/people/{chair.actor.person_id}/held", {"do": "json"})
    assert json.loads(given.text)["answers"] == [] and SECRET not in given.text
