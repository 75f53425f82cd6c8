"""The operations page in a real browser."""

import pytest
from playwright.sync_api import expect

from service.queries import health
from tests.app.house import gate
from tests.browser.conftest import Site, overflow, tab_to
from tests.support.browser import accessibility
from tests.web.test_operations_page import Silent


@pytest.mark.parametrize("width", [1280, 375])
def test_an_administrator_sees_what_stands_still_and_goes_there_by_keyboard(site: Site, width):
    site.house.app.extensions[health.BACKGROUND] = Silent(90)
    site.house.deploy(gate())
    anne = site.house.person("anne", "pogi.sec")
    asked = anne.post("/api/v1/instances", {"definition": "gate"}).json["tasks"][0]["id"]
    anne.post(f"/api/v1/tasks/{asked}/complete", {"answers": {}})
    page = site.visit("ada", "admin", width=width)
    page.goto(f"{site.url}/pogi/operations")
    expect(page.get_by_role("heading", level=1)).to_have_text("Drift")
    expect(page.get_by_role("complementary", name="Baggrundsarbejdet står stille")).to_be_visible()
    expect(page.get_by_text("Tavst i 90 sekunder")).to_be_visible()
    assert accessibility.faults(page) == []
    assert overflow(page) == 0
    tab_to(page, "main a[href$='/incidents']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Standsede sager")


@pytest.mark.parametrize("width", [1280, 375])
def test_where_all_is_well_it_says_so(site: Site, width):
    site.house.app.extensions[health.BACKGROUND] = Silent(1)
    page = site.visit("ada", "admin", width=width)
    page.goto(f"{site.url}/pogi/operations")
    expect(page.get_by_text("Alt er i orden")).to_be_visible()
    assert accessibility.faults(page) == []
    assert overflow(page) == 0
