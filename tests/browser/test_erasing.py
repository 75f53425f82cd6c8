"""Erasing, closing a case, what is held on a person and what is due, in a real browser: by keyboard, wide and narrow."""

import pytest
from playwright.sync_api import Page, expect

from service.commands import access, settings
from tests.app.erasing import erase
from tests.browser.conftest import Site, overflow, tab_to
from tests.commands.test_disclosures import SECRET, decided, sealed
from tests.support.browser import READERS, accessibility


@pytest.fixture
def case(site: Site) -> str:
    return decided(site.house, site.house.person("chair", "pogi.chair", "pogi.sec"))


def opened(site: Site, page: Page, path: str) -> None:
    page.goto(f"{site.url}/pogi/{path}")
    assert accessibility.faults(page) == [], path
    assert overflow(page) == 0, path


@pytest.mark.parametrize(("width", "language"), READERS)
def test_every_page_of_it_is_clean_and_fits(site: Site, case: str, language: str, width: int):
    page = site.visit("ada", "admin", width=width)
    page.context.add_cookies([{"name": "mandat_language", "value": language, "url": site.url}])
    for path in ("erasures", "kept", f"erasures/new?case={case}", f"cases/{case}/access", f"cases/{case}"):
        opened(site, page, path)
    access.close_off(site.house.operator(), case, "dk-ofl-30", ["pogi.sec"], "Tenders are in it.")
    settings.change(site.house.operator(), "retention.decision.years", 0, "Rule 7")
    done = erase(site.house, sealed(case))
    for path in (f"erasures/{done}", "erasures", "kept", f"cases/{case}/access", f"cases/{case}", "people"):
        opened(site, page, path)
    opened(site, page, "me")
    page.locator("a[href$='/held']").click()
    page.wait_for_url("**/held")
    assert accessibility.faults(page) == []
    page.locator("button[value=page]").click()
    page.get_by_role("heading", level=2).first.wait_for()
    assert accessibility.faults(page) == []
    assert overflow(page) == 0


def test_one_asks_and_another_approves_by_keyboard_alone(site: Site, case: str):
    ada = site.visit("ada", "admin", width=375)
    ada.goto(f"{site.url}/pogi/erasures/new")
    tab_to(ada, "#text")
    ada.keyboard.type("anne hansen")
    ada.keyboard.press("Enter")
    expect(ada.get_by_role("rowheader").get_by_text(SECRET)).to_be_visible()
    tab_to(ada, "input[name=commitments]")
    ada.keyboard.press("Space")
    tab_to(ada, "#basis")
    ada.keyboard.press("ArrowDown")
    tab_to(ada, "#reason")
    ada.keyboard.type("Hun har bedt om det.")
    ada.keyboard.press("Tab")
    ada.keyboard.press("Enter")
    expect(ada.get_by_role("status")).to_be_visible()
    assert accessibility.faults(ada) == []
    bo = site.visit("bo", "admin")
    bo.goto(ada.url.partition("?")[0])
    tab_to(bo, "button[value=approve]")
    bo.keyboard.press("Enter")
    expect(bo.get_by_role("status")).to_be_visible()
    assert accessibility.faults(bo) == []
    assert SECRET not in bo.content()
