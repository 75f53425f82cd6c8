"""Erasing by due process: what is asked for is gone when a second person has approved it, and the case is as it was."""

import json

import pytest

from service.commands import documents as files
from service.commands import erasures, mailboxes, roles, tasks
from service.domain.erasures import (
    ErasureDecided,
    ErasureEmpty,
    ErasureNotFound,
    PersonStillTakesPart,
    SecondPersonNeeded,
    Wanted,
)
from service.domain.errors import AdministratorNeeded, ReasonRefused
from service.domain.record_errors import LegalBasisUnknown
from service.queries import erasures as queries
from service.queries import held, replay
from service.queries.held import Search
from service.runtime.command import Call
from service.store import db, journal
from service.store.tables import Document, Draft, Outgoing, Person, Workspace
from tests.app.erasing import REASON, administrator, erase
from tests.app.house import House, Someone
from tests.app.logged import logged
from tests.commands.test_disclosures import SECRET, decided, holding, sealed


@pytest.fixture
def chair(house: House) -> Someone:
    return house.person("chair", "pogi.chair", "pogi.sec")


@pytest.fixture
def case(house: House, chair: Someone) -> str:
    return decided(house, chair)


def kinds(stream: str = "pogi") -> list[str]:
    with db.reading() as session:
        return [entry["kind"] for entry in journal.entries(session, "pogi", stream)]


def test_nothing_is_erased_before_somebody_else_has_approved_it(house: House, case: str):
    one, other = administrator(house, "anne"), administrator(house, "bo")
    asked = erasures.request(one, Wanted(tuple(sealed(case))), "gdpr-17-1-a", REASON)["id"]
    assert holding(SECRET) == {"disclosures.value"}
    with pytest.raises(SecondPersonNeeded):
        erasures.approve(one, asked)
    assert holding(SECRET) == {"disclosures.value"}
    assert erasures.approve(other, asked)["removed"] == {"values": 1, "documents": 0, "people": 0, "copies": 0}
    assert holding(SECRET) == set()
    assert kinds()[-3:] == ["erasure.requested", "disclosures.erased", "erasure.done"]
    for again in (erasures.approve, erasures.refuse):
        with pytest.raises(ErasureDecided):
            again(other, asked)


def test_the_installations_administrator_is_no_second_person_to_herself(house: House, case: str):
    asked = erasures.request(house.operator(), Wanted(tuple(sealed(case))), "retention", REASON)["id"]
    with pytest.raises(SecondPersonNeeded):
        erasures.approve(house.operator(), asked)
    erasures.approve(administrator(house, "bo"), asked)
    assert holding(SECRET) == set()


def test_who_asked_may_think_better_of_it_and_another_may_refuse(house: House, case: str):
    one, other = administrator(house, "anne"), administrator(house, "bo")
    for by in (one, other):
        asked = erasures.request(one, Wanted(tuple(sealed(case))), "gdpr-17-1-a", REASON)["id"]
        erasures.refuse(by, asked)
        assert queries.one(one.actor, asked)["state"] == "refused"
        assert kinds()[-1] == "erasure.refused"
        with pytest.raises(ErasureNotFound):
            queries.certificate(one.actor, asked)
    assert holding(SECRET) == {"disclosures.value"}


def test_who_may_ask_and_for_what(house: House, chair: Someone, case: str):
    admin, wanted = administrator(house, "anne"), Wanted(tuple(sealed(case)))
    with pytest.raises(AdministratorNeeded):
        erasures.request(Call(chair.actor, house.ports), wanted, "retention", REASON)
    with pytest.raises(LegalBasisUnknown, match="gdpr-17-1-a"):
        erasures.request(admin, wanted, "because", REASON)
    with pytest.raises(ReasonRefused):
        erasures.request(admin, wanted, "retention", " ")
    for nothing in (Wanted(), Wanted(("0" * 64,)), Wanted((*sealed(case), "0" * 64)), Wanted(documents=("x",))):
        with pytest.raises(ErasureEmpty):
            erasures.request(admin, nothing, "retention", REASON)
    with pytest.raises(ErasureEmpty):
        erasures.request(administrator(house, "anne", "lillestrom"), wanted, "retention", REASON)
    with pytest.raises(ErasureNotFound):
        asked = erasures.request(admin, wanted, "retention", REASON)["id"]
        erasures.approve(administrator(house, "bo", "lillestrom"), asked)
    with pytest.raises(ErasureNotFound):
        queries.listed(chair.actor)
    assert holding(SECRET) == {"disclosures.value"}


def test_a_file_goes_with_its_bytes_and_the_answers_that_name_it(house: House, chair: Someone, case: str):
    call = Call(chair.actor, house.ports)
    content = f"Til sagen: {SECRET}".encode()
    letter = files.add(call, "brev fra Anne.txt", "text/plain", content, case)
    files.add(call, "andet.txt", "text/plain", b"nothing of hers", case)
    found = held.find(administrator(house, "anne").actor, "da", Search(text="til SAGEN"))
    assert [it["name"] for it in found["documents"]] == ["brev fra Anne.txt"]
    assert "blobs.content" in holding(SECRET)
    erase(house, documents=[letter["id"]])
    assert holding(SECRET) == {"disclosures.value"}
    assert holding("brev fra Anne") == set()
    with db.reading() as session:
        assert [it.name for it in session.query(Document)] == ["andet.txt"]
    assert replay.case(chair.actor, case)["ok"]


def test_bytes_that_another_document_has_too_stay_and_the_second_person_is_told(
    house: House, chair: Someone, case: str
):
    call, admin = Call(chair.actor, house.ports), administrator(house, "anne")
    one = files.add(call, "a.txt", "text/plain", SECRET.encode(), case)
    files.add(call, "b.txt", "text/plain", SECRET.encode())
    asked = erasures.request(admin, Wanted(documents=(one["id"],)), "gdpr-17-1-a", REASON)["id"]
    left = held.wanted(admin.actor, "da", asked)["left"]
    assert [it["name"] for it in left["documents"]] == ["b.txt"]
    erasures.approve(administrator(house, "bo"), asked)
    assert "blobs.content" in holding(SECRET)


def test_the_same_text_in_another_case_is_found_and_what_is_on_its_way_goes_too(
    house: House, chair: Someone, case: str
):
    again, admin = decided(house, chair), administrator(house, "anne")
    call = Call(chair.actor, house.ports)
    begun = chair.post("/api/v1/instances", {"definition": "adoption"}).json["tasks"][0]["id"]
    (vote,) = chair.post(f"/api/v1/tasks/{begun}/complete").json["opened"]
    tasks.save_draft(call, vote["id"], {"vote": "for", "remark": f"Som sidst: {SECRET}"}, 0)
    with db.transaction() as session:
        session.add(
            Outgoing(
                workspace_id="pogi",
                id="m",
                kind="mail",
                recipient="x",
                payload={"letter": "written", "subject": "s", "text": SECRET},
                next_at=house.ports.now(),
                created_at=house.ports.now(),
            )
        )
    found = held.find(admin.actor, "da", Search(case=case))
    assert found["copies"] == set(sealed(again))
    words = held.find(admin.actor, "da", Search(text=SECRET.upper()))
    assert {it["commitment"] for it in words["values"]} == {*sealed(case), *sealed(again)}
    asked = erasures.request(admin, Wanted(tuple(sealed(case))), "gdpr-17-1-a", REASON)["id"]
    left = held.wanted(admin.actor, "da", asked)["left"]["values"]
    assert [it["commitment"] for it in left] == sealed(again)
    assert erasures.approve(administrator(house, "bo"), asked)["removed"]["copies"] == 2
    assert holding(SECRET) == {"disclosures.value"}
    erase(house, sealed(again))
    assert holding(SECRET) == set()
    with db.reading() as session:
        assert not list(session.query(Draft))
    assert all(replay.case(chair.actor, it)["ok"] for it in (case, again))


def test_who_takes_no_part_any_more_is_forgotten(house: House, chair: Someone, case: str):
    admin, person = administrator(house, "anne"), chair.actor.person_id
    assert person is not None
    mailboxes.choose(house.operator(), "chair@example.dk", "daily", "da", "chair")
    with pytest.raises(PersonStillTakesPart):
        erasures.request(admin, Wanted(people=(person,)), "gdpr-17-1-a", REASON)
    with db.reading() as session:
        ids = session.connection().exec_driver_sql("SELECT id FROM role_holdings").scalars().all()
    for holding_id in ids:
        roles.end(house.operator(), holding_id, "resignation")
    house.later(days=1)
    erase(house, people=[person])
    assert holding("chair@example.dk") == set()
    assert "people.name" not in holding("Chair")
    with db.reading() as session:
        assert session.get_one(Person, ("pogi", person)).language is None
        assert journal.verify(session, session.get_one(Workspace, "pogi")) is None
    assert replay.case(house.operator().actor, case)["ok"]
    assert [name for _, name in held.candidates(admin.actor)] == [f"Person {person[-6:]}"]
    again = erasures.request(admin, Wanted(people=(person,)), "gdpr-17-1-a", REASON)["id"]
    with pytest.raises(ErasureEmpty):
        erasures.approve(administrator(house, "bo"), again)


def test_the_certificate_names_what_went_and_where_the_log_says_so_and_no_more(house: House, case: str):
    log = logged(house)
    gone = sealed(case)
    done = erase(house, gone)
    actor = administrator(house, "anne").actor
    assert queries.certificate(actor, done)["log"] is None, "it is not signed yet"
    log.round()
    log.round()
    certificate = queries.certificate(actor, done)
    assert certificate["commitments"] == gone
    assert (certificate["requested_by"], certificate["decided_by"]) == ("asks", "approves")
    with db.reading() as session:
        entry = journal.entries(session, "pogi", "pogi")[certificate["journal"]["seq"]]
    assert (entry["kind"], entry["data"]["erasure"]) == ("erasure.done", done)
    assert certificate["log"]["checkpoint"] == log.note()
    text = json.dumps(certificate)
    assert SECRET not in text and REASON not in text
    assert log.broken() == []
    assert queries.one(actor, done)["reason"] == REASON
