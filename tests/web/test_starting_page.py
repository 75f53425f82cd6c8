"""Starting a case: what her roles may begin, and the form with which it begins."""

import json

import pytest

from service.commands import instances
from service.domain.errors import ReadersStartNothing
from service.runtime.command import Call
from tests.app.house import House, two_tasks
from tests.app.visiting import visiting
from tests.diagrams import process
from tests.web.reading import seen
from tests.web.test_documents_page import documents, send

FORM = {
    "type": "object",
    "required": ["title"],
    "properties": {"title": {"type": "string", "title": "Titel", "minLength": 1, "x-sealed": False}},
}


def proposal() -> dict[str, bytes]:
    """A process that the secretariat begins with a form, and that calls another."""
    start = {"formJsonSchemaFilename": "proposal.schema.json"}
    drawing = (
        process("proposal", name="Forslag")
        .start("begin", name="Mål foreslået", lane="pogi.sec", properties=start)
        .user("read", name="Læs forslaget", lane="pogi.sec", instructions="**{{ title }}**")
        .call("inner", "adoption")
        .end()
    )
    return {"proposal.bpmn": drawing.bpmn(), "proposal.schema.json": json.dumps(FORM).encode()}


@pytest.fixture
def house(sqlite_house: House) -> House:
    sqlite_house.deploy(two_tasks())
    sqlite_house.deploy(proposal())
    return sqlite_house


def test_only_what_her_roles_may_begin_is_offered(house: House):
    text = seen(visiting(house, "anne", "pogi.sec").get("/pogi/start").text)
    assert "Forslag Mål foreslået Version 1, i kraft siden 5. januar 2026" in text
    assert "adoption" not in text, "what another process calls begins by itself"
    chair = visiting(house, "carl", "pogi.chair")
    assert "Dine roller sætter ikke selv noget i gang" in chair.get("/pogi/start").text
    assert chair.get("/pogi/start/proposal").status_code == 404
    assert chair.post("/pogi/start/proposal", {"/title": "x"}).status_code == 404
    assert visiting(house, "kari", "pogi.sec", workspace="lillestrom").get("/pogi/start/proposal").status_code == 404


def test_beginning_something_is_offered_to_whoever_may_begin_something(house: House):
    anne, carl = visiting(house, "anne", "pogi.sec"), visiting(house, "carl", "pogi.sg")
    house.deploy({"adoption.bpmn": process("adoption").start(lane="pogi.sec").user("a", lane="pogi.sec").end().bpmn()})
    for path in ("/pogi/cases", "/pogi/inbox"):
        assert 'href="/pogi/start"' in anne.get(path).text
        assert 'href="/pogi/start"' not in carl.get(path).text


def test_who_only_audits_begins_nothing(house: House):
    house.deploy({"idea.bpmn": process("idea", name="Idé").start().user("a", lane="pogi.sec").end().bpmn()})
    anne, eva = visiting(house, "anne", "pogi.sec"), visiting(house, "eva", "auditor")
    assert "Idé" in anne.get("/pogi/start").text, "its start stands in no lane: it is for whoever works here"
    assert "Idé" not in eva.get("/pogi/start").text
    with pytest.raises(ReadersStartNothing):
        instances.start(Call(house.person("eve", "auditor").actor, house.ports), "idea", {}, None)


PAPER = {
    "type": "object",
    "required": ["paper", "title"],
    "properties": {
        "paper": {"title": "Bilag", "type": "string", "format": "data-url"},
        "title": {"title": "Titel", "type": "string", "minLength": 1},
    },
}


def test_a_file_of_the_start_form_becomes_a_document_of_the_case(house: House):
    start = {"formJsonSchemaFilename": "paper.schema.json"}
    drawing = process("papers", name="Bilag").start(lane="pogi.sec", properties=start).user("a", lane="pogi.sec").end()
    house.deploy({"papers.bpmn": drawing.bpmn(), "paper.schema.json": json.dumps(PAPER).encode()})
    anne = visiting(house, "anne", "pogi.sec")
    assert 'enctype="multipart/form-data"' in anne.get("/pogi/start/papers").text
    paper = (b"%PDF-1.7", "bilag.pdf")
    wrong = send(anne, "/pogi/start/papers", "/paper", paper)
    assert wrong.status_code == 422
    assert "Titel: Udfyld feltet." in seen(wrong.text)
    assert "Bilag: Vælg filen igen" in seen(wrong.text), "no browser sends a file back"
    refused = send(anne, "/pogi/start/papers", "/paper", (b"MZ", "virus.exe"), {"/title": "Maling"})
    assert refused.status_code == 422
    assert "Bilag: Den slags fil kan ikke tages imod." in seen(refused.text)
    without = send(anne, "/pogi/start/papers", "/paper", None, {"/title": "Maling"})
    assert "Bilag: Vælg en fil." in seen(without.text)
    assert documents() == []
    begun = send(anne, "/pogi/start/papers", "/paper", paper, {"/title": "Maling"})
    assert begun.status_code == 303
    assert documents() == ["bilag.pdf"]
    case = begun.headers["Location"]
    assert "bilag.pdf PDF, 1 kB. Lagt i sagen" in seen(anne.get(case).text)
    timeline = seen(anne.get(f"{case}/timeline?at=1&check=1").text)
    assert "Bilag bilag.pdf" in timeline
    assert "Afspillet igen kom det samme ud" in timeline


def test_the_form_is_judged_and_the_case_begins(house: House):
    anne = visiting(house, "anne", "pogi.sec")
    page = anne.get("/pogi/start/proposal?number=2026-0044").text
    assert 'value="2026-0044"' in page
    wrong = anne.post("/pogi/start/proposal", {"number": "<b>Hansen</b>"})
    assert wrong.status_code == 422
    assert "Sagsnummer: brug bogstaver" in wrong.text
    missing = anne.post("/pogi/start/proposal", {"number": "2026-0044"})
    assert missing.status_code == 422
    assert "Titel: Udfyld feltet." in seen(missing.text)
    begun = anne.post("/pogi/start/proposal", {"/title": "Maling", "number": "2026-0044"})
    assert begun.status_code == 303
    case = anne.get(begun.headers["Location"]).text
    assert "Forslag, 2026-0044" in case
    assert "Læs forslaget" in case
    assert "<strong>Maling</strong>" in anne.get("/pogi/inbox").text
