"""An owner mends a faulty diagram, moves the case to it and tries it again, in her browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, overflow
from tests.browser.test_mending import bundle, stopped
from tests.support.browser import accessibility


def mended() -> dict[str, bytes]:
    """The bundle whose script reads a name that nothing sets, put right."""
    found = bundle()
    return found | {"count.bpmn": found["count.bpmn"].replace("share * vægt".encode(), b"share * 2")}


def at_the_page(site: Site, **options: object) -> Page:
    stopped(site, site.open_page())
    site.house.deploy(mended())
    page = site.visit("olga", "process.owner", **options)
    page.goto(f"{site.url}/pogi/incidents")
    page.get_by_role("link", name="Opgørelse, 2026-0007").click()
    page.wait_for_url(f"{site.url}/pogi/incidents/*")
    return page


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_a_faulty_diagram_is_cured(site: Site, script: bool):
    page = at_the_page(site, java_script_enabled=script)
    expect(page.locator("main")).to_contain_text("»Opgørelse« følger version 1 her, og version 2 gælder.")
    page.get_by_role("link", name="Se, hvad det ville betyde at flytte den").click()
    text = page.locator("main")
    expect(text).to_contain_text("1 af 1 kan flyttes.")
    if script:
        assert (overflow(page), accessibility.faults(page)) == (0, [])
    page.get_by_label("Begrundelse").fill("Formlen var forkert.")
    page.get_by_role("button", name="Flyt de valgte").click()
    expect(page.get_by_role("status")).to_contain_text("1 sag blev flyttet.")
    if script:
        assert accessibility.faults(page) == []
    page.goto(f"{site.url}/pogi/incidents")
    page.get_by_role("link", name="Opgørelse, 2026-0007").click()
    page.get_by_role("button", name="Prøv igen", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Sagen går videre.")


def test_on_a_phone_it_can_be_read_and_done(site: Site):
    page = at_the_page(site, width=375)
    assert (overflow(page), accessibility.faults(page)) == (0, [])
    page.goto(f"{site.url}/pogi/processes/count")
    page.get_by_role("link", name="Flyt kørende sager").click()
    page.wait_for_url("**/processes/count/**")
    assert (overflow(page), accessibility.faults(page)) == (0, [])
    page.get_by_role("checkbox", name="Flyt »Opgørelse, 2026-0007«").uncheck()
    page.get_by_label("Begrundelse").fill("Formlen var forkert.")
    page.get_by_role("button", name="Flyt de valgte").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Vælg mindst én sag.")
    assert (overflow(page), accessibility.faults(page)) == (0, [])
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Flyt de valgte").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 sag blev flyttet.")
    assert (overflow(page), accessibility.faults(page)) == (0, [])


def test_the_drawing_is_that_of_the_version_at_that_moment(site: Site):
    page = at_the_page(site)
    page.get_by_role("link", name="Se, hvad det ville betyde at flytte den").click()
    page.get_by_label("Begrundelse").fill("Formlen var forkert.")
    page.get_by_role("button", name="Flyt de valgte").click()
    expect(page.get_by_role("status")).to_contain_text("1 sag blev flyttet.")
    page.goto(f"{site.url}/pogi/cases")
    page.get_by_role("link", name="Opgørelse, 2026-0007").click()
    page.get_by_role("link", name="Trin for trin").click()
    panel, text = page.locator("[data-replay=panel]"), page.locator("main")
    expect(panel).to_contain_text("Flyttede »Opgørelse« fra version 1 til version 2")
    expect(panel).to_contain_text("Formlen var forkert.")
    expect(text).to_contain_text("Diagrammet som tekst, version 2")
    assert accessibility.faults(page) == []
    page.get_by_role("link", name="1", exact=True).first.click()
    expect(text).to_contain_text("Diagrammet som tekst, version 1")
