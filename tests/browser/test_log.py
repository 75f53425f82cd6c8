"""The page of the log in a real browser."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from service.commands import witnesses
from service.identity.callers import PORTS
from service.post import Webhooks
from tests.app.logged import logged, write
from tests.browser.conftest import Site, overflow, tab_to
from tests.support.browser import READERS, accessibility


@pytest.mark.parametrize(("width", "language"), READERS)
def test_an_administrator_adds_a_witness_by_keyboard_and_sees_who_has_the_log(site: Site, width, language):
    log = logged(site.house)
    ports = replace(log.house.ports, http=Webhooks(), mail=lambda _: None)
    site.house.app.extensions[PORTS] = ports
    witnesses.add(site.house.operator(), "mail", "revision@example.dk")
    write(3)
    log.round()
    page = site.visit("ada", "admin", width=width)
    page.context.add_cookies([{"name": "mandat_language", "value": language, "url": site.url}])
    page.goto(f"{site.url}/pogi/log")
    expect(page.get_by_role("rowheader").get_by_text("revision@example.dk")).to_be_visible()
    assert accessibility.faults(page) == []
    assert overflow(page) == 0
    tab_to(page, "#kind")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#address")
    page.keyboard.type("nobody")
    page.keyboard.press("Enter")
    expect(page.locator("#address-e")).to_be_visible()
    assert accessibility.faults(page) == []
    page.locator("#address").fill("arkiv@example.dk")
    page.keyboard.press("Enter")
    expect(page.get_by_role("rowheader").get_by_text("arkiv@example.dk")).to_be_visible()
    assert overflow(page) == 0
