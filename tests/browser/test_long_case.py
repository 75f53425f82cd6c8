"""A case of two thousand steps, stepped through by its auditor."""

import pytest
from playwright.sync_api import Page, expect

from service.commands import instances, tasks
from service.runtime.command import Call, Work
from service.store.db import transaction
from tests.browser.conftest import Site, overflow
from tests.browser.test_auditor import stepping
from tests.diagrams import files, process
from tests.support.browser import accessibility

ROUNDS, TAKEN = 400, 600
"""Rounds of a task, taken and done each; and how often the last is taken and put back: two steps each time."""

STEPS = 1 + 2 * ROUNDS + 2 * TAKEN
HEAVIEST = 250_000
"""Bytes that a page of it may have."""


@pytest.fixture
def case(site: Site) -> str:
    """All of it in one transaction: it is what stands there that is looked at, and not how it came there."""
    drawing = process("rounds").start().exclusive("again").user("work", name="Arbejd", lane="pogi.sec")
    drawing.script("counted", "n = n + 1").exclusive("enough").to("again", when="n < 5000").otherwise().end("done")
    site.house.deploy(files(drawing))
    anne = site.house.person("anne", "pogi.sec").actor
    begun = instances.start(Call(anne, site.house.ports), "rounds", {"n": 0}, None)
    task = begun["tasks"][0]["id"]
    with transaction() as session:
        work = Work(session, anne, site.house.ports, site.house.ports.now())
        for _ in range(ROUNDS):
            tasks.claim.__wrapped__(work, task)  # type: ignore[attr-defined]  # the verb, within our transaction
            session.flush()
            task = tasks.complete.__wrapped__(work, task, {})["opened"][0]["id"]  # type: ignore[attr-defined]
            session.flush()
        for _ in range(TAKEN):
            for verb in (tasks.claim, tasks.release):
                verb.__wrapped__(work, task)  # type: ignore[attr-defined]
                session.flush()
    return str(begun["case_id"])


def at(page: Page, number: int) -> None:
    expect(page.get_by_role("status")).to_have_text(f"Trin {number:,} af {STEPS:,}".replace(",", "."), timeout=30_000)


def test_two_thousand_steps_are_stepped_through(site: Site, case: str):
    page = stepping(site.visit("revisor", "auditor"), site, case, 1000)
    at(page, 1000)
    assert len(page.content()) < HEAVIEST
    assert page.locator("#steps tbody tr").count() < 150, "those around the step at hand"
    for number in range(1001, 1011):
        page.keyboard.press("ArrowRight")
        at(page, number)
    page.keyboard.press("Home")
    at(page, 1)
    expect(page.locator(".m-now[data-element-id=work]")).to_have_count(1)
    page.get_by_role("link", name="Senere trin").click()
    at(page, 62)
    page.keyboard.press("End")
    at(page, STEPS)
    for _ in range(20):  # faster than it can be answered: what was asked last counts
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    at(page, 1)
    assert accessibility.faults(page) == []
    assert overflow(page) <= 0
