"""The auditor steps through a case in her browser."""

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from service.commands import instances, tasks
from service.runtime.command import Call
from tests.app.meeting import REMARK, prepared, started, waiting
from tests.app.tampering import changed, every, key
from tests.browser.conftest import Site, overflow, tab_to
from tests.browser.test_viewer import inside
from tests.diagrams import files, process
from tests.support.browser import accessibility
from tests.web.test_timeline import staged


@pytest.fixture
def case(site: Site) -> str:
    """Prepared with too few, prepared again with enough, voted on: six steps."""
    actor = site.house.person("anne", "pogi.sec", "pogi.chair").actor
    case_id = started(site.house, actor)
    prepared(site.house, actor, case_id, present=3, kind="full", remark=REMARK)
    prepared(site.house, actor, case_id, present=7, kind="full")
    tasks.complete(Call(actor, site.house.ports), waiting(case_id), {})
    return case_id


def many_steps(site: Site) -> str:
    """A case whose task was taken and put back again and again: eighty-two steps."""
    drawing = process("often").start().user("work", name="Arbejd", lane="pogi.sec").end("done")
    site.house.deploy(files(drawing))
    call = Call(site.house.person("anne", "pogi.sec").actor, site.house.ports)
    begun = instances.start(call, "often", {}, None)
    task = begun["tasks"][0]["id"]
    for _ in range(40):
        tasks.claim(call, task)
        tasks.release(call, task)
    tasks.claim(call, task)
    return str(begun["case_id"])


def stepping(page: Page, site: Site, case: str, step: int) -> Page:
    page.goto(f"{site.url}/pogi/cases/{case}/timeline?step={step}")
    page.locator(".m-diagram[data-state=drawn]").wait_for()
    return page


def now(page: Page) -> str | None:
    """The element at which the drawing says that the case stands."""
    found = page.locator(".m-diagram .m-now")
    return found.first.get_attribute("data-element-id") if found.count() else None


def test_the_arrow_keys_step_through_the_case(site: Site, case: str):
    page = stepping(site.visit("revisor", "auditor"), site, case, 6)
    panel = page.locator("#now")
    expect(panel).to_have_text("Afsluttede »Afgiv stemme«")
    assert now(page) is None

    page.keyboard.press("ArrowLeft")
    expect(panel).to_have_text("Afsluttede »Forbered mødet«")
    expect(page.locator(".m-now[data-element-id=Vote]")).to_have_count(1)
    expect(page).to_have_url(f"{site.url}/pogi/cases/{case}/timeline?step=5")
    assert accessibility.faults(page) == []

    page.keyboard.press("Shift+ArrowLeft")
    expect(page.get_by_role("status")).to_have_text("Trin 3 af 6")
    expect(page.locator(".m-now[data-element-id=Prepare]")).to_have_count(1)
    expect(page.locator(".m-done[data-element-id=No]")).to_have_count(1)
    expect(page.locator(".m-panel .m-hit").first).to_contain_text("Ellers mere end halvdelen.")
    expect(page.locator(".m-panel")).to_contain_text("Kan slettes")
    assert accessibility.faults(page) == []

    page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_role("status")).to_have_text("Trin 5 af 6")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_role("status")).to_have_text("Trin 5 af 6")


def test_home_and_end_lead_to_the_first_and_the_last_step(site: Site, case: str):
    page = stepping(site.visit("revisor", "auditor"), site, case, 3)
    page.keyboard.press("Home")
    expect(page.get_by_role("status")).to_have_text("Trin 1 af 6")
    expect(page.locator(".m-now[data-element-id=Prepare]")).to_have_count(1)
    page.keyboard.press("End")
    expect(page.get_by_role("status")).to_have_text("Trin 6 af 6")
    expect(page).to_have_url(f"{site.url}/pogi/cases/{case}/timeline?step=6")


def test_the_mouse_alone_leads_through_the_case_and_to_another_moment(site: Site, case: str):
    page = stepping(site.visit("revisor", "auditor"), site, case, 6)
    page.locator("[data-go=first]").click()
    expect(page.get_by_role("status")).to_have_text("Trin 1 af 6")
    page.locator("[data-go=next-decision]").click()
    expect(page.get_by_role("status")).to_have_text("Trin 3 af 6")
    slider = page.locator("#step")
    box = slider.bounding_box()
    assert box is not None
    slider.click(position={"x": box["width"] - 9, "y": box["height"] / 2})
    expect(page.get_by_role("status")).to_have_text("Trin 6 af 6")
    page.locator("[data-go=previous-decision]").click()
    expect(page.locator(".m-panel")).to_contain_text("present")
    expect(page.locator("#moment")).to_contain_text("Afgiv stemme")
    page.get_by_text("Alle værdier på dette tidspunkt").click()
    expect(page.locator("#moment .m-given")).to_contain_text("needed")
    page.locator("[data-go=previous]").click()
    expect(page.locator("#moment .m-given")).to_be_visible()
    page.get_by_role("button", name="Sammenlign").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("To tidspunkter")
    assert accessibility.faults(page) == []
    assert overflow(page) <= 0


def test_what_a_step_changed_is_read_as_text_without_javascript(site: Site, case: str):
    page = site.visit("revisor", "auditor", java_script_enabled=False)
    page.goto(f"{site.url}/pogi/cases/{case}/timeline?step=3")
    page.get_by_text("Diagrammet som tekst").click()
    expect(page.locator(".m-told [data-s=now]")).to_have_text("Forbered mødet Her nu")
    for said in ("Til stede", "Række 2 slog til.", "Ny opgave til pogi.sec", "needed"):
        expect(page.locator(".m-panel")).to_contain_text(said)
    expect(page.locator("#moment")).to_contain_text("Ikke taget, pogi.sec")


def test_the_slider_and_the_text_lead_to_a_step(site: Site, case: str):
    page = stepping(site.visit("revisor", "auditor"), site, case, 1)
    tab_to(page, "#step")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("status")).to_have_text("Trin 2 af 6")
    expect(page.locator("#step")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("status")).to_have_text("Trin 3 af 6")
    page.get_by_role("link", name="6", exact=True).click()
    expect(page.locator("#now")).to_have_text("Afsluttede »Afgiv stemme«")
    expect(page.locator("tr[aria-current]")).to_contain_text("Afgiv stemme")


def seen(page: Page) -> dict[str, bool]:
    """Of the drawing and its slider, whether all of it is in the window."""
    found: dict[str, bool] = page.evaluate(
        """() => Object.fromEntries([".m-diagram", "#step"].map(it => {
             const box = document.querySelector(it).getBoundingClientRect();
             return [it, box.top >= 0 && box.bottom <= window.innerHeight] }))"""
    )
    return found


@pytest.mark.parametrize("width", [1280, 375])
def test_the_drawing_and_its_slider_stay_in_sight_while_it_is_stepped(site: Site, width: int):
    """Nor does the page move: what the reader looked at is what changes."""
    case = many_steps(site)
    page = stepping(site.visit("revisor", "auditor", width=width), site, case, 1)
    page.locator(".m-diagram").scroll_into_view_if_needed()
    assert seen(page) == {".m-diagram": True, "#step": True}
    place = page.evaluate("scrollY")
    slider = page.locator("#step")
    box = slider.bounding_box()
    assert box is not None

    def at(number: int) -> None:
        expect(page.get_by_role("status")).to_have_text(f"Trin {number} af 82")
        assert inside(page.locator("tr[aria-current]"), page.locator("#list"))
        assert seen(page) == {".m-diagram": True, "#step": True}
        assert page.evaluate("scrollY") == place

    slider.click(position={"x": box["width"] - 9, "y": box["height"] / 2})
    at(82)
    page.locator("[data-go=previous]").click()
    at(81)
    page.locator("h1").click(trial=True)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowLeft")
    at(80)
    page.keyboard.press("Home")
    at(1)
    page.keyboard.press("End")
    at(82)
    page.keyboard.press("Shift+ArrowLeft")
    assert seen(page) == {".m-diagram": True, "#step": True}
    assert accessibility.faults(page) == []
    assert overflow(page) <= 0


def test_the_list_of_the_steps_is_reached_by_keyboard_and_scrolls_in_itself(site: Site):
    case = many_steps(site)
    page = stepping(site.visit("revisor", "auditor"), site, case, 40)
    tab_to(page, "#list")
    expect(page.locator("tr[aria-current]")).to_be_in_viewport()
    before = page.evaluate("[scrollY, document.querySelector('#list').scrollTop]")
    page.keyboard.press("PageDown")
    page.wait_for_function("before => document.querySelector('#list').scrollTop > before", arg=before[1])
    assert page.evaluate("scrollY") == before[0]
    assert seen(page) == {".m-diagram": True, "#step": True}
    page.get_by_role("link", name="44", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Trin 44 af 82")
    assert seen(page) == {".m-diagram": True, "#step": True}


def test_it_plays_by_itself_until_it_is_stopped(site: Site, case: str):
    page = stepping(site.visit("revisor", "auditor"), site, case, 4)
    page.keyboard.press("Space")
    expect(page.get_by_role("status")).to_have_text("Trin 6 af 6", timeout=10_000)
    expect(page.get_by_role("button", name="Afspil")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("step", [1, 3, 6])
def test_on_a_phone_it_is_the_same(site: Site, case: str, step: int):
    page = stepping(site.visit("revisor", "auditor", width=375), site, case, step)
    expect(page.get_by_role("status")).to_have_text(f"Trin {step} af 6")
    assert overflow(page) <= 0
    assert accessibility.faults(page) == []


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_the_view_follows_the_case(site: Site, case: str, motion: Literal["reduce", "no-preference"]):
    page = site.visit("revisor", "auditor", width=375)
    page.emulate_media(reduced_motion=motion)
    stepping(page, site, case, 1)
    box = page.locator(".m-diagram")
    assert inside(page.locator(".m-now[data-element-id=Prepare] .djs-visual"), box)
    for step in (3, 5):
        page.locator("[data-go=next-decision]").click()
        expect(page.get_by_role("status")).to_have_text(f"Trin {step} af 6")
    stands = page.locator(".m-now[data-element-id=Vote] .djs-visual")
    stands.wait_for()
    page.wait_for_function(
        """() => { const [one, around] = [".m-now[data-element-id=Vote] .djs-visual", ".m-diagram"]
                   .map(it => document.querySelector(it).getBoundingClientRect());
                 return around.left <= one.left && one.right <= around.right }"""
    )
    assert inside(stands, box)


def test_on_a_phone_the_steps_around_the_one_at_hand_come_first_and_all_on_request(site: Site, case: str):
    for options in ({}, {"java_script_enabled": False}):
        page = site.visit(f"revisor{len(options)}", "auditor", width=375, **options)
        page.goto(f"{site.url}/pogi/cases/{case}/timeline?step=1")
        rows = page.locator("#steps tbody tr")
        expect(rows).to_have_count(6)
        expect(rows.nth(4)).to_be_visible()
        expect(rows.nth(5)).to_be_hidden()
        page.get_by_role("link", name="Vis alle trin").click()
        expect(rows.nth(5)).to_be_visible()
        expect(page.get_by_role("link", name="Vis alle trin")).to_be_hidden()


def test_without_javascript_every_step_is_a_page(site: Site, case: str):
    page = site.visit("revisor", "auditor", java_script_enabled=False)
    page.goto(f"{site.url}/pogi/cases/{case}/timeline?step=3")
    expect(page.locator("#now")).to_have_text("Afsluttede »Forbered mødet«")
    page.get_by_role("link", name="Næste trin").click()
    expect(page.locator("#now")).to_have_text("Tog »Forbered mødet«")
    page.locator("#step").fill("6")
    page.get_by_role("button", name="Gå til trinnet").click()
    expect(page.locator("#now")).to_have_text("Afsluttede »Afgiv stemme«")


def test_on_a_phone_nothing_lies_over_the_buttons(site: Site, case: str):
    page = stepping(site.visit("revisor", "auditor", width=375), site, case, 3)
    for name in ("previous-decision", "previous", "play", "next"):
        button = page.locator(f"[data-go={name}]")
        if button.count():
            button.click(trial=True)


@pytest.mark.parametrize("width", [1280, 375])
def test_the_stages_are_opened_by_keyboard_and_are_all_open_on_paper(site: Site, width: int):
    case = staged(site.house, site.house.person("anne", "pogi.sec").actor)
    page = site.visit("revisor", "auditor", width=width)
    stepping(page, site, case, 1)
    first, second = (page.locator(".m-phase").nth(place) for place in (0, 1))
    assert [first.get_attribute("open"), second.get_attribute("open")] == ["", None]
    tab_to(page, ".m-phase:nth-of-type(2) > summary")
    page.keyboard.press("Enter")
    expect(second.locator("tbody tr")).to_be_visible()
    assert accessibility.faults(page) == []
    assert overflow(page) <= 0
    page.locator("[data-go=next]").click()
    expect(page.get_by_role("status")).to_have_text("Trin 2 af 4")
    expect(second.locator("tbody tr")).to_be_visible()
    second.locator("summary").click()
    expect(second.locator("tbody tr")).to_be_hidden()
    page.emulate_media(media="print")
    expect(second.locator("tbody tr")).to_be_visible()


def test_back_leads_to_the_moment_before_and_forward_to_the_next(site: Site, case: str):
    page = stepping(site.visit("revisor", "auditor"), site, case, 6)
    told = page.get_by_role("status")
    page.keyboard.press("ArrowLeft")
    expect(told).to_have_text("Trin 5 af 6")
    page.locator("[data-go=first]").click()
    expect(told).to_have_text("Trin 1 af 6")
    for step, named in ((5, "Vote"), (6, None)):
        page.go_back()
        expect(told).to_have_text(f"Trin {step} af 6")
        expect(page.locator(".m-now[data-element-id]")).to_have_count(1 if named else 0)
    page.go_forward()
    expect(told).to_have_text("Trin 5 af 6")
    expect(page.locator(".m-now[data-element-id=Vote]")).to_have_count(1)
    expect(page).to_have_url(f"{site.url}/pogi/cases/{case}/timeline?step=5")


def test_the_way_back_from_what_was_played_is_one_step(site: Site, case: str):
    page = stepping(site.visit("revisor", "auditor"), site, case, 4)
    page.locator("[data-go=play]").click()
    expect(page.get_by_role("status")).to_have_text("Trin 6 af 6")
    page.go_back()
    expect(page.get_by_role("status")).to_have_text("Trin 4 af 6")


@pytest.mark.parametrize("width", [1280, 375])
def test_a_decision_table_has_its_result_in_sight_and_no_button_lies_on_the_drawing(site: Site, case: str, width: int):
    page = stepping(site.visit("revisor", "auditor", width=width), site, case, 3)
    region, results = page.locator(".m-panel .m-rules"), page.locator(".m-panel .m-out:visible")
    room = region.bounding_box()
    assert room is not None
    assert region.evaluate("it => it.scrollWidth - it.clientWidth") == 0
    cells = [it.bounding_box() for it in results.all() if (it.bounding_box() or {"width": 1})["width"] > 1]
    assert len(cells) >= 2, "of every rule"
    assert all(it and it["x"] + it["width"] <= room["x"] + room["width"] + 1 for it in cells)
    drawing, buttons = page.locator(".m-diagram").bounding_box(), page.locator(".m-zoom").bounding_box()
    assert drawing is not None
    assert buttons is not None
    assert buttons["y"] + buttons["height"] <= drawing["y"]
    assert (accessibility.faults(page), overflow(page)) == ([], 0)


@pytest.mark.parametrize("width", [1280, 375])
def test_what_was_changed_in_the_tables_is_told_row_by_row(site: Site, case: str, width: int):
    task = next(it for it in every("tasks", "pogi") if it["state"] == "completed")
    sealed = every("disclosures", "pogi")[0]
    with changed(
        ("tasks", key("tasks", task), {"assignee_id": "forged"}),
        ("disclosures", key("disclosures", sealed), {"value": b'"forged"'}),
    ):
        page = site.visit("revisor", "auditor", width=width)
        page.goto(f"{site.url}/pogi/cases/{case}/timeline?check=1")
        expect(page.get_by_label("Hvad der er kontrolleret")).to_contain_text("2 rækker, som siderne læser")
        found = page.get_by_role("table", name="Rækker, der ikke er det, journalen siger")
        expect(found).to_contain_text("tasks.assignee_id")
        expect(found).to_contain_text("noget andet")
        assert overflow(page) == 0
        assert accessibility.faults(page) == []


def test_the_slider_knows_the_keys_of_the_page(site: Site, case: str):
    page = stepping(site.visit("revisor", "auditor"), site, case, 6)
    tab_to(page, "#step")
    for keys, step in (
        ("Shift+ArrowLeft", 5),
        ("Shift+ArrowLeft", 3),
        ("Shift+ArrowRight", 5),
        ("Home", 1),
        ("End", 6),
    ):
        page.keyboard.press(keys)
        expect(page.get_by_role("status")).to_have_text(f"Trin {step} af 6")
        expect(page.locator("#step")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("status")).to_have_text("Trin 5 af 6")
    page.keyboard.press("Space")
    expect(page.get_by_role("status")).to_have_text("Trin 6 af 6", timeout=10_000)


@pytest.mark.parametrize("width", [1280, 375])
def test_the_page_ends_where_it_ends_and_its_buttons_stand_in_one_row(site: Site, width: int):
    """Words for those who hear the page lie in lists that scroll: they make the page no longer."""
    page = stepping(site.visit("revisor", "auditor", width=width), site, many_steps(site), 40)
    high, ends = page.evaluate(
        "[document.documentElement.scrollHeight, document.body.getBoundingClientRect().bottom + scrollY]"
    )
    assert high <= ends + 1
    tops = {box["y"] for it in page.locator(".m-scrub__b .ds-button").all() if (box := it.bounding_box())}
    assert len(tops) == 1
    assert accessibility.faults(page) == []


@pytest.mark.parametrize("width", [1280, 375])
def test_a_long_value_is_opened_with_the_keyboard(site: Site, width: int):
    drawing = (
        process("long").start().script("tell", f'told = "{"ord " * 100}"').user("work", lane="pogi.sec").end("done")
    )
    site.house.deploy(files(drawing))
    call = Call(site.house.person("anne", "pogi.sec").actor, site.house.ports)
    case = str(instances.start(call, "long", {}, None)["case_id"])
    page = stepping(site.visit("revisor", "auditor", width=width), site, case, 1)
    page.get_by_text("Alle værdier på dette tidspunkt").click()
    value = page.locator("#moment .m-whole")
    expect(value).not_to_contain_text("ord " * 80, use_inner_text=True)
    expect(value.get_by_text("Vis det hele")).to_be_visible()
    value.locator("summary").press("Enter")
    expect(value.locator("> div")).to_have_text(("ord " * 100).strip())
    expect(value.get_by_text("Vis mindre")).to_be_visible()
    assert accessibility.faults(page) == []
    assert overflow(page) <= 0
