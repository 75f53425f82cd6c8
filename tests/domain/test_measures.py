"""Measures: statuses, the traffic light, and what closes one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain import measures
from service.domain.measures import MOVES, STATUSES, STRENGTHS
from service.domain.record_errors import (
    AssessmentMissing,
    MeasureIncomplete,
    MeasureKeeperNeeded,
    MeasureStatusRefused,
    ReasonMissing,
)

TODAY = date(2026, 6, 1)


@given(st.sampled_from([None, *STATUSES]), st.sampled_from(STATUSES))
def test_a_measure_moves_as_the_table_says(before, after):
    if after == before or after in MOVES[before]:
        measures.check_report(before, after, complete=True)
    else:
        with pytest.raises(MeasureStatusRefused):
            measures.check_report(before, after, complete=True)


def test_a_measure_without_responsible_and_deadline_is_not_active():
    for status in ("ongoing", "done", "continuous", "delayed"):
        with pytest.raises(MeasureIncomplete):
            measures.check_report(None, status, complete=False)
    measures.check_report(None, "not started", complete=False)


@pytest.mark.parametrize("strength", STRENGTHS)
def test_one_that_is_to_be_assessed_closes_only_with_a_documented_assessment(strength):
    measures.check_closing(strength, "done", assessed=True, reasoned=False)
    if strength == "assess":
        with pytest.raises(AssessmentMissing):
            measures.check_closing(strength, "done", assessed=False, reasoned=True)
    else:
        measures.check_closing(strength, "done", assessed=False, reasoned=False)


def test_one_is_dropped_only_with_a_reason():
    measures.check_closing("must", "dropped", assessed=False, reasoned=True)
    with pytest.raises(ReasonMissing):
        measures.check_closing("must", "dropped", assessed=True, reasoned=False)


@pytest.mark.parametrize(
    ("status", "days", "expected"),
    [
        (None, None, "grey"),
        ("ongoing", 90, "green"),
        ("ongoing", 30, "amber"),
        ("ongoing", -1, "red"),
        ("delayed", 90, "amber"),
        ("continuous", 10, "green"),
        ("done", -90, "green"),
        ("dropped", -90, "green"),
        ("not started", None, "green"),
    ],
)
def test_the_traffic_light(status, days, expected):
    due_on = None if days is None else TODAY + timedelta(days=days)
    assert measures.light(status, due_on, TODAY) == expected
    assert measures.late(status, due_on, TODAY) == (expected == "red")


def test_only_its_keeper_changes_the_plan():
    measures.check_keeper(True)
    with pytest.raises(MeasureKeeperNeeded, match=r"lill\.proc\.section"):
        measures.check_keeper(False)
