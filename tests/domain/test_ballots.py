"""Ballots: quorum, majority, tie, abstention, recusal, lapse."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain import ballots
from service.domain.ballots import CHOICES, OUTCOMES, Rules, Tally, conclude, result, set_hash, tally
from service.domain.record_errors import OutcomeContradictsVotes, VoterNotEligible
from tests.support.covering import covers

HALF = Rules(Fraction(1, 2))
ELIGIBLE = [f"o{number}" for number in range(9)]
RULES = st.builds(
    Rules,
    quorum=st.fractions(0, 1, max_denominator=20),
    majority=st.sampled_from(["cast", "entitled"]),
    tie=st.sampled_from(["not-adopted", "chair"]),
    abstain=st.sampled_from(["quorum-only", "neither"]),
    recusal=st.sampled_from(["not-entitled", "entitled"]),
)
VOTES = st.dictionaries(st.sampled_from(ELIGIBLE), st.sampled_from(CHOICES))


@covers("P19")
@pytest.mark.parametrize(
    ("in_favour", "against", "abstained", "recused", "expected"),
    [
        (7, 1, 1, 0, "adopted"),
        (2, 3, 0, 0, "rejected"),
        (4, 4, 1, 0, "tie"),
        (2, 2, 0, 0, "lapsed"),  # 4 of 9
        (4, 0, 0, 0, "lapsed"),  # all in favour, and too few
        (3, 1, 0, 1, "adopted"),  # 4 of the 8 who are entitled
        (3, 1, 1, 0, "adopted"),  # who abstains counts as present
        (0, 0, 9, 0, "tie"),
        (0, 0, 0, 9, "lapsed"),
        (0, 0, 0, 0, "lapsed"),
    ],
)
def test_what_votes_come_to_where_half_of_nine_must_take_part(in_favour, against, abstained, recused, expected):
    assert result(Tally(9, in_favour, against, abstained, recused), HALF) == expected


@pytest.mark.parametrize(
    ("changed", "votes", "expected"),
    [
        ({"majority": "entitled"}, Tally(9, 4, 1), "rejected"),
        ({"majority": "entitled"}, Tally(9, 5, 4), "adopted"),
        ({"majority": "entitled"}, Tally(9, 4, 1, 0, 2), "adopted"),  # 4 of 7
        ({"majority": "entitled", "recusal": "entitled"}, Tally(9, 4, 1, 0, 2), "rejected"),
        ({"recusal": "entitled"}, Tally(9, 3, 1, 0, 1), "lapsed"),  # 4 of 9
        ({"abstain": "neither"}, Tally(9, 3, 1, 1), "lapsed"),
    ],
)
def test_the_settings_change_what_votes_come_to(changed, votes, expected):
    assert result(votes, Rules(Fraction(1, 2), **changed)) == expected


def test_a_share_is_the_decimal_that_was_written():
    values = {"sg.quorum": 0.3, "sg.majority": "cast", "sg.tie": "chair", "sg.abstain": "neither"}
    assert ballots.rules(values | {"sg.recusal": "entitled"}).quorum == Fraction(3, 10)


def test_who_has_no_vote_cannot_vote():
    with pytest.raises(VoterNotEligible, match="stranger"):
        tally(ELIGIBLE, {"stranger": "for"})


@given(VOTES)
def test_the_tally_is_that_of_the_records(votes):
    found = tally(ELIGIBLE, votes)
    assert found.eligible == 9
    assert found.in_favour + found.against + found.abstained + found.recused == len(votes)
    assert found.recused == sum(vote == "recused" for vote in votes.values())


@given(VOTES, RULES)
def test_every_ballot_has_one_result_and_a_meeting_may_always_conclude_it(votes, by):
    found = result(tally(ELIGIBLE, votes), by)
    assert found in ("adopted", "rejected", "tie", "lapsed")
    conclude(found, found, by)


@given(VOTES, RULES)
def test_nothing_is_adopted_without_a_majority_of_the_votes_cast_or_by_fewer_than_the_quorum(votes, by):
    found = tally(ELIGIBLE, votes)
    if result(found, by) == "adopted":
        assert found.taking_part(by) >= by.quorum * found.entitled(by)
        assert found.in_favour > found.against


@given(VOTES, RULES, st.sampled_from(ELIGIBLE))
def test_a_vote_that_turns_from_against_to_for_never_undoes_an_adoption(votes, by, organisation):
    before = votes | {organisation: "against"}
    after = votes | {organisation: "for"}
    if result(tally(ELIGIBLE, before), by) == "adopted":
        assert result(tally(ELIGIBLE, after), by) == "adopted"


@given(VOTES, RULES, st.sampled_from(OUTCOMES))
def test_a_meeting_concludes_only_what_its_votes_bear(votes, by, outcome):
    found = result(tally(ELIGIBLE, votes), by)
    bears = {
        "adopted": found == "adopted" or (found == "tie" and by.tie == "chair"),
        "rejected": found in ("rejected", "tie"),
        "tie": found == "tie",
    }
    if bears.get(outcome, True):
        conclude(outcome, found, by)
    else:
        with pytest.raises(OutcomeContradictsVotes):
            conclude(outcome, found, by)


def test_an_outcome_that_nobody_knows_is_refused():
    with pytest.raises(OutcomeContradictsVotes):
        conclude("carried", "adopted", HALF)


@given(st.permutations(ELIGIBLE))
def test_the_hash_of_the_eligible_set_does_not_hang_on_its_order(order):
    assert set_hash(order) == set_hash(ELIGIBLE)
    assert set_hash(order[:-1]) != set_hash(ELIGIBLE)
