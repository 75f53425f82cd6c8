"""The pages of a dossier, opened from a disk: no service, and no network."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.app.logged import logged
from tests.app.meeting import prepared, started
from tests.app.taken import Taken, unpacked
from tests.browser.conftest import Site, overflow, tab_to
from tests.support.browser import READERS, accessibility
from tests.support.browser.accessibility import faults


@pytest.fixture
def folder(site: Site, tmp_path: Path) -> Path:
    """A dossier, unpacked."""
    taken = Taken.of(logged(site.house))
    case = taken.case()
    taken.logged.round()
    for name, content in unpacked(taken.dossier(case)).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


@pytest.mark.parametrize("width", [1280, 375])
def test_the_case_is_replayed_from_a_disk(folder: Path, open_page: Callable[..., Page], width: int):
    page = open_page(width)
    page.goto(f"{(folder / 'replay.html').as_uri()}#s2")
    expect(page.locator(".m-diagram[data-state=drawn]")).to_be_visible()
    expect(page.locator("#s2")).to_have_attribute("aria-current", "step")
    expect(page.locator(".m-token")).to_have_text("1")
    expect(page.locator(".bjs-powered-by")).to_be_visible()
    page.get_by_role("button", name="Næste trin").click()
    expect(page.locator("#s3")).to_have_attribute("aria-current", "step")
    expect(page.locator(".m-token")).to_have_count(0)
    expect(page.locator(".m-diagram")).to_be_in_viewport(ratio=1)
    expect(page.locator("#slider")).to_be_in_viewport(ratio=1)
    expect(page.locator("#s3")).to_be_in_viewport()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#s2")).to_have_attribute("aria-current", "step")
    for focus in ("document.activeElement.blur()", "document.getElementById('slider').focus()"):
        page.evaluate(focus)
        for key, step in (("End", 3), ("ArrowLeft", 2), ("ArrowRight", 3), ("Home", 1)):
            page.keyboard.press(key)
            expect(page.locator(f"#s{step}")).to_have_attribute("aria-current", "step")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Afspil")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#s3")).to_have_attribute("aria-current", "step", timeout=10_000)
    expect(page.get_by_role("button", name="Afspil")).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Home")  # no line lies half below the bar, where axe finds its link too small
    expect(page.locator("#s1")).to_have_attribute("aria-current", "step")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults(page) == []
    page.get_by_role("link", name="Dossierets resumé").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults(page) == []


def test_shift_and_the_arrows_lead_from_decision_to_decision(
    site: Site, tmp_path: Path, open_page: Callable[..., Page]
):
    taken = Taken.of(logged(site.house))
    case = started(site.house, taken.anne.actor)
    prepared(site.house, taken.anne.actor, case, present=3, kind="full")
    prepared(site.house, taken.anne.actor, case, present=7, kind="full")
    taken.logged.round()
    (tmp_path / "replay.html").write_bytes(unpacked(taken.dossier(case))["replay.html"])
    page = open_page()
    page.goto((tmp_path / "replay.html").as_uri())
    expect(page.locator("#s3")).to_contain_text("Mødets slags = Fuldt møde")
    for focus in ("document.activeElement.blur()", "document.getElementById('slider').focus()"):
        page.evaluate(focus)
        for key, step in (("Home", 1), ("Shift+ArrowRight", 3), ("Shift+ArrowRight", 5), ("Shift+ArrowLeft", 3)):
            page.keyboard.press(key)
            expect(page.locator(f"#s{step}")).to_have_attribute("aria-current", "step")
    page.get_by_role("button", name="Næste beslutning").click()
    expect(page.locator("#s5")).to_have_attribute("aria-current", "step")


def test_without_script_the_steps_stand_there_as_text(folder: Path, open_page: Callable[..., Page]):
    page = open_page(java_script_enabled=False)
    page.goto((folder / "replay.html").as_uri())
    expect(page.locator("#viewer")).to_be_hidden()
    expect(page.locator("#steps > li")).to_have_count(3)


@pytest.mark.parametrize(("width", "language"), READERS)
def test_a_checkpoint_is_brought_by_keyboard_where_a_dossier_is_made(site: Site, width: int, language: str):
    taken = Taken.of(logged(site.house))
    case = taken.case()
    for _ in range(2):
        taken.logged.round()
    page = site.visit("arne", "auditor", width=width)
    page.context.add_cookies([{"name": "mandat_language", "value": language, "url": site.url}])
    page.goto(f"{site.url}/pogi/cases/{case}")
    fold = page.locator("details", has=page.locator("#checkpoint"))
    fold.locator("summary").press("Enter")
    expect(page.locator("#checkpoint")).to_be_visible()
    tab_to(page, "#checkpoint")
    page.keyboard.insert_text(taken.logged.note("*"))
    assert (accessibility.faults(page), overflow(page)) == ([], 0)
    fold.locator("xpath=..").get_by_role("button").last.click()
    expect(page.locator("#checkpoint-e")).to_be_visible()
    expect(page.locator("#checkpoint")).to_have_value(taken.logged.note("*").strip())
    assert (accessibility.faults(page), overflow(page)) == ([], 0)
    page.locator("#checkpoint").fill(taken.logged.note())
    with page.expect_download() as given:
        fold.locator("xpath=..").get_by_role("button").last.click()
    assert "adoption" in given.value.suggested_filename
