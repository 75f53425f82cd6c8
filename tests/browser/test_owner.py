"""The process owner changes a process in her browser, and breaks no running case."""

import re

import pytest
from playwright.sync_api import Page, expect

from service.queries import proposals
from tests.app.meeting import started
from tests.app.records import shipped
from tests.browser.conftest import Site, overflow, tab_to
from tests.support.browser import accessibility

PROBLEMS = "[data-editor=problems]"


def editing(page: Page, site: Site) -> Page:
    """The editor on the meeting, drawn."""
    page.goto(f"{site.url}/pogi/processes/meeting/edit")
    page.locator("[data-ready=yes]").wait_for()
    return page


def approve(site: Site) -> None:
    """What she proposed is put into force by a second person."""
    (waiting,) = proposals.waiting(site.house.operator().actor, "da")
    site.house.approve(waiting["id"])


def choose(page: Page, element: str) -> None:
    page.locator("#panel-element").select_option(element)


def change(page: Page, label: str, value: str) -> None:
    """Fill in a field of the panel and leave it, so that it counts; then wait for the check that follows."""
    checked = page.locator("main[data-checked]").count() and page.locator("main").get_attribute("data-checked")
    field = page.get_by_label(label, exact=True)
    field.fill(value)
    field.blur()
    expect(page.locator("main")).not_to_have_attribute("data-checked", str(checked or 0))
    page.locator("main[data-checked]").wait_for()


def test_a_label_and_a_condition_are_changed_a_fault_is_seen_and_mended_and_the_new_version_put_into_force(site: Site):
    secretary = site.house.person("anne", "pogi.sec").actor
    started(site.house, secretary)
    page = site.visit("ejer", "process.owner")
    page.goto(f"{site.url}/pogi/processes")
    page.get_by_role("link", name="Møde i styregruppen").click()
    page.get_by_role("link", name="Ret processen").click()
    page.locator("[data-ready=yes]").wait_for()

    page.locator("[data-element-id=Prepare] .djs-hit").first.click()
    expect(page.locator("[data-editor=panel] h2")).to_have_text("Forbered mødet")
    change(page, "Tekst på tegningen", "Indkald til mødet")
    expect(page.locator("[data-element-id=Prepare] text").first).to_contain_text("Indkald")

    choose(page, "Yes")
    change(page, "Vælges, når", "present > (needed")
    expect(page.locator(PROBLEMS)).to_contain_text("Udtrykket kan ikke læses")
    expect(page.locator(".djs-connection.m-fault[data-element-id=Yes]").first).to_be_attached()
    expect(page.locator(".m-flag[data-l=error]")).to_have_text("1")

    choose(page, "Prepare")
    page.keyboard.press("F8")
    expect(page.locator("[data-problem=Yes]")).to_be_focused()
    expect(page.get_by_label("Vælges, når", exact=True)).to_have_value("present > (needed")
    assert accessibility.faults(page) == []

    change(page, "Vælges, når", "present > needed")
    expect(page.locator(PROBLEMS)).to_contain_text("0 fejl")
    expect(page.locator(".m-flag[data-l=error]")).to_have_count(0)

    page.get_by_label("Hvad du har ændret, og hvorfor").fill("Flere skal møde op")
    page.get_by_role("button", name="Foreslå den").click()
    expect(page.get_by_text("En anden person godkender den.")).to_be_visible()
    second = site.visit("anden", "process.owner")
    second.goto(f"{site.url}/pogi/processes")
    second.get_by_role("link", name="Se den foreslåede version").click()
    second.get_by_role("button", name="Godkend, og sæt i kraft").wait_for()
    assert accessibility.faults(second) == []
    second.get_by_role("button", name="Godkend, og sæt i kraft").click()
    expect(second.get_by_role("status")).to_contain_text("Version 2 er i kraft.")
    page.goto(f"{site.url}/pogi/processes/meeting")
    rows = page.get_by_role("row")
    expect(rows.filter(has_text="Flere skal møde op").get_by_role("cell").last).to_have_text("0")
    expect(rows.filter(has_text="Første udgave").get_by_role("cell").last).to_have_text("1")
    assert accessibility.faults(page) == []


def test_everything_can_be_done_without_a_pointer(site: Site):
    page = editing(site.visit("ejer", "process.owner"), site)
    tab_to(page, "#panel-element")
    page.keyboard.type("Forbered")
    expect(page.locator("[data-editor=panel] h2")).to_have_text("Forbered mødet")
    tab_to(page, "#panel-0-0")
    page.keyboard.press("Control+A")
    page.keyboard.type("Indkald til mødet")
    page.keyboard.press("Tab")

    for _ in range(40):
        if page.evaluate("document.activeElement?.dataset.add === 'end'"):
            break
        page.keyboard.press("Shift+Tab")
    before = page.locator(".djs-shape").count()
    page.keyboard.press("Enter")
    expect(page.locator("[data-editor=panel] .m-chip")).to_have_text("Slutning")
    assert page.locator(".djs-shape").count() > before
    page.keyboard.press("Escape")  # the label that it asks for at once
    page.keyboard.press("Control+z")
    expect(page.locator(".djs-shape")).to_have_count(before)

    page.locator("main[data-checked]").wait_for()
    page.keyboard.press("F8")
    tab_to(page, "#note")
    page.keyboard.type("Klarere tekst")
    page.keyboard.press("Enter")
    expect(page.get_by_text("En anden person godkender den.")).to_be_visible()
    assert "Indkald til mødet" in page.content()


@pytest.mark.parametrize(
    ("typed", "part"),
    [("Saml", "Saml høringssvarene"), ("Besvar", "Besvar hvert punkt"), ("Luk", "Luk høringen")],
)
def test_a_part_of_the_drawing_is_chosen_by_the_letters_of_its_name(site: Site, typed: str, part: str):
    shipped(site.house, "decision-rules", "hearing")
    page = site.visit("ejer", "process.owner")
    page.goto(f"{site.url}/pogi/processes/hearing/edit")
    page.locator("[data-ready=yes]").wait_for()
    tab_to(page, "#panel-element")
    page.keyboard.type(typed, delay=30)
    expect(page.locator("[data-editor=panel] h2")).to_have_text(part)
    expect(page.locator("#panel-element")).to_be_focused()
    expect(page.locator("#panel-element option:checked")).to_contain_text(part)
    assert accessibility.faults(page) == []


def test_a_list_of_a_part_is_answered_by_letters_too_and_what_follows_from_it_is_shown(site: Site):
    shipped(site.house, "decision-rules", "hearing")
    page = site.visit("ejer", "process.owner")
    page.goto(f"{site.url}/pogi/processes/hearing/edit")
    page.locator("[data-ready=yes]").wait_for()
    choose(page, "Service_close")
    operation = page.get_by_label("Handling", exact=True)
    tab_to(page, f"#{operation.get_attribute('id')}")
    page.keyboard.type("targets.pub", delay=30)
    expect(operation.locator("option:checked")).to_have_text("targets.publish")
    expect(operation).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-editor=panel]') !== null")


def test_a_drawing_that_was_refused_is_on_the_page_as_she_left_it(site: Site):
    page = editing(site.visit("ejer", "process.owner"), site)
    choose(page, "Yes")
    change(page, "Vælges, når", "present >")
    page.get_by_label("Hvad du har ændret, og hvorfor").fill("Prøver")
    page.get_by_role("button", name="Foreslå den").click()
    page.locator("[data-ready=yes]").wait_for()
    expect(page.get_by_role("alert")).to_contain_text("1 fejl står i vejen.")
    expect(page.locator(".djs-connection.m-fault[data-element-id=Yes]").first).to_be_attached()
    choose(page, "Yes")
    expect(page.get_by_label("Vælges, når", exact=True)).to_have_value("present >")
    expect(page.get_by_label("Hvad du har ændret, og hvorfor")).to_have_value("Prøver")
    change(page, "Vælges, når", "present > needed")
    expect(page.locator(".ds-error-summary")).to_have_count(0)
    expect(page).to_have_title(re.compile("^Ret »"))


def test_of_what_has_to_be_corrected_only_that_is_left_which_is_not_mended(site: Site):
    page = editing(site.visit("ejer", "process.owner"), site)
    choose(page, "Yes")
    change(page, "Vælges, når", "present >")
    page.get_by_role("button", name="Foreslå den").click()
    page.locator("[data-ready=yes]").wait_for()
    expect(page.get_by_role("alert")).to_contain_text("Ret 2 ting")
    assert accessibility.faults(page) == []
    choose(page, "Yes")
    change(page, "Vælges, når", "present > needed")
    expect(page.get_by_role("alert")).to_contain_text("Ret 1 ting")
    expect(page.get_by_role("alert")).not_to_contain_text("1 fejl står i vejen.")
    assert accessibility.faults(page) == []
    page.get_by_label("Hvad du har ændret, og hvorfor").fill("Prøver")
    page.get_by_label("Hvad du har ændret, og hvorfor").blur()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_misspelt_name_is_seen_on_the_flow_with_the_one_that_was_meant_and_refused(site: Site):
    page = editing(site.visit("ejer", "process.owner"), site)
    choose(page, "Yes")
    change(page, "Vælges, når", "presnet >= needed")
    expect(page.locator(PROBLEMS)).to_contain_text(
        "I betingelsen står `presnet`, som intet sætter. Mente du »present«?"
    )
    expect(page.locator(".djs-connection.m-fault[data-element-id=Yes]").first).to_be_attached()
    page.get_by_label("Hvad du har ændret, og hvorfor").fill("Prøver")
    page.get_by_role("button", name="Foreslå den").click()
    page.locator("[data-ready=yes]").wait_for()
    expect(page.get_by_role("alert")).to_contain_text("1 fejl står i vejen.")


def test_leaving_with_a_changed_drawing_is_asked_about(site: Site):
    page = editing(site.visit("ejer", "process.owner"), site)
    choose(page, "Prepare")
    change(page, "Tekst på tegningen", "Noget andet")
    asked: list[str] = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_role("link", name="Tilbage til processen").click()
    expect(page.get_by_text("Ændret, endnu ikke i kraft")).to_be_visible()
    assert asked == ["beforeunload"]


def test_a_drawing_that_was_left_behind_can_be_taken_up_again(site: Site):
    page = editing(site.visit("ejer", "process.owner"), site)
    choose(page, "Prepare")
    change(page, "Tekst på tegningen", "Indkald til mødet")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{site.url}/pogi/processes")
    editing(page, site)
    expect(page.locator("[data-element-id=Prepare] text").first).to_contain_text("Forbered")
    page.get_by_role("button", name="Tag den frem igen").click()
    expect(page.locator("[data-element-id=Prepare] text").first).to_contain_text("Indkald")
    page.get_by_label("Hvad du har ændret, og hvorfor").fill("Klarere tekst")
    page.get_by_role("button", name="Foreslå den").click()
    expect(page.get_by_text("En anden person godkender den.")).to_be_visible()
    approve(site)
    editing(page, site)
    expect(page.get_by_role("button", name="Tag den frem igen")).to_be_hidden()


def test_what_is_drawn_wrong_can_be_undone_and_done_again(site: Site):
    page = editing(site.visit("ejer", "process.owner"), site)
    choose(page, "Vote")
    page.get_by_role("button", name="Fjern", exact=True).click()
    expect(page.locator("[data-element-id=Vote]")).to_have_count(0)
    page.get_by_role("button", name="Fortryd", exact=True).click()
    expect(page.locator("[data-element-id=Vote]")).not_to_have_count(0)
    page.get_by_role("button", name="Gentag", exact=True).click()
    expect(page.locator("[data-element-id=Vote]")).to_have_count(0)
    expect(page.locator(PROBLEMS)).to_contain_text("fejl")


def test_on_a_phone_the_drawing_and_its_problems_can_be_read(site: Site):
    page = editing(site.visit("ejer", "process.owner", width=375), site)
    expect(page.get_by_text("Det kræver en bredere skærm at tegne.")).to_be_visible()
    expect(page.locator("[data-element-id=Vote]").first).to_be_visible()
    expect(page.locator("[data-editor=tools]")).to_be_hidden()
    expect(page.locator(PROBLEMS)).to_be_visible()
    assert overflow(page) <= 0
    assert accessibility.faults(page) == []
    for path in ("", "/meeting"):
        page.goto(f"{site.url}/pogi/processes{path}")
        assert overflow(page) <= 0
        assert accessibility.faults(page) == []


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (1024, 768)])
def test_what_was_found_is_seen_beside_the_drawing(site: Site, width: int, height: int):
    page = site.visit("ejer", "process.owner", width=width)
    page.set_viewport_size({"width": width, "height": height})
    editing(page, site)
    bar = page.locator(".m-deploy").bounding_box()
    assert bar
    heading = page.get_by_role("heading", name="Problemer").bounding_box()
    assert heading
    assert heading["y"] + heading["height"] < bar["y"]
    choose(page, "Yes")
    change(page, "Vælges, når", "present > (needed")
    assert heading == page.get_by_role("heading", name="Problemer").bounding_box()
    page.keyboard.press("F8")
    found = page.locator("[data-problem=Yes]").bounding_box()
    assert found
    assert found["y"] + min(found["height"], 100) <= page.locator(".m-deploy").bounding_box()["y"]
    assert overflow(page) <= 0


def test_without_javascript_the_file_can_be_changed_as_text(site: Site):
    page = site.visit("ejer", "process.owner", java_script_enabled=False)
    page.goto(f"{site.url}/pogi/processes/meeting/edit")
    source = page.get_by_label("Filen")
    source.fill(source.input_value().replace("Forbered mødet", "Indkald til mødet"))
    page.get_by_label("Hvad du har ændret, og hvorfor").fill("Klarere tekst")
    page.get_by_role("button", name="Foreslå den").click()
    expect(page.get_by_text("En anden person godkender den.")).to_be_visible()


def test_nothing_covers_the_mark_of_bpmn_io(site: Site):
    page = editing(site.visit("ejer", "process.owner"), site)
    covered = """mark => {
      const { x, y, width, height } = mark.getBoundingClientRect();
      return !mark.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    }"""
    assert page.locator(".bjs-powered-by").evaluate(covered) is False
    page.goto(f"{site.url}/pogi/processes/meeting")
    page.locator(".m-diagram[data-state=drawn]").wait_for()
    page.locator(".bjs-powered-by").scroll_into_view_if_needed()
    assert page.locator(".bjs-powered-by").evaluate(covered) is False


def test_whom_a_single_task_is_for_is_asked_and_what_is_chosen_is_brought_into_view(site: Site):
    page = editing(site.visit("ejer", "process.owner", width=1280), site)
    for _ in range(6):
        page.locator("[data-zoom=in]").click()
    expect(page.locator("[data-element-id=Prepare] .djs-visual").first).not_to_be_in_viewport()
    choose(page, "Prepare")
    expect(page.locator("[data-element-id=Prepare] .djs-visual").first).to_be_in_viewport()
    expect(page.get_by_label("Hvem det er til", exact=True)).to_be_visible()
    change(page, "Hvem det er til", '"pogi.sec"')
    expect(page.locator(PROBLEMS)).not_to_contain_text("Udtrykket kan ikke læses")
