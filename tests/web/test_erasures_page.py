"""Erasing as administrators do it: looking, asking, a second person's approval, the certificate."""

import json
import re
import shutil
from pathlib import Path

import pytest

from service.commands import instances, tasks
from service.runtime.command import Call
from service.store import db, journal
from tests.app.house import House, opened
from tests.app.logged import logged
from tests.app.tampering import every
from tests.app.visiting import visiting
from tests.commands.test_disclosures import SECRET, decided, holding
from tests.diagrams import files, process
from tests.web.reading import seen


@pytest.fixture
def house(sqlite_house: House) -> House:
    return sqlite_house


@pytest.fixture
def case(house: House) -> str:
    return decided(house, house.person("chair", "pogi.chair", "pogi.sec"))


def told(kind: str) -> list[dict[str, object]]:
    with db.reading() as session:
        return [it["data"] for it in journal.entries(session, "pogi", "pogi") if it["kind"] == kind]


def test_from_looking_to_the_certificate(house: House, case: str):
    log = logged(house)
    ada, bo = visiting(house, "ada", "admin"), visiting(house, "bo", "admin")
    auditor = visiting(house, "arne", "auditor")
    assert "Her er aldrig slettet noget" in seen(ada.get("/pogi/erasures").text)
    nothing = ada.post("/pogi/erasures/new", {"text": "findes ikke"}).text
    assert "Der findes intet, der passer" in seen(nothing)
    assert SECRET not in ada.get("/pogi/erasures/new?text=anne hansen").text, "an address is kept; words are sent"
    assert len(told("held.searched")) == 1
    found = ada.post("/pogi/erasures/new", {"text": "anne hansen"}).text
    assert SECRET in found
    assert 'method="get"' not in found
    searched = dict(told("held.searched")[-1])
    assert searched.pop("people") == [disclosed["person_id"] for disclosed in every("disclosures", "pogi")][:1]
    assert searched == {"by": "text", "values": 1, "documents": 0, "records": 0}
    (commitment,) = re.findall(r'name="commitments" value="([0-9a-f]{64})"', found)
    form = {
        "do": "ask",
        "text": "anne hansen",
        "commitments": commitment,
        "basis": "gdpr-17-1-a",
        "reason": "Hun har bedt om det.",
    }
    for wrong, sentence in (
        ({"commitments": ""}, "Vælg, hvad der skal slettes."),
        ({"basis": ""}, "Retsgrundlag: vælg et."),
        ({"reason": ""}, "Begrundelse: skriv hvorfor"),
    ):
        refused = ada.post("/pogi/erasures/new", form | wrong)
        assert refused.status_code == 422 and sentence in seen(refused.text)
        assert SECRET in refused.text, "what was found is there still"
    asked = ada.post("/pogi/erasures/new", form).headers["Location"].partition("?")[0]
    assert "Godkend og slet for altid" not in seen(ada.get(asked).text), "she asked herself"
    assert ada.post(asked, {"do": "approve"}).status_code == 403
    waits = seen(bo.get(asked).text)
    assert SECRET in waits and "Hun har bedt om det." in waits
    assert SECRET not in auditor.get(asked).text, "an auditor sees that it is asked, not what it says"
    assert auditor.post(asked, {"do": "approve"}).status_code == 404
    assert bo.post(asked, {"do": "approve"}).headers["Location"].endswith("did=erased")
    assert bo.post(asked, {"do": "approve"}).headers["Location"].endswith("did=erased"), "she has clicked twice"
    late = ada.post(asked, {"do": "refuse"})
    assert late.status_code == 409 and "Sletningen var allerede afgjort" in seen(late.text)
    assert "Ret 1 ting" not in seen(late.text)
    assert holding(SECRET) == set()
    log.round()
    log.round()
    page = auditor.get(asked).text
    assert "Attest for sletning" in seen(page) and commitment in page and SECRET not in page
    for form_, kind in (("txt", "text/plain"), ("json", "application/json")):
        file = auditor.get(f"{asked}/certificate.{form_}")
        assert file.content_type.startswith(kind) and "attachment" in file.headers["Content-Disposition"]
        assert commitment in file.text and SECRET not in file.text and "Hun har bedt" not in file.text
        assert log.note().splitlines()[0] in file.text


@pytest.mark.parametrize(
    ("language", "where"),
    [("da", "Sammensæt, Pladser, nr. 2: Navn"), ("nb", "Sett sammen, Plasser, nr. 2: Navnet")],
)
def test_where_a_value_stood_is_told_by_the_title_of_its_field(house: House, language: str, where: str):
    row = {"type": "object", "properties": {"who": {"type": "string", "title": "Navn"}}}
    asked = {"type": "object", "properties": {"seats": {"type": "array", "title": "Pladser", "items": row}}}
    drawing = process("group").start().user("compose", name="Sammensæt", form="asked", lane="pogi.sec").end()
    texts = {
        "compose": "Sett sammen",
        "asked.schema.json#/properties/seats/title": "Plasser",
        "asked.schema.json#/properties/seats/items/properties/who/title": "Navnet",
    }
    manifest = {"key": "group", "titles": {"da": "Gruppe"}, "source_language": "da", "process": "group"}
    more = {"bundle.json": manifest, "texts.nb.json": texts}
    house.deploy(files(drawing, forms={"asked": asked}) | {name: json.dumps(it).encode() for name, it in more.items()})
    call = Call(house.person("sec", "pogi.sec").actor, house.ports)
    (task,) = instances.start(call, "group", {}, None)["tasks"]
    tasks.complete(call, task["id"], {"seats": [{"who": "Anne Hansen"}, {"who": "Bo Hansen"}]})
    ada = visiting(house, "ada", "admin")
    ada.client.set_cookie("mandat_language", language)
    page = ada.post("/pogi/erasures/new", {"text": "bo hansen"}).text
    assert where in seen(page)
    assert "/seats/1/who" in page, "for who wants to be sure"


def test_in_the_demonstration_one_person_may_do_both_and_the_pages_say_so(sqlite_template: Path, tmp_path: Path):
    with opened(f"sqlite:///{shutil.copy(sqlite_template, tmp_path)}", demo=True) as house:
        decided(house, house.person("chair", "pogi.chair", "pogi.sec"))
        ada = visiting(house, "ada", "admin")
        found = ada.post("/pogi/erasures/new", {"text": "anne hansen"}).text
        assert "I demonstrationen må du selv gøre det" in seen(found)
        (commitment,) = re.findall(r'name="commitments" value="([0-9a-f]{64})"', found)
        form = {"do": "ask", "commitments": commitment, "basis": "gdpr-17-1-a", "reason": "Hun har bedt om det."}
        asked = ada.get(ada.post("/pogi/erasures/new", form).headers["Location"])
        assert "I demonstrationen må du også godkende den" in seen(asked.text)
        assert "venter på andres" not in seen(asked.text)


def test_it_is_there_for_administrators_and_auditors_alone(house: House, case: str):
    member = visiting(house, "carl", "pogi.sec")
    for path in ("erasures", "erasures/new", "erasures/x", "erasures/x/certificate.txt"):
        assert member.get(f"/pogi/{path}").status_code == 404, path
    assert member.post("/pogi/erasures/new", {"do": "ask", "basis": "retention"}).status_code == 404
    auditor = visiting(house, "arne", "auditor")
    assert auditor.get("/pogi/erasures").status_code == 200
    assert auditor.post("/pogi/erasures/new", {"text": "anne"}).status_code == 404
    assert told("held.searched") == []


def test_the_page_of_the_case_says_that_it_was_erased(house: House, case: str):
    ada, bo = visiting(house, "ada", "admin"), visiting(house, "bo", "admin")
    found = ada.get(f"/pogi/erasures/new?case={case}").text
    form = {
        "do": "ask",
        "case": case,
        "commitments": re.findall(r'name="commitments" value="(\w+)"', found)[0],
        "basis": "retention",
        "reason": "Tid.",
    }
    asked = ada.post("/pogi/erasures/new", form).headers["Location"].partition("?")[0]
    bo.post(asked, {"do": "approve"})
    assert "opbevaringstiden er udløbet" in seen(ada.get(f"/pogi/cases/{case}").text)


def test_words_that_stand_in_a_record_are_found_and_said_to_be_permanent(house: House):
    drawing = process("often").start().user("work", name="Arbejd", lane="pogi.sec").end("done")
    house.deploy(files(drawing))
    instances.start(
        Call(house.person("chair", "pogi.chair").actor, house.ports), "often", {"note": "Ring til Bo Åberg"}, None
    )
    ada = visiting(house, "ada", "admin")
    page = seen(ada.post("/pogi/erasures/new", {"text": "bo åberg"}).text)
    assert "Ring til Bo Åberg" in page and "instance.started" in page
    assert "En optegnelse er blivende" in page and "Der findes intet, der passer" not in page
    assert told("held.searched")[-1] == {"by": "text", "values": 0, "documents": 0, "records": 1}
