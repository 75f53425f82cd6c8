"""The case worker at her desk, in Danish: she finds what waits, takes it, does it, and is done."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from service.commands import instances, measures
from service.domain.origins import From
from service.runtime.command import Call
from tests.app.browsing import PASSWORD
from tests.app.house import House
from tests.app.meeting import prepared, started, waiting
from tests.app.records import partnership
from tests.app.visiting import visiting
from tests.browser.conftest import Site, overflow, tab_to
from tests.operations.test_targets import in_force
from tests.support.browser import READERS, accessibility


def meetings(house: House, *numbers: str) -> list[str]:
    """Cases that wait for the secretariat, each with its number."""
    starter = house.person("starter", "pogi.sec")
    call = Call(starter.actor, house.ports)
    return [str(instances.start(call, "meeting", {}, number)["case_id"]) for number in numbers]


def at_the_inbox(site: Site, name: str, *roles: str, **options: object) -> Page:
    page = site.visit(name, *roles, **options)
    page.goto(f"{site.url}/pogi/inbox")
    return page


def test_she_signs_in_finds_takes_and_does_what_waits(site: Site):
    meetings(site.house, "2026-1", "2026-2", "2026-3")
    site.house.person("anne", "pogi.sec", password=PASSWORD)
    page = site.open_page()
    page.goto(f"{site.url}/pogi/inbox")
    page.get_by_label("Navn").fill("anne")
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind").click()
    expect(page.get_by_role("heading", name="Indbakke")).to_be_visible()

    page.get_by_role("searchbox").fill("2026-2")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("[data-task]")).to_have_count(1)
    page.goto(f"{site.url}/pogi/inbox")

    page.locator("[data-task]").filter(has_text="2026-2").click()
    preview = page.locator("#beside")
    expect(preview).to_contain_text("Møde i styregruppen, 2026-2")
    preview.get_by_role("button", name="Tag opgaven").click()
    expect(preview).to_contain_text("Din siden 5. januar")
    expect(page.get_by_role("link", name="Mine 1")).to_be_visible()
    receipt = page.get_by_role("status")
    expect(receipt).to_contain_text("Du har taget »Forbered mødet«.")
    receipt.get_by_role("button", name="Fortryd").click()
    expect(page.get_by_role("status")).to_contain_text("»Forbered mødet« er lagt tilbage")
    expect(page.get_by_role("link", name="Mine 0")).to_be_visible()
    page.get_by_role("button", name="Tag opgaven").click()
    expect(preview).to_contain_text("Din siden 5. januar")

    preview.get_by_role("button", name="Afslut opgaven").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Ret 1 ting")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(page.get_by_label("Til stede")).to_be_focused()
    assert accessibility.faults(page) == []

    page.get_by_label("Til stede").fill("7")
    preview.get_by_role("button", name="Afslut opgaven").click()
    receipt = page.get_by_role("status")
    expect(receipt).to_contain_text("»Forbered mødet« er afsluttet. Sagen venter nu på pogi.chair.")
    expect(receipt.get_by_role("link", name="Se sagen")).to_be_visible()
    expect(page.get_by_role("heading", name="Forbered mødet")).to_be_focused()
    expect(page.locator("[data-task]")).to_have_count(2)
    expect(page.locator("[data-task][aria-current]")).to_have_count(1)
    assert accessibility.faults(page) == []


def test_what_she_writes_is_kept_while_she_writes(site: Site):
    meetings(site.house, "2026-1")
    page = at_the_inbox(site, "anne", "pogi.sec")
    page.get_by_label("Bemærkning").fill("Halvvejs")
    expect(page.locator("#draft")).to_contain_text("Kladde gemt kl. 09.00. Kun du kan se den.")
    page.get_by_label("Bemærkning").fill("Næsten færdig")
    expect(page.locator("#draft input")).to_have_value("2")
    page.get_by_role("link", name="Åbn hele opgaven").click()
    expect(page.get_by_label("Bemærkning")).to_have_value("Næsten færdig")
    page.get_by_label("Bemærkning").fill("Færdig")
    page.keyboard.press("Control+s")
    expect(page).to_have_url(re.compile("#draft$"))
    expect(page.get_by_label("Bemærkning")).to_have_value("Færdig")


def test_of_two_who_take_one_task_the_second_is_told_who_was_first(site: Site):
    meetings(site.house, "2026-1")
    anne, bo = at_the_inbox(site, "anne", "pogi.sec"), at_the_inbox(site, "bo", "pogi.sec")
    bo.get_by_label("Bemærkning").fill("Jeg kommer")
    expect(bo.locator("#draft")).to_contain_text("Kladde gemt")
    anne.get_by_role("button", name="Tag opgaven").click()
    expect(anne.locator("#beside")).to_contain_text("Din siden")

    bo.get_by_label("Til stede").fill("5")
    bo.get_by_role("button", name="Afslut opgaven").click()
    refusal = bo.get_by_role("alert")
    expect(refusal).to_contain_text("Anne tog opgaven 05.01.2026 kl. 09.00.")
    expect(refusal).to_contain_text("Det, du skrev, står stadig nedenfor.")
    expect(bo.get_by_label("Bemærkning")).to_have_value("Jeg kommer")
    assert accessibility.faults(bo) == []


def test_with_the_keyboard_alone(site: Site):
    meetings(site.house, "2026-1", "2026-2")
    page = at_the_inbox(site, "anne", "pogi.sec")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("[data-task]").nth(1)).to_be_focused()
    page.keyboard.press("t")  # what stands beside the list is the first: nothing is taken that she does not see
    expect(page.locator("#beside")).to_contain_text("2026-2")
    expect(page.locator("#beside")).to_contain_text("Ledig")
    page.keyboard.press("Enter")
    expect(page.locator("[data-task]").nth(1)).to_have_attribute("aria-current", "true")
    expect(page.locator("[data-task]").nth(1)).to_be_focused()
    expect(page.locator("#beside")).to_contain_text("2026-2")
    page.keyboard.press("t")
    expect(page.locator("#beside")).to_contain_text("Din siden")
    page.keyboard.press("l")
    expect(page.locator("#beside")).to_contain_text("Ledig")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("jt")
    expect(page.get_by_role("searchbox")).to_have_value("jt")
    tab_to(page, "button")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Genveje")).to_be_visible()
    page.keyboard.press("Escape")

    tab_to(page, "#f-present")
    page.keyboard.type("3")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("»Forbered mødet« er afsluttet.")
    page.keyboard.press("g")
    page.keyboard.press("s")
    expect(page.get_by_role("heading", name="Sager")).to_be_visible()


def test_keys_of_one_letter_can_be_switched_off(site: Site):
    meetings(site.house, "2026-1")
    page = at_the_inbox(site, "anne", "pogi.sec")
    page.keyboard.press("?")
    page.get_by_label("Brug genveje med ét tegn").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    page.keyboard.press("j")
    expect(page.locator("#beside")).to_contain_text("Ledig")
    expect(page.locator("[data-task]").first).not_to_be_focused()


def test_on_a_phone_a_row_opens_the_page_of_the_task(site: Site):
    meetings(site.house, "2026-1")
    page = at_the_inbox(site, "anne", "pogi.sec", width=375)
    expect(page.locator("#beside")).to_be_hidden()
    page.locator("[data-task]").click()
    expect(page.get_by_role("heading", name="Forbered mødet", level=1)).to_be_visible()
    page.get_by_label("Til stede").fill("2")
    page.get_by_role("button", name="Afslut opgaven").click()
    expect(page.get_by_role("status")).to_contain_text("»Forbered mødet« er afsluttet.")


def test_without_script_everything_can_be_done(site: Site):
    meetings(site.house, "2026-1", "2026-2")
    page = at_the_inbox(site, "anne", "pogi.sec", java_script_enabled=False)
    preview = page.locator("#beside")
    preview.get_by_role("button", name="Tag opgaven").click()
    expect(preview).to_contain_text("Din siden")
    preview.get_by_role("button", name="Afslut opgaven").click()
    expect(page.get_by_role("alert")).to_contain_text("Ret 1 ting")
    page.get_by_label("Til stede").fill("4")
    preview.get_by_role("button", name="Afslut opgaven").click()
    expect(page.get_by_role("status")).to_contain_text("»Forbered mødet« er afsluttet.")
    page.locator("[data-task]").filter(has_text="2026-2").click()
    expect(page.get_by_role("heading", name="Forbered mødet", level=1)).to_be_visible()


OPEN = {"front", "sign in", "register", "target", "version"}
"""The pages that nobody has to sign in for."""

DRAWN = {"case", "timeline"}
CHECKED = {(1280, "da"), (375, "da"), (1280, "nb"), (375, "en")}
"""Widths and languages in which axe looks at every page: each width and each language is among them."""


@pytest.fixture
def furnished(site: Site) -> dict[str, str]:
    """Something on every page; gives their addresses by name."""
    house = site.house
    actor = house.person("klara", "pogi.sec", "pogi.chair").actor
    case = started(house, actor)
    prepared(house, actor, case, present=7, kind="full")
    partnership(house)
    _, target = in_force(house)
    call = house.operator("lillestrom")
    made = measures.register(call, "Strategi", (2020, 2024), "M", [("Delmål", "L25")], From("source", "L1"))
    ids = [
        measures.add(call, made["goals"][0], number, "Det skal stilles krav.", "must", From("source", f"L{number}"))[
            "id"
        ]
        for number in (5, 6)
    ]
    measures.plan(call, ids[0], "Innkjøpsseksjonen", date(2026, 1, 20), "ongoing")
    return {
        "front": "/",
        "sign in": "/sign-in",
        "inbox": "/pogi/inbox",
        "task": f"/pogi/tasks/{waiting(case)}",
        "cases": "/pogi/cases",
        "case": f"/pogi/cases/{case}",
        "start": "/pogi/start",
        "beginning": "/pogi/start/meeting",
        "register": "/pogi/maal",
        "target": f"/pogi/maal/{target}",
        "version": f"/pogi/maal/{target}/v1",
        "timeline": f"/pogi/cases/{case}/timeline",
        "processes": "/pogi/processes",
        "process": "/pogi/processes/meeting",
        "editor": "/pogi/processes/meeting/edit",
        "people": "/pogi/people",
        "settings": "/pogi/settings",
        "plan": "/lillestrom/handlingsplan",
        "measure": f"/lillestrom/handlingsplan/{ids[0]}",
    }


@pytest.mark.parametrize(("width", "language"), READERS)
def test_every_page_can_be_read_by_everyone(site: Site, furnished: dict[str, str], width: int, language: str):
    roles = ("admin", "pogi.sec", "pogi.chair", "process.owner", "auditor")
    here, there, guest = site.visit("anne", *roles, width=width), site.open_page(width), site.open_page(width)
    cookie = visiting(site.house, "liv", "lill.proc.section", workspace="lillestrom").cookie
    there.context.add_cookies([{"name": "mandat", "value": str(cookie), "url": site.url}])
    for page in (here, there, guest):
        page.context.add_cookies([{"name": "mandat_language", "value": language, "url": site.url}])
    for name, path in furnished.items():
        page = guest if name in OPEN else there if path.startswith("/lillestrom") else here
        page.goto(f"{site.url}{path}")
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("h1")).to_be_visible()
        if name in DRAWN:
            page.locator(".m-diagram[data-state=drawn], .m-canvas[data-state=drawn]").first.wait_for()
        assert page.locator("html").get_attribute("lang") == language, name
        assert re.fullmatch(r".+ · Mandat", page.title()), name
        assert overflow(page) <= 0, name
        if (width, language) in CHECKED:
            assert accessibility.faults(page) == [], name


@pytest.mark.parametrize("script", [True, False])
def test_she_puts_a_document_into_the_case_and_gets_it_back(site: Site, furnished: dict[str, str], *, script: bool):
    page = site.visit("anne", "pogi.sec", java_script_enabled=script)
    page.goto(f"{site.url}{furnished['case']}")
    page.locator("#documents summary").click()
    page.get_by_role("button", name="Læg dokumentet i sagen").click()
    expect(page.get_by_role("alert").get_by_role("link", name="Fil: Vælg en fil.")).to_be_visible()
    file = {"name": "Notat æøå.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 notat"}
    page.get_by_label("Fil", exact=True).set_input_files(file)  # type: ignore[arg-type]  # a file payload
    page.get_by_role("button", name="Læg dokumentet i sagen").click()
    expect(page.get_by_role("status").first).to_contain_text("»Notat æøå.pdf« er nu i sagen.")
    with page.expect_download() as download:
        page.locator("#documents").get_by_role("link", name="Notat æøå.pdf").click()
    assert download.value.path().read_bytes() == file["buffer"]


def test_a_case_shows_its_way_as_picture_and_as_text(site: Site, furnished: dict[str, str]):
    page = site.visit("anne", "pogi.sec")
    page.goto(f"{site.url}{furnished['case']}")
    page.locator(".m-diagram .m-now[data-element-id=Vote]").wait_for()
    page.get_by_text("Læs forløbet som tekst").click()
    expect(page.locator(".m-steps")).to_contain_text("Nu: Afgiv stemme")
    page.get_by_role("link", name="Trin for trin").click()
    expect(page).to_have_url(f"{site.url}{furnished['case']}/timeline")
