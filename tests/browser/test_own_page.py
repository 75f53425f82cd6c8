"""A person's own page: her language is hers, with a mail address or without."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, overflow, tab_to
from tests.support.browser import accessibility


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize(
    ("typed", "tag", "said"),
    [
        ("Norsk", "nb", "Språket ditt er lagret. Uten en e-postadresse får du ingen e-post."),
        ("English", "en", "Your language is kept. Without a mail address you get no mail."),
    ],
)
def test_a_language_alone_is_chosen_by_keyboard_and_stays(site: Site, width: int, typed: str, tag: str, said: str):
    page = site.visit("anne", "pogi.sec", width=width)
    page.goto(f"{site.url}/pogi/me")
    expect(page.locator("html")).to_have_attribute("lang", "da")
    tab_to(page, "#language")
    page.keyboard.type(typed)
    tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(said)
    expect(page.locator("#language")).to_have_value(tag)
    assert overflow(page) == 0
    assert accessibility.faults(page) == []
    page.goto(f"{site.url}/pogi/inbox")
    expect(page.locator("html")).to_have_attribute("lang", tag)
