"""The page of figures: what it says in words, what it hands to the drawing, and who sees it."""

import json
import re
from typing import Any

import pytest

from service.commands import tasks
from service.runtime.command import Call
from tests.app.house import House
from tests.app.meeting import files, started
from tests.app.visiting import visiting
from tests.web.reading import seen


@pytest.fixture
def lived(sqlite_house: House) -> House:
    """Three meetings: two that voted, one of them after a second round, and one that waits."""
    sqlite_house.role("pogi.sec")
    sqlite_house.role("pogi.chair")
    sqlite_house.deploy(files())
    sec = sqlite_house.person("bo", "pogi.sec", "pogi.chair")
    for answers in ([{"present": 7}, {}], [{"present": 2}, {"present": 9}, {}], []):
        case = started(sqlite_house, sec.actor)
        for given in answers:
            sqlite_house.later(hours=6)
            ((task,),) = [[it["id"] for it in _waiting(sec) if it["case_id"] == case]]
            tasks.claim(Call(sec.actor, sqlite_house.ports), task)
            sqlite_house.later(days=2)
            tasks.complete(Call(sec.actor, sqlite_house.ports), task, {"kind": "full", **given} if given else {})
    return sqlite_house


def _waiting(someone: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = someone.get("/api/v1/tasks?scope=all").json["tasks"]
    return found


def props(page: str) -> dict[str, Any]:
    """What the viewer is given."""
    found: dict[str, Any] = json.loads(re.findall(r'<script type="application/json">(.+?)</script>', page)[0])
    return found


def test_an_owner_reads_how_often_and_how_long(lived: House):
    owner = visiting(lived, "olga", "process.owner")
    assert "/pogi/processes/meeting/figures" in owner.get("/pogi/processes/meeting").text
    page = owner.get("/pogi/processes/meeting/figures").text
    said = seen(page)
    assert "Begyndt 3 Heraf afsluttet 2" in said
    row = re.findall(r"Forbered mødet Opgave til en person (.+?) (?=Hvor mange)", said)[0]
    assert row.startswith("3× 6 t. 9 af 10: 6 t. 2,2 dage 9 af 10: 2,2 dage 1")
    drawn = props(page)
    assert (drawn["heat"]["Prepare"], drawn["notes"]["Prepare"]) == (5, "3×")
    assert drawn["heat"]["Vote"] < 5
    assert "Ingen frist blev overskredet" in said


@pytest.mark.parametrize(
    ("by", "element", "note"), [("done", "Prepare", "2,2dage"), ("taken", "Vote", "6t."), ("late", "Prepare", None)]
)
def test_another_measure_is_drawn(lived: House, by, element, note):
    page = visiting(lived, "arne", "auditor").get(f"/pogi/processes/meeting/figures?by={by}").text
    found = props(page)["notes"].get(element)
    assert (None if found is None else found.replace("\xa0", "").replace(" ", "")) == note
    assert ("Det er der intet af at tegne" in seen(page)) == (note is None)


def test_a_way_is_drawn_and_told(lived: House):
    owner = visiting(lived, "olga", "process.owner")
    page = owner.get("/pogi/processes/meeting/figures").text
    ways = re.findall(r"way=(\w+)", page)
    assert len(ways) == 2
    drawn = [props(owner.get(f"/pogi/processes/meeting/figures?way={it}").text) for it in ways]
    assert all({"Prepare", "Vote", "Yes"} <= set(it["done"]) for it in drawn)
    assert sorted(it["notes"].get("Prepare", "") for it in drawn) == ["", "2×"]
    assert "heat" not in drawn[0]
    assert "Forbered mødet (2×)" in seen(page)


def test_a_period_without_anything_says_so_and_nonsense_in_the_address_is_passed_over(lived: House):
    owner = visiting(lived, "olga", "process.owner")
    page = owner.get("/pogi/processes/meeting/figures?until=2020-01-01")
    assert "Intet af denne version begyndte" in seen(page.text)
    for address in ("since=x&until=9999-12-31", "by=nothing", "way=nothing", "version=x"):
        assert owner.get(f"/pogi/processes/meeting/figures?{address}").status_code == 200
    for address in ("meeting/figures?version=7", "meeting/figures?process=x", "nothing/figures"):
        assert owner.get(f"/pogi/processes/{address}").status_code == 404


def test_to_others_it_is_not_there(lived: House):
    somebody = visiting(lived, "anne", "pogi.sec")
    assert somebody.get("/pogi/processes/meeting/figures").status_code == 404
    assert "/figures" not in somebody.get("/pogi/processes/meeting").text


def test_nobody_and_no_case_is_named(lived: House):
    page = visiting(lived, "olga", "process.owner").get("/pogi/processes/meeting/figures").text
    assert "arbejdstøj" not in page
    assert "/pogi/cases/" not in page
