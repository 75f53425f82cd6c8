"""The first page of a service that has just been started, over HTTP, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.support.browser import accessibility


@pytest.mark.parametrize("width", [1280, 375])
def test_the_start_page_names_the_workspaces_and_can_be_read_by_everyone(open_page, live_server, width):
    page = open_page(width)
    page.goto(f"{live_server}/")

    expect(page.get_by_role("heading", name="Mandat", exact=True)).to_be_visible()
    places = [page.get_by_text(name) for name in ("Partnerskabet for Offentlige Grønne Indkøb", "Lillestrøm kommune")]
    first, second = (place.first.bounding_box() for place in places)
    assert first
    assert second
    assert first["y"] < second["y"], "the one that was made first stands first"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert accessibility.faults(page) == []
