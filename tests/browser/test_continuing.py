"""In a demonstration, at the width of a telephone: one press goes on as whoever holds the next task of the case."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from service.commands import accounts, instances, roles
from service.identity import clockwork
from service.queries import accounts as people
from service.runtime.command import Call
from tests.app.house import opened, two_tasks
from tests.browser.conftest import overflow, tab_to
from tests.diagrams import process
from tests.support.browser import accessibility
from tests.support.server import serving

PERSONAS = {
    "pogi.sec": ("Sekretariat for partnerskabet", "Sanne Eksempel"),
    "pogi.chair": ("Formandskab", "Fritz Eksempel"),
}


def test_the_next_task_of_the_case_is_one_press_away(
    sqlite_template: Path, tmp_path: Path, open_page: Callable[..., Page]
):
    with opened(f"sqlite:///{shutil.copy(sqlite_template, tmp_path)}", demo=True) as house:
        for key, (label, name) in PERSONAS.items():
            roles.add(house.operator(), key, label)
            accounts.create(house.operator(), key, persona=True)
            accounts.join(house.operator(), key, name)
            roles.grant(house.operator(), key, key)
        house.deploy(two_tasks())
        clockwork.wind(joins=False)
        secretary = people.named("pogi", "pogi.sec", house.ports.now())
        assert secretary is not None
        case = instances.start(Call(secretary, house.ports), "adoption", {}, None)["case_id"]
        with serving(house.app) as url:
            page = open_page(width=375)
            page.goto(f"{url}/sign-in")
            page.locator("#persona-1").select_option("pogi.chair")
            page.locator("form", has=page.locator("#persona-1")).get_by_role("button").click()
            page.wait_for_url("**/inbox")
            page.goto(f"{url}/pogi/cases/{case}")
            expect(page.get_by_text("Næste i sagen: prepare")).to_be_visible()
            assert overflow(page) == 0
            assert accessibility.faults(page) == []
            page.get_by_role("button", name="Fortsæt som Sekretariat").click()
            expect(page.get_by_role("heading", name="prepare")).to_be_visible()


def test_the_line_with_the_clock_is_renewed_with_the_list(
    sqlite_template: Path, tmp_path: Path, open_page: Callable[..., Page]
):
    with opened(f"sqlite:///{shutil.copy(sqlite_template, tmp_path)}", demo=True) as house:
        key, (label, name) = next(iter(PERSONAS.items()))
        roles.add(house.operator(), key, label)
        accounts.create(house.operator(), key, persona=True)
        accounts.join(house.operator(), key, name)
        roles.grant(house.operator(), key, key)
        clockwork.wind(joins=False)
        for due in (5, 10):
            days = {"dueDate": f"working days({due})"}
            timed = process(f"timed{due}").start().user("act", lane=key, properties=days).end()
            house.deploy({f"timed{due}.bpmn": timed.bpmn()})
            instances.start(house.operator(), f"timed{due}", {}, None)
        with serving(house.app) as url:
            page = open_page()
            page.goto(f"{url}/sign-in")
            page.locator("#persona-1").select_option(key)
            page.locator("form", has=page.locator("#persona-1")).get_by_role("button").click()
            page.wait_for_url("**/inbox")
            page.goto(f"{url}/pogi/inbox")
            banner = page.get_by_role("complementary", name="Demonstration")
            expect(banner).to_contain_text("til næste frist: mandag 12. januar 2026 kl. 09.00")
            page.evaluate("window.stayed = true")
            page.locator("form.m-preview").get_by_role("button", name="Bekræft").click()
            expect(banner).to_contain_text("til næste frist: mandag 19. januar 2026 kl. 09.00")
            assert page.evaluate("window.stayed === true"), "the page was not loaded anew"
            banner.get_by_role("button", name="til næste frist").click()
            expect(banner).to_contain_text("mandag 19. januar 2026 kl. 09.00.")
            assert accessibility.faults(page) == []


@pytest.mark.parametrize("width", [1280, 375])
def test_a_clock_button_from_before_says_on_its_page_what_the_next_deadline_is_and_offers_it(
    sqlite_template: Path, tmp_path: Path, open_page: Callable[..., Page], width: int
):
    with opened(f"sqlite:///{shutil.copy(sqlite_template, tmp_path)}", demo=True) as house:
        key, (label, name) = next(iter(PERSONAS.items()))
        roles.add(house.operator(), key, label)
        accounts.create(house.operator(), key, persona=True)
        accounts.join(house.operator(), key, name)
        roles.grant(house.operator(), key, key)
        clockwork.wind(joins=False)
        timed = process("timed").start().user("act", lane=key, properties={"dueDate": "working days(10)"}).end()
        house.deploy({"timed.bpmn": timed.bpmn()})
        case = instances.start(house.operator(), "timed", {}, None)["case_id"]
        with serving(house.app) as url:
            page = open_page(width=width)
            page.goto(f"{url}/sign-in")
            page.locator("#persona-1").select_option(key)
            page.locator("form", has=page.locator("#persona-1")).get_by_role("button").click()
            page.wait_for_url("**/inbox")
            page.goto(f"{url}/pogi/cases/{case}")
            sooner = process("sooner").start().user("act", lane=key, properties={"dueDate": "working days(5)"}).end()
            house.deploy({"sooner.bpmn": sooner.bpmn()})
            instances.start(house.operator(), "sooner", {}, None)
            tab_to(page, "button[value=deadline]")
            page.keyboard.press("Enter")
            said = (
                "Den næste frist er mandag 12. januar 2026 kl. 09.00 og ikke længere mandag 19. januar 2026 kl. 09.00."
            )
            expect(page.get_by_role("alert")).to_contain_text(said)
            assert page.url.startswith(f"{url}/pogi/cases/{case}?")
            expect(page.get_by_role("navigation").first).to_be_attached()
            assert overflow(page) == 0
            assert accessibility.faults(page) == []
            tab_to(page, "button[value=deadline]")
            page.keyboard.press("Enter")
            banner = page.get_by_role("complementary", name="Demonstration")
            expect(banner).to_contain_text("mandag 12. januar 2026 kl. 09.00. Flyttes uret")
            expect(page.get_by_role("alert")).to_have_count(0)
            assert page.url == f"{url}/pogi/cases/{case}"
