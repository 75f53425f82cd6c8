"""What people wrote, in a real browser: the page of a task and that of its case, wide and narrow, without JavaScript too."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from service.commands import instances, tasks
from service.runtime.command import Call
from tests.app.visiting import cookie_of
from tests.browser.conftest import Site, overflow
from tests.diagrams import files, process
from tests.support.browser import accessibility

ROW = {
    "letter": {"type": "string", "title": "Bogstav", "x-sealed": False, "x-lettered": True},
    "text": {"type": "string", "title": "Udbudstekst", "maxLength": 3000, "x-sealed": False},
    "evidence": {"type": "string", "title": "Dokumentation", "maxLength": 1000, "x-sealed": False},
}
LIST = {"type": "array", "title": "Krav og anbefalinger", "items": {"type": "object", "properties": ROW}}
NOTE = {"type": "string", "title": "Besked", "maxLength": 2000}
FORMS = {
    "draft": {"type": "object", "properties": {"requirements": {**LIST, "x-from": "requirements"}}},
    "answer": {"type": "object", "properties": {"note": NOTE}},
    "again": {
        "type": "object",
        "x-shows": ["note"],
        "properties": {"requirements": {**LIST, "x-from": "requirements"}},
    },
    "agree": {
        "type": "object",
        "x-shows": [{"name": "requirements", "since": "voted"}],
        "properties": {"note": NOTE},
    },
}
ROWS = [
    {"letter": "a", "text": "Tøjet kan repareres på slidsteder. " * 8, "evidence": "Leverandørens anvisning."},
    {"letter": "b", "text": "Vægt tøjets levetid.", "evidence": "Miljømærkelicens_eller_tilsvarende_dokumentation"},
]


@pytest.mark.parametrize("width", [1280, 375])
def test_the_papers_of_a_task_can_be_read_and_carried_on(site: Site, width: int) -> None:
    house = site.house
    drawing = process("drafting").start()
    for key in ("draft", "answer", "again"):
        drawing.user(key, lane="pogi.sec", form=key)
    house.deploy(files(drawing.end(), forms=FORMS))
    lead = house.person("lead", "pogi.sec")
    call = Call(lead.actor, house.ports)
    started = instances.start(call, "drafting", {}, None)
    drafted = tasks.complete(call, started["tasks"][0]["id"], {"requirements": ROWS})
    answered = tasks.complete(call, drafted["opened"][0]["id"], {"note": "Skriv, hvordan kravet dokumenteres."})
    page = site.open_page(width, java_script_enabled=width == 1280)
    page.context.add_cookies([{"name": "mandat", "value": cookie_of(house, lead.actor), "url": site.url}])

    page.goto(f"{site.url}/pogi/tasks/{answered['opened'][0]['id']}")
    expect(page.locator(".m-before")).to_contain_text("Skriv, hvordan kravet dokumenteres.")
    expect(page.get_by_label("Bogstav").nth(1)).to_have_value("b")
    page.get_by_text("Tidligere i sagen: 1").click()
    page.locator(".m-fold > summary").click()
    expect(page.get_by_role("cell", name="Vægt tøjets levetid.")).to_be_visible()
    assert overflow(page) == 0
    if width == 1280:
        assert accessibility.faults(page) == []

    page.goto(f"{site.url}/pogi/cases/{started['case_id']}")
    expect(page.get_by_role("heading", name="Sagens papirer")).to_be_visible()
    assert overflow(page) == 0
    if width == 1280:
        assert accessibility.faults(page) == []


@pytest.mark.parametrize("width", [1280, 375])
def test_what_differs_from_before_stands_side_by_side_and_can_be_read_by_everyone(site: Site, width: int) -> None:
    house = site.house
    drawing = process("adopting").start().user("draft", lane="pogi.sec", form="draft")
    drawing.script("freeze", "voted = requirements").user("again", lane="pogi.sec", form="again")
    house.deploy(files(drawing.user("agree", lane="pogi.sec", form="agree").end(), forms=FORMS))
    lead = house.person("lead", "pogi.sec")
    call = Call(lead.actor, house.ports)
    task = instances.start(call, "adopting", {}, None)["tasks"][0]["id"]
    amended = [ROWS[0] | {"text": ROWS[0]["text"].replace("slidsteder", "knæ", 1)}, ROWS[1]]
    for rows in (ROWS, amended):
        task = tasks.complete(call, task, {"requirements": rows})["opened"][0]["id"]
    page = site.open_page(width)
    page.context.add_cookies([{"name": "mandat", "value": cookie_of(house, lead.actor), "url": site.url}])
    page.goto(f"{site.url}/pogi/tasks/{task}")
    compared = page.get_by_role("region", name="Sammenlignet med før")
    expect(compared.locator("tbody tr")).to_have_count(1)
    expect(compared.locator("del")).to_have_text(["slidsteder"])
    expect(compared.locator("ins")).to_have_text(["knæ"])
    assert overflow(page) == 0
    assert accessibility.faults(page) == []
