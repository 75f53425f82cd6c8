"""Lillestrøm's measures: what a diagram and the plan's keeper do with them."""

from datetime import date

import pytest

from service.commands import measures
from service.domain.origins import From
from service.domain.record_errors import (
    AssessmentMissing,
    GoalNotFound,
    MeasureIncomplete,
    MeasureKeeperNeeded,
    MeasureNotFound,
    MeasureRefused,
    MeasureStatusRefused,
    ReasonMissing,
)
from service.queries import measures as queries
from service.runtime.command import Call
from tests.app.house import House
from tests.app.records import Desk, desk

CERTIFICATES = "Det skal stilles krav til at kommunens leverandører har relevante miljøsertifiseringer."
EPD = "Kommunen skal vurdere å kreve EPD-dokumentasjon for produkter og utstyr der dette finnes."
TODAY = date(2026, 1, 5)


@pytest.fixture
def ids(house: House) -> dict[int, str]:
    call = house.operator("lillestrom")
    strategy = measures.register(
        call, "Strategi for grønne innkjøp", (2020, 2024), "Hovedmål", [("Delmål 1", "L25")], From("source", "L1")
    )
    goal = strategy["goals"][0]
    rows = [(4, CERTIFICATES, "must", "L8"), (5, EPD, "assess", "L9")]
    return {
        number: measures.add(call, goal, number, text, strength, From("source", seed))["id"]
        for number, text, strength, seed in rows
    }


@pytest.fixture
def call(house: House, ids) -> Desk:
    return desk(house, "lillestrom")


@pytest.fixture
def keeper(house: House):
    return house.person("keeper", "lill.proc.section", workspace="lillestrom").actor


def test_a_measure_begins_with_the_three_columns_blank_as_in_the_source(house: House, call: Desk, keeper):
    assert call("measures.read", measure="4") == {
        "measure": "4", "number": 4, "text": CERTIFICATES, "strength": "must",
        "responsible": None, "deadline": None, "status": None,
    }  # fmt: skip
    first, second = queries.plan(keeper, TODAY)["measures"]
    assert (first["origin"], first["origin_ref"], first["light"]) == ("source", "L8", "grey")
    assert (second["number"], second["goal_text"], second["plan_origin"]) == (5, "Delmål 1", None)
    with pytest.raises(MeasureNotFound):
        call("measures.read", measure="6")


def test_a_measure_is_planned_reported_and_closed(call: Desk, keeper, ids):
    with pytest.raises(MeasureIncomplete):
        call("measures.report", measure="4", status="ongoing")
    adjusted = call("measures.adjust", measure="4", responsible="Innkjøpsseksjonen", deadline="2026-03-01")
    assert (adjusted["status"], adjusted["deadline"]) == ("not started", "2026-03-01")
    assert [it["number"] for it in call("measures.due", within_days=60)] == [4]
    assert call("measures.report", measure="4", status="ongoing")["light"] == "green"
    done = call("measures.report", measure="4", status="done", light="green")
    assert done == {"status": "done", "light": "green", "closed": True, "lacking": None}
    assert call("measures.due", within_days=60) == []
    reports = queries.reports(keeper, ids[4])
    assert [(it["before"], it["after"]) for it in reports] == [("ongoing", "done"), ("not started", "ongoing")]
    assert queries.plan(keeper, TODAY)["measures"][0]["plan_origin"] == "sample"


def test_the_whole_plan_is_listed_with_the_light_of_each_measure(call: Desk, ids):
    call("measures.adjust", measure="4", responsible="Innkjøpsseksjonen", deadline="2025-12-01")
    listed = call("measures.list")
    assert [(it["number"], it["status"], it["light"]) for it in listed] == [
        (4, "not started", "red"),
        (5, None, "grey"),
    ]


def test_one_that_is_to_be_assessed_stays_open_without_a_documented_assessment(call: Desk):
    call("measures.adjust", measure="5", responsible="Innkjøpsseksjonen", deadline="2026-03-01")
    open_still = call("measures.report", measure="5", status="done", light="amber", assessed=False)
    assert open_still == {"status": "not started", "light": "amber", "closed": False, "lacking": "assessment"}
    assert call("measures.report", measure="5", status="dropped")["lacking"] == "reason"
    assert call("measures.report", measure="5", status="done", assessment={"sealed": "ab" * 32})["closed"]
    with pytest.raises(MeasureStatusRefused):
        call("measures.report", measure="5", status="delayed")


def test_only_the_procurement_section_changes_the_plan(house: House, keeper, ids):
    officer = Call(house.person("officer", "lill.owner", workspace="lillestrom").actor, house.ports)
    with pytest.raises(MeasureKeeperNeeded):
        measures.plan(officer, ids[4], "Eiendom", TODAY)
    by = Call(keeper, house.ports)
    assert measures.plan(by, ids[4], "Eiendom", TODAY, "ongoing")["status"] == "ongoing"
    with pytest.raises(AssessmentMissing):
        measures.plan(by, ids[5], "Eiendom", TODAY, "done")
    with pytest.raises(ReasonMissing):
        measures.plan(by, ids[4], "Eiendom", TODAY, "dropped")
    with pytest.raises(GoalNotFound):
        measures.add(by, "nothing", 1, "X", "must", From("source", "L5"))
    with pytest.raises(MeasureRefused, match="must, should, assess, avoid, produce"):
        measures.add(by, "nothing", 1, "X", "wish", From("source", "L5"))
    with pytest.raises(MeasureNotFound):
        measures.plan(Call(house.person("anne", "lill.proc.section").actor, house.ports), ids[4], "X", TODAY)
