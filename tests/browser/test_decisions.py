"""The register of decisions, a record and an experiment, in a real browser."""

from __future__ import annotations

import hashlib

import pytest
from playwright.sync_api import Page, expect

from tests.app.meeting import TABLE, files, prepared, started
from tests.browser.conftest import Site, overflow, tab_to
from tests.support.browser import READERS, accessibility

STRICTER = TABLE.replace("<text>5</text>", "<text>7</text>")
DIGEST = hashlib.sha256(STRICTER.encode()).hexdigest()


def decided(site: Site) -> None:
    sec = site.house.person("bo", "pogi.sec", "pogi.chair")
    for name in ("M1", "M2"):
        prepared(site.house, sec.actor, started(site.house, sec.actor, name), present=9, kind="full")
    site.house.deploy({**files(), "rules.dmn": STRICTER.encode()})


def sound(page: Page) -> None:
    assert (accessibility.faults(page), overflow(page)) == ([], 0)


@pytest.mark.parametrize(("width", "language"), READERS)
def test_from_the_register_to_a_record_to_an_experiment(site: Site, width: int, language: str):
    decided(site)
    page = site.visit("arne", "auditor", width=width)
    page.context.add_cookies([{"name": "mandat_language", "value": language, "url": site.url}])
    page.goto(f"{site.url}/pogi/cases")
    page.locator('a[href="/pogi/decisions"]').first.click()
    expect(page.locator("#decisions tbody tr")).to_have_count(4)
    sound(page)
    page.locator("#kind").select_option("rule")
    page.locator("form[role=search] button[type=submit]").last.click()
    expect(page.locator("#decisions tbody tr")).to_have_count(2)
    page.locator("#decisions tbody a").first.click()
    expect(page.locator(".m-hit").first).to_be_visible()
    sound(page)
    page.locator("#table").select_option(DIGEST)
    page.locator("#table").locator("xpath=ancestor::form").locator("button").click()
    expect(page.locator("#what-if")).to_be_visible()
    sound(page)
    page.locator('a[href*="/decisions/otherwise"]').click()
    expect(page.locator("#otherwise tbody tr")).to_have_count(2)
    sound(page)


def test_where_nothing_is_decided_yet_the_page_says_what_comes_here(site: Site):
    page = site.visit("arne", "auditor", width=375)
    page.goto(f"{site.url}/pogi/decisions")
    expect(page.locator(".m-empty")).to_contain_text("når en afstemning afsluttes")
    sound(page)


def test_by_keyboard_and_without_script_the_same_is_found(site: Site):
    decided(site)
    page = site.visit("arne", "auditor", java_script_enabled=False)
    page.goto(f"{site.url}/pogi/decisions")
    page.locator("#q").fill("M1")
    page.keyboard.press("Enter")
    expect(page.locator("#decisions tbody tr")).to_have_count(2)
    page = site.visit("eva", "auditor")
    page.goto(f"{site.url}/pogi/decisions?kind=rule")
    tab_to(page, "#decisions tbody a")
    page.keyboard.press("Enter")
    expect(page.locator("#table")).to_be_visible()
    tab_to(page, "#table")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#what-if")).to_be_visible()
