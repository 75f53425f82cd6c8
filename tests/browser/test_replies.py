"""The page on which an organisation outside answers a hearing, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, overflow
from tests.journeys.test_replies import SAID, asked, invited
from tests.support.browser import accessibility


@pytest.mark.parametrize("width", [1280, 375])
def test_an_organisation_answers_and_sees_its_receipt(site: Site, width: int) -> None:
    case = asked(site.house)
    _, token = invited(case)
    page = site.open_page(width=width)
    page.goto(f"{site.url}/pogi/svar/{token}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Høring: Eksempel: arbejdstøj")
    assert accessibility.faults(page) == []
    assert overflow(page) == 0
    page.get_by_role("button", name="Send svaret").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert accessibility.faults(page) == []
    page.get_by_label("Er imod udkastet").check()
    words = page.get_by_role("textbox", name="Bemærkning")
    if not words.count():
        page.get_by_role("button", name="Tilføj").first.click()
    words.first.fill(SAID)
    page.get_by_role("button", name="Send svaret").click()
    expect(page.get_by_text("Siden her viser, hvad I sendte.")).to_be_visible()
    expect(page.get_by_text(SAID)).to_be_visible()
    assert accessibility.faults(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("width", [1280, 375])
def test_the_secretariat_makes_a_link(site: Site, width: int) -> None:
    case = asked(site.house)
    task = case.waiting(case.sec, "Task_record")[0]["id"]
    page = site.visit("anne", "pogi.sec", width=width)
    page.goto(f"{site.url}/pogi/tasks/{task}")
    assert accessibility.faults(page) == []
    page.get_by_role("button", name="Lav et link").click()
    expect(page.get_by_label("Link")).to_be_visible()
    assert accessibility.faults(page) == []
    assert overflow(page) == 0
