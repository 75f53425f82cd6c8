"""A service with a meeting in it, and people whose browsers are signed in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from service.commands import deployments
from service.queries import bundles
from tests.app.house import House, opened
from tests.app.meeting import files
from tests.app.visiting import visiting
from tests.support.server import serving


@dataclass(frozen=True)
class Site:
    """The service, the address at which it answers, and a way to come in."""

    house: House
    url: str
    open_page: Callable[..., Page]

    def visit(self, name: str, *roles: str, **options: Any) -> Page:
        """A page in the browser of a new person who holds these roles. `options` are those of `open_page`."""
        page = self.open_page(**options)
        cookie = visiting(self.house, name, *roles).cookie
        page.context.add_cookies([{"name": "mandat", "value": str(cookie), "url": self.url}])
        return page


@pytest.fixture
def site(sqlite_template: Path, tmp_path: Path, open_page: Callable[..., Page]) -> Iterator[Site]:
    """A service of the test's own, on SQLite: the browser is what is looked at."""
    with opened(f"sqlite:///{shutil.copy(sqlite_template, tmp_path)}") as house:
        deployments.deploy(house.operator(), bundles.sent(files()), "Første udgave", True)
        with serving(house.app) as url:
            yield Site(house, url, open_page)


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(most):
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached with Tab")


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window, once all of it is there."""
    page.wait_for_load_state()
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide
