"""The head of a page, where an administrator has every word of the menu in it."""

import pytest

from tests.browser.conftest import Site, overflow
from tests.support.browser import accessibility


@pytest.mark.parametrize("language", ["da", "nb", "en"])
def test_beside_a_full_menu_name_and_initials_keep_their_room(site: Site, language: str):
    page = site.visit("administrator eksempelsen", "admin", "process.owner", "auditor")
    page.context.add_cookies([{"name": "mandat_language", "value": language, "url": site.url}])
    for width in (1200, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 600})
        page.goto(f"{site.url}/pogi/inbox")
        avatar, head = page.locator(".m-avatar").bounding_box(), page.locator(".m-top__in").bounding_box()
        assert avatar is not None
        assert head is not None
        assert (avatar["width"], avatar["height"]) == (34, 34), width
        assert avatar["x"] + avatar["width"] <= width, width
        assert head["height"] == 60, width
        assert overflow(page) <= 0, width


@pytest.mark.parametrize("language", ["da", "nb", "en"])
def test_on_a_phone_every_word_of_a_full_menu_is_in_sight(site: Site, language: str):
    page = site.visit("administrator eksempelsen", "admin", "process.owner", "auditor", width=375)
    page.context.add_cookies([{"name": "mandat_language", "value": language, "url": site.url}])
    page.goto(f"{site.url}/pogi/inbox")
    links = page.locator(".m-nav a")
    assert links.count() >= 8
    for link in links.all():
        room = link.bounding_box()
        assert room is not None
        assert room["x"] >= 0 and room["x"] + room["width"] <= 375, link.inner_text()
        assert room["height"] >= 24, "wide enough for a finger"
    assert (accessibility.faults(page), overflow(page)) == ([], 0)
