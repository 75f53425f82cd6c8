"""The first page of a service that has just been started, over HTTP, in a real browser."""

import pytest

from tests.support.browser import accessibility


@pytest.mark.parametrize("width", [1280, 375])
def test_the_start_page_names_the_workspaces_and_can_be_read_by_everyone(open_page, live_server, width):
    page = open_page(width)
    page.goto(f"{live_server}/")

    assert page.get_by_role("heading", name="Mandat", exact=True).is_visible()
    assert page.get_by_text("(pogi)").is_visible()
    assert page.get_by_text("(lillestrom)").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert accessibility.faults(page) == []
