"""What several cases say of one row: which of them came last is told by their times, where these lie apart."""

from typing import Any

import pytest

from service.domain.copies import Copies, amiss

ROW = ("T-1",)


def entry(stream: str, at: str) -> dict[str, Any]:
    return {"stream": stream, "seq": 0, "kind": "target.status_changed", "at": at, "data": {}}


def amiss_of(told: Copies, status: str) -> list[Any]:
    return [it.found for it in amiss(told, "targets", {ROW: {"status": status}}, whole=True)]


@pytest.mark.parametrize("first", ["a", "b"])
def test_the_last_word_of_either_case_may_stand_where_they_spoke_at_one_moment(first: str) -> None:
    told, now = Copies(), "2027-09-14T07:00:00.000000Z"
    second = "b" if first == "a" else "a"
    for stream, status in ((first, "draft"), (first, "in force"), (second, "retired")):
        told.say(entry(stream, now), "targets", *ROW, status=status)
    assert amiss_of(told, "in force") == []
    assert amiss_of(told, "retired") == []
    assert amiss_of(told, "draft") == ["draft"], "she has said something else since"
    assert amiss_of(told, "planned") == ["planned"]


def test_what_was_said_a_minute_later_stands() -> None:
    told = Copies()
    told.say(entry("a", "2027-09-14T07:00:00.000000Z"), "targets", *ROW, status="in force")
    told.say(entry("b", "2027-09-14T07:01:00.000000Z"), "targets", *ROW, status="retired")
    assert amiss_of(told, "retired") == []
    assert amiss_of(told, "in force") == ["in force"]
