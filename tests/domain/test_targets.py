"""Targets: the table of statuses, numbering, and what is frozen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain import targets
from service.domain.record_errors import (
    RequirementsRefused,
    TargetNotDecided,
    TargetStatusRefused,
    TargetVersionFrozen,
)
from service.domain.targets import DECIDED, DEVELOPING, FROZEN, LIVE, MOVES, OVER, STATUSES

ANY = st.sampled_from(STATUSES)


def test_the_table_knows_every_status_and_leads_to_nothing_else():
    assert set(MOVES) == set(STATUSES)
    assert {after for onward in MOVES.values() for after in onward} <= set(STATUSES)


@given(ANY, ANY)
def test_a_version_moves_as_the_table_says_and_may_stay_where_it_is(before, after):
    if after == before or after in MOVES[before]:
        targets.check_move(before, after)
    else:
        with pytest.raises(TargetStatusRefused):
            targets.check_move(before, after)


@given(st.lists(ANY, max_size=20))
def test_no_way_leads_from_a_decided_text_back_to_one_that_is_being_written(wanted):
    status, frozen = "proposed", False
    for after in wanted:
        if after in MOVES[status]:
            status = after
        frozen = frozen or status in FROZEN
        assert not frozen or status in FROZEN


@given(st.lists(ANY, max_size=20))
def test_nothing_comes_into_force_without_having_been_adopted(wanted):
    way = ["proposed"]
    for after in wanted:
        if after in MOVES[way[-1]]:
            way.append(after)
    assert not LIVE & set(way) or "adopted" in way


def test_the_parts_of_a_life_do_not_overlap():
    parts = (DEVELOPING, DECIDED, LIVE, OVER)
    assert sum(map(len, parts)) == len(STATUSES) == len(frozenset().union(*parts))
    assert {"superseded", "retired", "merged", "rejected", "withdrawn", "lapsed"} == OVER


@pytest.mark.parametrize("status", STATUSES)
def test_only_what_is_being_written_may_be_changed(status):
    if status in DEVELOPING:
        targets.check_open(status)
    else:
        with pytest.raises(TargetVersionFrozen):
            targets.check_open(status)


def test_adoption_needs_the_vote_both_hearings_and_no_open_objection():
    targets.check_decided("adopted", internal="closed", trade="closed", objections=0)
    with pytest.raises(TargetNotDecided, match="the steering group has not adopted it"):
        targets.check_decided(None, internal="closed", trade="closed", objections=0)
    with pytest.raises(TargetNotDecided, match="the trade hearing is not closed"):
        targets.check_decided("adopted", internal="closed", trade="open", objections=0)
    with pytest.raises(TargetNotDecided, match="internal hearing is not closed; a formal objection"):
        targets.check_decided("adopted", internal="none", trade="closed", objections=1)


def letter(name: str, **changed: str) -> dict[str, str]:
    return {"letter": name, "kind": "requirement", "placement": "award", "text": "T"} | changed


def test_requirements_have_a_letter_each_and_there_is_at_least_one():
    targets.check_requirements([letter("a"), letter("b")])
    with pytest.raises(RequirementsRefused, match="letter a"):
        targets.check_requirements([letter("a"), letter("a")])
    with pytest.raises(RequirementsRefused, match="there are none"):
        targets.check_requirements([])


def test_an_editorial_adjustment_changes_words_and_no_obligation():
    targets.check_editorial([letter("a")], [letter("a", text="Other words.")])
    for changed in ({"kind": "recommendation"}, {"placement": "contract"}, {"letter": "b"}):
        with pytest.raises(RequirementsRefused):
            targets.check_editorial([letter("a")], [letter("a") | changed])
    with pytest.raises(RequirementsRefused):
        targets.check_editorial([letter("a")], [letter("a"), letter("b")])


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["proposed"], "proposed"),
        (["superseded", "in force"], "in force"),
        (["under revision", "drafting"], "under revision"),
        (["superseded", "retired"], "retired"),
        (["rejected", "drafting"], "drafting"),
    ],
)
def test_a_target_shows_what_is_in_force_and_else_what_is_being_made(statuses, expected):
    assert targets.shown(statuses) == expected


def test_keys_are_numbered_behind_their_prefix_and_never_used_again():
    assert targets.next_key("E", []) == "E1"
    assert targets.next_key("E", ["E1", "E7", "12", "EX3"]) == "E8"
    assert targets.next_key("", ["1", "12", "E40"]) == "13"
