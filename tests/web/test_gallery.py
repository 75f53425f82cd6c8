"""Every component in a real browser: for everyone to read, by keyboard alone, with script and without.

A page that complains (of its content policy, of its script) fails its test in the end: see `open_page`.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.support.browser import accessibility

LOCALES = {"da": "da-DK", "nb": "nb-NO", "en": "en-GB"}


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("language", LOCALES)
def test_every_component_can_be_read_by_everyone(open_page, gallery_address, language, width):
    page = open_page(width, locale=LOCALES[language])
    page.goto(f"{gallery_address}?wrong")
    assert page.evaluate("document.documentElement.lang") == language
    assert accessibility.faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_menus_and_the_list_of_keys_can_be_read_by_everyone(page, gallery_address):
    page.goto(gallery_address)
    page.locator("summary.m-who").click()
    assert accessibility.faults(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert accessibility.faults(page) == []


def test_nothing_is_cut_off_at_the_narrowest(open_page, gallery_address):
    page = open_page(320)
    page.goto(gallery_address)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_wrong_is_said_first_and_leads_to_its_field(page, gallery_address):
    page.goto(f"{gallery_address}?wrong")
    assert page.title().startswith("Fejl: ")
    assert page.evaluate("document.activeElement.className") == "ds-error-summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name || location.hash") in ("/vote", "#f-vote-0")
    described = page.locator("#f-number").get_attribute("aria-describedby").split()
    assert [page.locator(f"[id='{part}']").inner_text() for part in described] == [
        "Fra 1 til 2.000.",
        "Skriv et helt tal, for eksempel 12.",
    ]
    assert page.locator("#f-number").input_value() == "cirka tolv"


@pytest.mark.parametrize("scripted", [True, False])
def test_rows_come_and_go_by_keyboard_and_nothing_typed_is_lost(open_page, gallery_address, scripted):
    page = open_page(java_script_enabled=scripted)
    page.goto(gallery_address)
    page.get_by_label("Begrundelse").fill("Overgangsperioden")
    page.get_by_label("Antal aftaler").fill("cirka tolv")
    page.get_by_label("Bemærkning", exact=True).fill("Den første")
    page.evaluate("window.stayed = true")
    page.get_by_role("button", name="Tilføj en til: Bemærkninger").press("Enter")

    page.get_by_label("Krav").nth(1).wait_for()
    assert page.evaluate("window.stayed === true") is scripted, "with script the page stays"
    assert page.get_by_label("Krav").nth(1).evaluate("field => field === document.activeElement")
    assert page.get_by_label("Begrundelse").input_value() == "Overgangsperioden"
    assert page.get_by_label("Antal aftaler").input_value() == "cirka tolv"
    expect(page.locator(".ds-error-summary"), "moving a row judges nothing").to_have_count(0)

    page.get_by_label("Bemærkning", exact=True).nth(1).fill("Den anden")
    page.get_by_role("button", name="Fjern: Bemærkninger, nr. 1").press("Enter")
    page.get_by_role("button", name="Fjern: Bemærkninger, nr. 2").wait_for(state="detached")
    assert page.get_by_label("Bemærkning", exact=True).input_value() == "Den anden"


def test_enter_in_a_field_sends_the_form_and_takes_no_row_away(page, gallery_address):
    page.goto(f"{gallery_address}?filled")
    page.get_by_label("Krav").first.fill("A")
    page.get_by_label("Antal aftaler").fill("0")
    page.get_by_label("Antal aftaler").press("Enter")
    expect(page.locator(".ds-error-summary").get_by_role("link")).to_have_text(["Antal aftaler: Skriv 1 eller mere."])
    expect(page.get_by_label("Krav")).to_have_count(2)


def test_a_question_is_put_when_its_condition_holds(page, gallery_address):
    page.goto(gallery_address)
    dissent = page.get_by_label("Mindretalsudtalelse")
    expect(dissent).to_be_hidden()
    page.get_by_label("Imod", exact=True).check()
    expect(dissent).to_be_visible()
    dissent.fill("Vi støtter kravet.")
    page.get_by_label("For", exact=True).check()
    expect(dissent).to_be_hidden()
    assert dissent.is_disabled(), "what is not asked is not sent"
    page.get_by_label("Imod", exact=True).check()
    assert dissent.input_value() == "Vi støtter kravet."


def test_without_script_every_question_stands_there_and_says_when_it_is_meant(open_page, gallery_address):
    page = open_page(java_script_enabled=False)
    page.goto(gallery_address)
    expect(page.get_by_label("Mindretalsudtalelse")).to_be_visible()
    expect(page.get_by_text("Udfyldes kun, når »Hvad stemmer Eksempelby Kommune?« er »Imod«.")).to_be_visible()


@pytest.mark.parametrize("scripted", [True, False])
def test_the_language_can_be_chosen_on_every_page(open_page, gallery_address, scripted):
    page = open_page(java_script_enabled=scripted)
    page.goto(f"{gallery_address}?filled")
    page.get_by_text("Sprog: Dansk").click()
    page.get_by_role("button", name="Norsk bokmål").click()
    expect(page).to_have_url(re.compile(r"/_gallery\?filled$"))
    expect(page.get_by_role("heading", name="Komponenter")).to_be_visible()
    expect(page.get_by_text("Språk: Norsk bokmål")).to_be_visible()


def test_the_first_stop_leads_past_the_head(page, gallery_address):
    page.goto(gallery_address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Gå til indhold"


def test_keys_go_through_the_list_and_to_the_search(page, gallery_address):
    page.goto(gallery_address)
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.innerText").startswith("Besvar styregruppens")
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.innerText").startswith("Kommentér referat")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("?j")
    expect(page.locator(":popover-open"), "in a field a letter is a letter").to_have_count(0)
    assert page.get_by_role("searchbox").input_value() == "?j"


def test_the_list_of_keys_opens_closes_and_switches_single_letters_off(page, gallery_address):
    page.goto(gallery_address)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Genveje")
    expect(dialog).to_be_visible()
    assert page.evaluate("document.activeElement.innerText") == "Luk"
    dialog.get_by_label("Brug genveje med ét tegn").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.hasAttribute('data-task')") is False
    page.reload()
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Genveje").click()
    assert dialog.get_by_label("Brug genveje med ét tegn").is_checked() is False


def test_menus_close_on_escape_and_beside_them(page, gallery_address):
    page.goto(gallery_address)
    who = page.locator("summary.m-who")
    who.press("Enter")
    expect(page.get_by_role("button", name="Log ud")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Log ud")).to_be_hidden()
    assert who.evaluate("summary => summary === document.activeElement")
    page.locator(".m-space summary").click()
    page.locator("main").click(position={"x": 700, "y": 300})
    expect(page.get_by_role("link", name="Lillestrøm kommune")).to_be_hidden()
