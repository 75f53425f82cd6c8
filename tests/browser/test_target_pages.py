"""A target's page, the proofreading of one, and the page of receivers, as they are seen and used in a browser."""

import pytest

from service.commands import instances
from service.runtime.command import Call
from tests.app.records import REQUIREMENTS, Desk, desk, partnership, shipped
from tests.browser.conftest import Site, overflow
from tests.operations.test_targets import OTHER, TITLE, heard, in_force, on_agenda, voted, walked
from tests.support.browser.accessibility import faults

NEW = {
    "letter": "c",
    "kind": "requirement",
    "text": "Tøjet kan genbruges.",
    "placement": "contract",
    "evidence": "Aftale",
}


@pytest.mark.parametrize("width", [1280, 375])
def test_what_changed_stands_requirement_by_requirement_at_every_width(site: Site, width: int):
    partnership(site.house)
    _, target = in_force(site.house)
    call = desk(site.house)
    call("targets.revise", target=target)
    walked(call, target, "planned", "drafting")
    effects = {"environmental_effect": "Mindre affald.", "supply_effect": "Gavner dem, der reparerer."}
    call("targets.save_draft", target=target, requirements=[OTHER[0], NEW], **effects)
    heard(call, target)
    walked(call, target, "final proposal", "on agenda")
    voted(call, target)
    call("targets.adopt", target=target, requirements=[OTHER[0], NEW])
    call("targets.publish", target=target, change_note="Genbrug er nu et krav.")
    page = site.open_page(width=width)
    page.goto(f"{site.url}/pogi/maal/{target}")
    rows = page.locator(".m-changes tbody tr")
    assert rows.count() == 3
    assert "Andre ord." in rows.nth(0).inner_text()
    assert "c) er nyt" in rows.nth(1).inner_text()
    assert "b) er udgået" in rows.nth(2).inner_text()
    assert page.get_by_role("heading", name="Virkning", exact=True).is_visible()
    assert overflow(page) == 0
    assert faults(page) == []


def test_the_adopted_text_is_corrected_where_it_is_read(site: Site):
    partnership(site.house)
    shipped(site.house, "decision-rules", "publication")
    sec = Call(site.house.person("sec", "pogi.sec").actor, site.house.ports)
    given = {"target": "1", "title": TITLE["title"], "kind": "new", "requirements": REQUIREMENTS}
    started = instances.start(sec, "publication", given, None)
    call = Desk(site.house, started["case_id"])
    call("targets.propose", **TITLE)
    on_agenda(call, "1")
    voted(call, "1")
    call("targets.adopt", target="1", requirements=REQUIREMENTS)
    page = site.visit("anne", "pogi.sec", width=375)
    page.goto(f"{site.url}/pogi/tasks/{started['tasks'][0]['id']}")
    assert overflow(page) == 0
    assert faults(page) == []
    page.get_by_label("Klar; kun sproglige rettelser").check()
    page.get_by_label("Udbudstekst").first.fill("Tøjet skal kunne repareres.")
    page.get_by_label("Tilgængelighed er kontrolleret").check()
    page.get_by_role("button", name="Afslut opgaven").click()
    page.get_by_role("heading", level=1).wait_for()
    assert (
        call(
            "targets.correct",
            target="1",
            requirements=[REQUIREMENTS[0] | {"text": "Tøjet skal kunne repareres."}, REQUIREMENTS[1]],
        )["version"]
        == 1
    )


def test_events_are_chosen_one_by_one_on_a_phone(site: Site):
    page = site.visit("ada", "admin", width=375)
    page.goto(f"{site.url}/pogi/webhooks")
    kinds = page.locator("input[name=kinds]")
    assert kinds.count() > 8
    box = page.locator(".m-opts--many").bounding_box()
    assert box is not None
    assert box["height"] > 4 * 24  # several lines of it are seen at once
    kinds.nth(1).check()
    kinds.nth(2).check()
    assert overflow(page) == 0
    assert faults(page) == []
    assert page.locator("input[name=kinds]:checked").count() == 2
