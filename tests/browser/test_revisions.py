"""Two cases about one target, as they are seen: the choice that is not offered, and how a case is over."""

from typing import Any

import pytest

from service.commands import instances, tasks
from service.identity.clockwork import fire_due
from service.queries.tasks import inbox
from service.runtime.command import Call
from tests.app.records import REQUIREMENTS, partnership, shipped
from tests.browser.conftest import Site, overflow
from tests.operations.test_targets import in_force
from tests.support.browser.accessibility import faults


@pytest.mark.parametrize("width", [1280, 375])
def test_the_choice_names_the_case_that_makes_a_new_version_and_the_list_says_what_is_over(site: Site, width: int):
    partnership(site.house)
    _, target = in_force(site.house)
    shipped(site.house, "decision-rules", "target-initiation", "target-lifecycle", "revision")
    sec = Call(site.house.person("sec", "pogi.sec").actor, site.house.ports)

    def begun(**more: str) -> str:
        asked = {"target": target, "cause": "law", **more}
        return str(instances.start(sec, "revision", asked, None)["tasks"][0]["id"])

    first, second = begun(), begun(again_reason="Et mærke er ændret.")
    tasks.complete(sec, second, {"path": "none", "path_reason": "Det virker."})
    tasks.complete(sec, first, {"path": "full", "path_reason": "Markedet er ændret."})
    third = begun(again_reason="En ny lov.")
    page = site.visit("anne", "pogi.sec", width=width)
    page.goto(f"{site.url}/pogi/tasks/{third}")
    assert page.get_by_role("radio").count() == 3
    assert page.get_by_role("link", name=f"Revidering af et indkøbsmål: Eksempel: arbejdstøj, {target}").is_visible()
    assert overflow(page) == 0
    assert faults(page) == []
    page.goto(f"{site.url}/pogi/cases")
    assert page.get_by_text("Afsluttet: Uændret").count() == 1
    assert overflow(page) == 0
    assert faults(page) == []


@pytest.mark.parametrize("width", [1280, 375])
def test_a_choice_that_comes_too_late_is_refused_and_what_members_demanded_stands_where_it_counts(
    site: Site, width: int
):
    members = partnership(site.house)
    _, target = in_force(site.house)
    shipped(site.house, "decision-rules", "publication", "editorial-adjustment", "target-initiation")
    shipped(site.house, "target-lifecycle", "revision")
    sec = Call(site.house.person("sec", "pogi.sec").actor, site.house.ports)
    chair = Call(site.house.person("chair", "pogi.chair").actor, site.house.ports)

    def begun(**more: str) -> tuple[str, str]:
        case = instances.start(sec, "revision", {"target": target, "cause": "law", **more}, None)
        return str(case["tasks"][0]["id"]), str(case["case_id"])

    def do(call: Call, activity: str, answers: dict[str, Any]) -> None:
        (task,) = (it["id"] for it in inbox(call.actor, "roles")["tasks"] if it["activity"] == activity)
        assert tasks.complete(call, task, answers)["incident"] is None

    (first, making), (second, over), (third, _) = begun(), begun(again_reason="Ny lov."), begun(again_reason="Fejl.")
    tasks.complete(sec, second, {"path": "editorial", "path_reason": "En prøvning."})
    rows = [REQUIREMENTS[0], REQUIREMENTS[1] | {"evidence": "Prøvning efter EN 15797"}]
    do(sec, "Task_edit", {"requirements": rows, "adjustment_reason": "Ny prøvning."})
    do(chair, "Task_approve", {"approval": "approve", "approval_note": "Samme pligt."})
    page = site.visit("anne", "pogi.sec", width=width)
    page.goto(f"{site.url}/pogi/tasks/{third}")
    tasks.complete(sec, first, {"path": "full", "path_reason": "Markedet er ændret."})
    page.get_by_label("(c) revideres fuldt").check()
    page.get_by_label("Begrundelse").fill("Et mærke er ændret.")
    page.get_by_role("button", name="Afslut opgaven").click()
    assert page.get_by_label("Begrundelse").input_value() == "Et mærke er ændret."
    named = page.get_by_role("link", name=f"Revidering af et indkøbsmål: Eksempel: arbejdstøj, {target}", exact=True)
    assert page.get_by_text("Målet skal: Dette svar kan ikke vælges nu. Vælg et andet.").is_visible()
    assert named.first.is_visible()
    assert overflow(page) == 0
    assert faults(page) == []
    site.house.later(days=30)
    fire_due()
    do(sec, "Task_objections", {"objectors": list(members.values())[:2]})
    page = site.visit("bodil", "pogi.sec", width=width)
    for case_id, said in ((over, "Sagen er afgjort i en anden:"), (making, "Afgjort her")):
        page.goto(f"{site.url}/pogi/cases/{case_id}")
        assert page.get_by_text(said).is_visible()
        assert overflow(page) == 0
        assert faults(page) == []
    page.get_by_text("Skriv justeringen").first.click()
    page.get_by_text("Prøvning efter EN 15797").first.wait_for()  # the text that they refused
