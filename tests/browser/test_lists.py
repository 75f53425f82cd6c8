"""The lists of a workspace, as they are read on a screen and on a phone: the register, the action plan, the processes."""

import json

import pytest
from playwright.sync_api import Page, expect

from service.commands import deployments, measures
from service.domain.origins import From
from service.queries import bundles
from service.runtime.command import Call
from tests.app.records import partnership
from tests.app.visiting import visiting
from tests.browser.conftest import Site, overflow
from tests.diagrams import process
from tests.operations.test_targets import in_force
from tests.support.browser import accessibility

WIDTHS = pytest.mark.parametrize("width", [1280, 375])


def legible(page: Page) -> None:
    assert overflow(page) == 0
    assert accessibility.faults(page) == []


@WIDTHS
def test_the_register_says_how_much_of_it_is_shown_and_its_buttons_keep_off_the_table(site: Site, width: int):
    partnership(site.house)
    in_force(site.house)
    page = site.open_page(width=width)
    page.goto(f"{site.url}/pogi/maal")
    table = page.get_by_role("table").bounding_box()
    button = page.get_by_role("link", name="Hele registret (CSV)").bounding_box()
    assert table and button
    assert button["y"] - (table["y"] + table["height"]) >= 16
    legible(page)
    page.get_by_role("searchbox").fill("maling")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ingen resultater")).to_be_visible()
    expect(page.get_by_role("search")).to_contain_text("0 af 1 mål")
    legible(page)


@pytest.mark.parametrize(("width", "told"), [(1280, 1), (375, 2)])
def test_on_a_phone_every_measure_names_its_subgoal(site: Site, width: int, told: int):
    call = site.house.operator("lillestrom")
    goals = [("Kommunen skal fremme bærekraftig bruk", "L25")]
    made = measures.register(call, "Strategi for grønne innkjøp", (2020, 2024), "Hovedmål", goals, From("source", "L1"))
    for number, text in enumerate(("Det skal stilles krav.", "Kommunen skal vurdere EPD."), 1):
        measures.add(call, made["goals"][0], number, text, "must", From("source", f"L{number}"))
    cookie = visiting(site.house, "liv", "lill.proc.section", workspace="lillestrom").cookie
    page = site.open_page(width=width)
    page.context.add_cookies([{"name": "mandat", "value": str(cookie), "url": site.url}])
    page.goto(f"{site.url}/lillestrom/handlingsplan")
    named = page.get_by_role("cell", name="1. Kommunen skal fremme bærekraftig bruk")
    expect(named).to_have_count(told)
    for row in range(told):
        expect(named.nth(row)).to_be_visible()
    legible(page)


@WIDTHS
def test_processes_of_one_title_are_told_apart_by_their_keys(site: Site, width: int):
    author = site.house.person("olga", "process.owner", administrator=True)
    for key in ("indkoeb", "indkoeb-2"):
        drawing = process(key).start().user("act", lane="pogi.sec").end().bpmn()
        manifest = {"key": key, "titles": {"da": "Indkøb"}, "source_language": "da", "process": key}
        files = {f"{key}.bpmn": drawing, "bundle.json": json.dumps(manifest).encode()}
        deployments.deploy(Call(author.actor, site.house.ports), bundles.sent(files), "", True)
    page = site.visit("ejer", "process.owner", width=width)
    page.goto(f"{site.url}/pogi/processes")
    for key in ("indkoeb", "indkoeb-2"):
        expect(page.get_by_role("link", name=f"Indkøb {key}", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Møde i styregruppen", exact=True)).to_be_visible()
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="Indkøb indkoeb", exact=True))
    note = row.get_by_text("Uden note", exact=True).bounding_box()
    by = row.get_by_text("Olga", exact=True).bounding_box()
    assert note and by and by["y"] >= note["y"] + note["height"]
    legible(page)
