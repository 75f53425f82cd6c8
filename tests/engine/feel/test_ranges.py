"""Ranges as values: with ends, without an end, written in a text."""

import pytest

from tests.engine.feel.asking import explained, reason, rested, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('range("[1..5)") = [1..5)', True),
        ('range("]1..5]") = (1..5]', True),
        ('range(" [ 1 .. 5 ] ") = [1..5]', True),
        ('range("[2..)") = >= 2', True),
        ('range("(2..)") = > 2', True),
        ('range("(..2]") = <= 2', True),
        ('range("(..2)") = < 2', True),
        (r'range("[date(\"2026-05-01\")..@\"2026-05-31\"]") = [@"2026-05-01"..@"2026-05-31"]', True),
        (r'range("[duration(\"P1D\")..@\"P2D\"]").end', "P2D"),
        (r'range("[\"a\"..\"c\"]") instance of range<string>', True),
        (r'range("[date and time(\"2026-05-01T10:00:00\")..)").start', "2026-05-01T10:00:00"),
        ("(< 10).start included", False),
        ("(<= 10).end included", True),
        ("(< 10).start", None),
    ],
)
def test_a_range_may_be_written_in_a_text_and_asked_for_its_ends(text: str, expected: object) -> None:
    assert rested(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        'range("[..2]")',
        'range("[1..]")',
        'range("[null..null]")',
        'range(">= 2")',
        'range("2")',
        'range("")',
        'range("[5..1]")',
        r'range("[1..\"b\"]")',
        r'range("[@\"2026-05-01\"..@\"2026-05-02T00:00:00Z\"]")',
        r'range("[date(string(\"2026-05-01\"))..@\"2026-05-31\"]")',
        'range("[1 + 1..3]")',
        "range([1..3])",
    ],
)
def test_what_is_no_range_is_null_for_a_reason(text: str) -> None:
    assert reason(text)


def test_an_end_that_is_null_is_no_end_where_the_range_does_not_reach_it() -> None:
    assert value("5 in (limit..10]", limit=None) is True
    assert value("[5..limit) = (>= 5)", limit=None) is True


def test_an_end_that_is_null_is_a_mistake_where_the_range_reaches_it() -> None:
    assert reason("5 in [limit..10]", limit=None) == "An end of the range is null, and the range is said to reach it."
    assert reason("5 in [1..null]").startswith("An end of the range is null")


def test_a_range_around_the_input_is_a_test_of_it() -> None:
    assert value("5 in [? - 1..? + 1]") is True


def test_a_range_of_two_kinds_is_refused_where_it_stands() -> None:
    result = explained('1 + count([[1.."b"]])')
    assert [(each.sub_expression, each.message) for each in result.reasons] == [
        ('[1.."b"]', "A range lies between two of a kind, not between a number and a string.")
    ]
