"""The page of event logs in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.app.meeting import started
from tests.browser.conftest import Site, overflow, tab_to
from tests.support.browser import READERS, accessibility
from tests.support.event_logs import xes_faults


@pytest.mark.parametrize(("width", "language"), READERS)
def test_an_auditor_downloads_a_log_by_keyboard(site: Site, tmp_path: Path, width, language):
    started(site.house, site.house.person("bo", "pogi.sec").actor)
    page = site.visit("arne", "auditor", width=width)
    page.context.add_cookies([{"name": "mandat_language", "value": language, "url": site.url}])
    page.goto(f"{site.url}/pogi/log")
    page.locator('a[href="/pogi/history"]').click()
    page.wait_for_url("**/pogi/history")
    assert (accessibility.faults(page), overflow(page)) == ([], 0)
    tab_to(page, "#format-xes")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    tab_to(page, "#process")
    page.keyboard.press("ArrowDown")
    page.locator("#since").fill("2026-02-01")
    page.locator("#until").fill("2026-01-01")
    tab_to(page, "form.m-form .m-bar button")
    page.keyboard.press("Enter")
    expect(page.locator("#until-e")).to_be_visible()
    assert (accessibility.faults(page), overflow(page)) == ([], 0)
    page.locator("#since").fill("2026-01-01")
    page.locator("#until").fill("")
    with page.expect_download() as download:
        page.locator("form.m-form .m-bar button").press("Enter")
    download.value.save_as(tmp_path / download.value.suggested_filename)
    assert xes_faults(tmp_path / "pogi-xes.xes") == []
