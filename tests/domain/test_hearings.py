"""Hearings: where they stand, when they may be extended, and how they end."""

from dataclasses import dataclass

import pytest

from service.domain import hearings
from service.domain.record_errors import HearingAlreadyExtended, HearingClosed, HearingHasOpenObjection


@dataclass
class Sample:
    kind: str = "trade"
    extended: bool = False
    closed: bool = False
    objections: int = 0
    objection_outcome: str = "none"


def test_the_last_hearing_of_a_kind_says_where_it_stands():
    held = [Sample(closed=True), Sample("internal"), Sample("internal", closed=True)]
    assert hearings.state(held, "internal") == "closed"
    assert hearings.state(held, "trade") == "closed"
    assert hearings.state([*held, Sample("internal")], "internal") == "open"
    assert hearings.state([], "trade") == "none"


def test_objections_count_until_somebody_answers_them():
    held = [Sample(objections=2), Sample(objections=1, objection_outcome="answered")]
    assert hearings.unanswered(held) == 2


def test_a_hearing_is_extended_once_and_only_while_it_is_open():
    hearings.check_extension(Sample())
    with pytest.raises(HearingAlreadyExtended):
        hearings.check_extension(Sample(extended=True))
    with pytest.raises(HearingClosed):
        hearings.check_extension(Sample(closed=True))


@pytest.mark.parametrize(
    ("answers", "objections", "objection_outcome", "expected"),
    [
        (3, 0, "none", "closed"),
        (0, 0, "none", "no response"),
        (3, 1, "answered", "closed with objection"),
        (3, 1, "upheld", "closed with objection"),
    ],
)
def test_how_a_hearing_ends(answers, objections, objection_outcome, expected):
    found = hearings.outcome(answers=answers, objections=objections, objection_outcome=objection_outcome)
    assert found == expected


def test_an_unanswered_objection_keeps_it_open():
    with pytest.raises(HearingHasOpenObjection, match="1 formal objections"):
        hearings.outcome(answers=3, objections=1, objection_outcome="none")
