"""Figures on a drawing and as a table, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from service.commands import tasks
from service.runtime.command import Call
from tests.app.meeting import started
from tests.browser.conftest import Site, overflow, tab_to
from tests.support.browser import READERS, accessibility


def lived(site: Site) -> None:
    """Two meetings that voted, one after a second round, and one that waits."""
    sec = site.house.person("bo", "pogi.sec", "pogi.chair")
    call = Call(sec.actor, site.house.ports)
    for answers in ([7, None], [2, 9, None], []):
        case = started(site.house, sec.actor)
        for present in answers:
            site.house.later(hours=6)
            waiting = sec.get("/api/v1/tasks?scope=all").json["tasks"]
            (task,) = [it["id"] for it in waiting if it["case_id"] == case]
            tasks.claim(call, task)
            site.house.later(days=2)
            tasks.complete(call, task, {"present": present, "kind": "full"} if present else {})


def figures(page: Page) -> list[str]:
    return page.locator(".m-figure").all_inner_texts()


@pytest.mark.parametrize(("width", "language"), READERS)
def test_figures_stand_on_the_drawing_and_in_the_table(site: Site, width, language):
    lived(site)
    page = site.visit("olga", "process.owner", width=width)
    page.context.add_cookies([{"name": "mandat_language", "value": language, "url": site.url}])
    page.goto(f"{site.url}/pogi/processes/meeting")
    page.locator('a[href="/pogi/processes/meeting/figures"]').click()
    expect(page.locator(".m-diagram[data-state=drawn]")).to_be_visible()
    assert "3×" in figures(page)
    expect(page.locator('[data-element-id="Prepare"].m-heat-5')).to_be_attached()
    expect(page.locator("#figures")).to_contain_text("3×")
    assert (accessibility.faults(page), overflow(page)) == ([], 0)


def test_by_keyboard_another_measure_and_a_way_are_drawn(site: Site):
    lived(site)
    page = site.visit("arne", "auditor")
    page.goto(f"{site.url}/pogi/processes/meeting/figures")
    tab_to(page, '.m-measure a[href*="by=done"]')
    page.keyboard.press("Enter")
    expect(page.locator('.m-measure a[aria-current="page"]')).to_have_text("Tid til udført")
    expect(page.locator(".m-diagram[data-state=drawn]")).to_be_visible()
    assert all("×" not in it for it in figures(page))
    tab_to(page, '#ways a[href*="way="]')
    page.keyboard.press("Enter")
    expect(page.locator(".m-diagram[data-state=drawn]")).to_be_visible()
    expect(page.locator('[data-element-id="Vote"].m-done')).to_be_attached()
    assert page.locator('[class*="m-heat-"]').count() == 0
    assert accessibility.faults(page) == []


def test_without_script_and_in_high_contrast_the_same_is_read(site: Site):
    lived(site)
    page = site.visit("olga", "process.owner", java_script_enabled=False, forced_colors="active")
    page.goto(f"{site.url}/pogi/processes/meeting/figures")
    expect(page.locator("#figures tbody tr").first).to_contain_text("3×")
    expect(page.locator(".m-diagram")).to_be_hidden()
    expect(page.locator("#ways tbody tr")).to_have_count(2)
