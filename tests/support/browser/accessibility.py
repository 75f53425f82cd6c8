"""Asks axe-core about a page, by the rules of WCAG 2.2, level AA."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.support.browser.chromium import packages

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ASK = "tags => axe.run({ runOnly: tags }).then(({ violations }) => violations)"


def faults(page: Page) -> list[str]:
    """One sentence for each element that breaks a rule; an empty list is what a page should give."""
    page.wait_for_load_state()
    with packages() as modules:
        page.evaluate((modules / "axe-core" / "axe.min.js").read_text())
    return [
        f"{violation['id']}: {violation['help']}: {node['html']}"
        for violation in page.evaluate(ASK, TAGS)
        for node in violation["nodes"]
    ]
