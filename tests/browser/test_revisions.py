"""Two cases about one target, as they are seen: the choice that is not offered, and how a case is over."""

import pytest

from service.commands import instances, tasks
from service.runtime.command import Call
from tests.app.records import partnership, shipped
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
