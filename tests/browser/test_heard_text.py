"""What changed since it was heard can be read by everyone: by who changes it, by who approves it, by who answers a remark."""

import pytest
from playwright.sync_api import Page, expect

from service.runtime.command import Call
from tests.app.visiting import cookie_of
from tests.browser.conftest import Site, overflow
from tests.journeys.test_heard_text import LONGER, REMARK, ROWS, Drafting
from tests.support.browser import accessibility


def signed_in(site: Site, call: Call, width: int) -> Page:
    page = site.open_page(width)
    page.context.add_cookies([{"name": "mandat", "value": cookie_of(site.house, call.actor), "url": site.url}])
    return page


def legible(page: Page) -> None:
    assert overflow(page) == 0
    assert accessibility.faults(page) == []


@pytest.mark.parametrize("width", [1280, 375])
def test_what_has_changed_is_shown_to_who_changes_it_and_to_who_approves_it(site: Site, width: int) -> None:
    case = Drafting(site.house, [{"requirement": "a", "remark": REMARK}])
    page = signed_in(site, case.lead, width)
    page.goto(f"{site.url}/pogi/tasks/{case.task(case.lead, 'Task_remark')}")
    expect(page.get_by_text(REMARK).last).to_be_visible()
    expect(page.get_by_label("Bemærkningen lyder")).to_have_count(0)
    legible(page)
    case.do(case.lead, "Task_remark", {"treatment": "followed", "reason": "Teksten er rettet."})
    case.drafted()
    case.do(case.lead, "Task_revise_internal", {"requirements": ROWS})

    page = signed_in(site, case.lead, width)
    page.goto(f"{site.url}/pogi/tasks/{case.task(case.lead, 'Task_revise_trade')}")
    page.get_by_label("Udbudstekst").first.fill(LONGER)
    page.get_by_label("Ændret, siden udkastet sidst blev hørt").fill("Ingen")
    page.get_by_role("button", name="Afslut opgaven").click()
    expect(page.locator(".ds-error-summary")).to_contain_text("Krav a er ændret, siden udkastet sidst blev hørt.")
    compared = page.get_by_role("region", name="Sammenlignet med før")
    expect(compared.locator("ins")).to_have_text([" i ti år"])
    legible(page)
    page.get_by_label("Ændret, siden udkastet sidst blev hørt").fill("a: ti år.")
    page.get_by_label("behøver ikke at blive hørt igen").check()
    page.get_by_label("Hvorfor den ikke behøver").fill("Branchen foreslog det selv.")
    page.get_by_role("button", name="Afslut opgaven").click()
    expect(page.get_by_role("status")).to_be_visible()

    page.goto(f"{site.url}/pogi/tasks/{case.task(case.lead, 'Task_approve')}")
    compared = page.get_by_role("region", name="Sammenlignet med det, der sidst blev hørt")
    expect(compared.locator("ins")).to_have_text([" i ti år"])
    legible(page)
