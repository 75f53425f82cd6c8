"""A process owner tries a decision table, and sees which of its rules fired."""

import re
from urllib.parse import urlencode

from playwright.sync_api import Page, expect
from sqlalchemy import select

from service.commands import deployments
from service.store import db, definitions
from service.store.tables import BundleFile
from tests.browser.conftest import Site, overflow, tab_to
from tests.processes.shipped import bundle
from tests.support.browser import accessibility

HIT = "tr.m-hit"
TIE = "/pogi/processes/decision-rules/decisions/tie"


def owner(site: Site, **options: object) -> Page:
    deployments.deploy(site.house.operator(), bundle("decision-rules"), "Fælles regler", True)
    return site.visit("ejer", "process.owner", **options)


def test_from_the_list_of_processes_to_the_rule_that_fired_and_back_by_its_address(site: Site):
    page = owner(site)
    page.goto(f"{site.url}/pogi/processes")
    page.get_by_role("link", name="Fælles beslutningsregler").click()
    tie = page.locator("section").filter(has=page.get_by_role("heading", name="Stemmelighed", exact=True))
    tie.get_by_role("link", name="Prøv tabellen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stemmelighed")
    expect(page.locator(HIT)).to_have_count(0)
    assert accessibility.faults(page) == []

    page.get_by_label("Udfald af afstemningen").select_option(label="tie")
    page.get_by_label("Ved stemmelighed").select_option('"chair"')
    page.get_by_role("button", name="Spørg tabellen").click()
    expect(page.get_by_role("status")).to_contain_text('"chair"')
    expect(page.locator(HIT)).to_have_count(1)
    expect(page.locator(HIT)).to_contain_text("Formandskabets stemme afgør sagen.")
    expect(page.locator(HIT)).to_contain_text("Indstillingen sg.tie: standardværdi")
    expect(page.get_by_label("Udfald af afstemningen")).to_have_value('"tie"')
    assert accessibility.faults(page) == []

    address = page.url
    page.goto(f"{site.url}/pogi/processes")
    page.goto(address)
    expect(page.locator(HIT)).to_contain_text("Formandskabets stemme afgør sagen.")


def test_without_script_and_on_a_phone_everything_works(site: Site):
    page = owner(site, java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.goto(site.url + TIE)
    page.get_by_label("Udfald af afstemningen").select_option(label="lapsed")
    page.get_by_label("Ved stemmelighed").select_option('"not-adopted"')
    page.get_by_role("button", name="Spørg tabellen").click()
    expect(page.locator(HIT)).to_contain_text("Stemmerne har afgjort sagen.")
    assert overflow(page) == 0


def test_the_keyboard_alone_will_do(site: Site):
    page = owner(site)
    page.goto(site.url + TIE)
    tab_to(page, "#in-1")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#in-2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(HIT)).to_contain_text("Stemmerne har afgjort sagen.")


def test_what_is_wrong_is_said_at_its_field_and_why_no_value_came_out(site: Site):
    page = owner(site)
    sent = {"tried": "1", "voters": "[1, 2", "ballot.voters": "[]", "rules.sg.quorum": "half"}
    page.goto(f"{site.url}/pogi/processes/decision-rules/decisions/quorum?{urlencode(sent)}")
    expect(page.get_by_role("alert")).to_contain_text("Ret 2 værdier, før tabellen kan spørges")
    page.get_by_role("alert").get_by_role("link").nth(1).click()
    expect(page.locator("[name='rules.sg.quorum']")).to_be_focused()
    assert accessibility.faults(page) == []

    page.get_by_label("De fremmødte", exact=True).fill("[1, 2]")
    page.locator("[name='rules.sg.quorum']").fill("0,5")
    page.get_by_role("button", name="Spørg tabellen").click()
    expect(page.locator("main")).to_contain_text("Der deles med nul")
    expect(page.locator(HIT)).to_have_count(0)
    assert accessibility.faults(page) == []


def test_the_digests_of_a_table_that_was_altered_are_broken_on_a_phone(site: Site):
    page = owner(site, width=375)
    with db.transaction() as session:
        for row in session.scalars(select(BundleFile).where(BundleFile.name.like("%.dmn"))):
            row.content = definitions.pack(definitions.unpack(row.content) + b"\n")
    for path in (TIE, "/pogi/processes", "/pogi/processes/decision-rules"):
        page.goto(site.url + path)
        assert overflow(page) <= 0, path
        assert accessibility.faults(page) == []
    page.goto(f"{site.url}{TIE}")
    expect(page.locator("main")).to_contain_text(re.compile("[0-9a-f]{64}"))
