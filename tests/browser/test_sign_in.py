"""Signing in, and being somebody else in a demonstration, in a real browser with the keyboard alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from service.commands import accounts, instances, roles
from service.identity import clockwork
from tests.app.browsing import PASSWORD
from tests.app.house import opened, waiting
from tests.browser.conftest import Site, overflow, tab_to
from tests.support.browser import accessibility
from tests.support.server import serving


@pytest.fixture
def demo(sqlite_template: Path, tmp_path: Path, open_page: Callable[..., Page]) -> Iterator[Site]:
    """A demonstration in which two people can be chosen, and a case waits for Wednesday."""
    with opened(f"sqlite:///{shutil.copy(sqlite_template, tmp_path)}", demo=True) as house:
        clockwork.wind(joins=False)
        for key, label, name in (
            ("pogi.sec", "Sekretariat", "Sanne Eksempel"),
            ("pogi.chair", "Formandskab", "Fritz Eksempel"),
        ):
            roles.add(house.operator(), key, label)
            accounts.create(house.operator(), key, persona=True)
            accounts.join(house.operator(), key, name)
            roles.grant(house.operator(), key, key)
        house.deploy(waiting())
        instances.start(house.operator(), "waiting", {}, None)
        with serving(house.app) as url:
            yield Site(house, url, open_page)


def press(page: Page, selector: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [1280, 375])
def test_a_person_signs_in_where_she_wanted_to_go_and_out_again(site: Site, width):
    site.house.person("anne", "pogi.sec", password=PASSWORD)
    page = site.open_page(width)
    page.goto(f"{site.url}/pogi/inbox")
    expect(page).to_have_title("Log ind · Mandat")
    assert accessibility.faults(page) == []
    assert overflow(page) == 0
    tab_to(page, "#name")
    page.keyboard.type("anne")
    tab_to(page, "#password")
    page.keyboard.type("not the password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Navnet eller adgangskoden er forkert.")
    expect(page.locator("#name")).to_have_value("anne")
    assert accessibility.faults(page) == []
    tab_to(page, "#password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.url}/pogi/inbox")
    press(page, "summary.m-who")
    press(page, "form[action='/sign-out'] button")
    expect(page).to_have_url(f"{site.url}/")
    page.goto(f"{site.url}/pogi/inbox")
    expect(page).to_have_title("Log ind · Mandat")


@pytest.mark.parametrize("width", [1280, 375])
def test_a_visitor_is_one_and_then_another_and_moves_the_clock(demo: Site, width):
    page = demo.open_page(width)
    page.goto(f"{demo.url}/sign-in")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vælg, hvem du vil være")
    assert accessibility.faults(page) == []
    assert overflow(page) == 0
    page.get_by_label("Person i Partnerskabet for Offentlige Grønne Indkøb").select_option("pogi.chair")
    page.get_by_role("button", name="Vær denne person").click()
    expect(page).to_have_url(f"{demo.url}/pogi/inbox")
    expect(page.get_by_label("Du er")).to_have_value("pogi.chair")
    page.get_by_label("Du er").select_option("pogi.sec")
    page.get_by_role("button", name="Skift").click()
    expect(page.get_by_text("mandag 5. januar 2026").first).to_be_visible()
    page.get_by_role("button", name="til næste frist").click()
    expect(page.get_by_text("onsdag 7. januar 2026").first).to_be_visible()
    expect(page.get_by_role("link", name="act").first).to_be_visible()
    assert accessibility.faults(page) == []
    assert overflow(page) == 0
