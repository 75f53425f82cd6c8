"""The record of a case checked, what cannot be read, who is shut out, and what is held on somebody, in a real browser."""

import os

import pytest
from playwright.sync_api import Page, expect

from tests.app.logged import logged
from tests.app.meeting import prepared, started
from tests.app.tampering import every, garbled, key
from tests.browser.conftest import Site, overflow
from tests.support.browser import READERS, accessibility


@pytest.fixture
def case(site: Site) -> str:
    actor = site.house.person("anne", "pogi.sec", "pogi.chair").actor
    case_id = started(site.house, actor)
    prepared(site.house, actor, case_id, present=7, kind="full")
    return case_id


def fine(page: Page, name: str) -> None:
    if os.environ.get("M2_SHOTS"):
        page.screenshot(path=f"{os.environ['M2_SHOTS']}/{name}.png", full_page=True)
    assert overflow(page) == 0
    assert accessibility.faults(page) == []


@pytest.mark.parametrize(("width", "language"), READERS)
def test_each_verdict_stands_for_itself_and_a_row_that_cannot_be_read_is_named(
    site: Site, case: str, width: int, language: str
):
    log = logged(site.house)
    page = site.visit("revisor", "auditor", width=width)
    page.context.add_cookies([{"name": "mandat_language", "value": language, "url": site.url}])
    page.goto(f"{site.url}/pogi/cases/{case}/timeline?check=1")
    verdicts = page.locator(".m-verdict > li")
    expect(verdicts).to_have_count(5)
    fine(page, f"waiting-{width}-{language}")
    log.round()
    page.reload()
    expect(verdicts.nth(3)).not_to_have_attribute("data-tone", "open")
    fine(page, f"proved-{width}-{language}")
    task = next(it for it in every("tasks", "pogi") if it["state"] == "completed")
    with garbled([("tasks", key("tasks", task), "opened_at", "'nonsense'")]):
        for place in ("", "/timeline?check=1"):
            page.goto(f"{site.url}/pogi/cases/{case}{place}")
            expect(page.get_by_text("tasks.opened_at").first).to_be_visible()
            fine(page, f"unread{len(place)}-{width}-{language}")


@pytest.mark.parametrize(("width", "language"), READERS)
def test_who_would_shut_herself_out_is_told_and_confirms_it(site: Site, case: str, width: int, language: str):
    page = site.visit("olga", "process.owner", width=width)
    page.context.add_cookies([{"name": "mandat_language", "value": language, "url": site.url}])
    page.goto(f"{site.url}/pogi/cases/{case}/access")
    page.locator("#basis").select_option("dk-ofl-30")
    page.locator("#reason").fill("Bud")
    page.locator("#reason").press("Tab")
    page.keyboard.press("Enter")
    leave = page.locator("#leave")
    expect(leave).to_be_visible()
    fine(page, f"leave-{width}-{language}")
    leave.check()
    leave.locator("xpath=ancestor::form").get_by_role("button").click()
    expect(page).to_have_url(f"{site.url}/pogi/cases")


@pytest.mark.parametrize(("width", "language"), READERS)
def test_what_is_held_is_told_in_words(site: Site, case: str, width: int, language: str):
    page = site.visit("ada", "admin", width=width)
    page.context.add_cookies([{"name": "mandat_language", "value": language, "url": site.url}])
    person = next(it["id"] for it in every("people", "pogi") if it["name"] == "Anne")
    page.goto(f"{site.url}/pogi/people/{person}/held")
    page.locator("textarea").fill("12/2026")
    page.locator("button[value=page]").click()
    expect(page.get_by_role("table").first).to_be_visible()
    for code in ("task.completed", "completed", "/remark"):
        expect(page.locator("main")).not_to_contain_text(code)
    fine(page, f"held-{width}-{language}")
