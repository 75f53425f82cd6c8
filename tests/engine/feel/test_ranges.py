"""Ranges as values: with ends, without an end, written in a text."""

import pytest

from service.engine.feel import FeelSyntaxError, parse
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
        ("(= 10).start", 10),
        ("(= 10).end", 10),
        ("(= 10).start included", True),
        ("(= 10).end included", True),
        ("(!= 10).start", None),
        ("(!= 10).end included", False),
        ("(!= 10) instance of range<number>", True),
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
        'range("(= 2)")',
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
    assert value("[5..limit).start", limit=None) == 5
    assert value("5 in [5..limit)", limit=None) is True


def test_an_end_that_is_null_is_a_mistake_where_the_range_reaches_it() -> None:
    assert reason("5 in [limit..10]", limit=None) == "An end of the range is null, and the range is said to reach it."
    assert reason("5 in [1..null]").startswith("An end of the range is null")


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        ("(< 5)", "(< 5)", True),
        ("(< 5)", "(<= 5)", False),
        ("(< 5)", "(null..5)", False),
        ("(>= 5)", "[5..null)", False),
        ("(= 5)", "(= 5)", True),
        ("(= 5)", "[5..5]", False),
        ("(!= 5)", "(!= 5)", True),
        ("(!= 5)", "(!= 6)", False),
        ("(!= 5)", "(5..5)", False),
        ("(!= 5)", "(= 5)", False),
    ],
)
def test_a_range_is_equal_to_what_is_written_as_it_is(left: str, right: str, equal: bool) -> None:
    assert value(f"{left} = {right}") is equal
    assert value(f"count(distinct values([{left}, {right}]))") == (1 if equal else 2)


def test_a_comparison_in_brackets_is_a_range_that_can_be_tested_and_kept() -> None:
    assert value("for x in [4, 5, 6] return x in [(!= 5)]") == [True, False, True]
    assert value("for x in [4, 5, 6] return x in ((= 5))") == [False, True, False]
    assert value("{not five: (!= 5), answer: 4 in not five}.answer") is True
    assert rested("[(= 5), (!= 5), (< 5)]") == ["(= 5)", "(!= 5)", "(..5)"]
    assert reason("(!= null)") == "Null and null have no order."


def test_a_comparison_without_brackets_is_a_range_only_where_no_equality_could_be_meant() -> None:
    with pytest.raises(FeelSyntaxError):
        parse("a == 5", ["a"])
    with pytest.raises(FeelSyntaxError):
        parse("[= 5]")


def test_a_range_that_leaves_a_value_out_has_no_ends_to_lie_before_or_to_count_from() -> None:
    assert reason("before(1, (!= 5))") == "`before` is not asked of a range that leaves a value out."
    assert reason("for x in (!= 5) return x") == "One cannot count through a range that leaves a value out."


def test_a_range_around_the_input_is_a_test_of_it() -> None:
    assert value("5 in [? - 1..? + 1]") is True


def test_a_range_of_two_kinds_is_refused_where_it_stands() -> None:
    result = explained('1 + count([[1.."b"]])')
    assert [(each.sub_expression, each.message) for each in result.reasons] == [
        ('[1.."b"]', "A range lies between two of a kind, not between a number and a string.")
    ]
