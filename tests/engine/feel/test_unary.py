"""Unary tests: the cells of decision tables."""

from decimal import Decimal

import pytest

from service.engine.feel import FeelSyntaxError, parse_unary
from tests.engine.feel.asking import context


def holds(cell: str, value: object, **values: object) -> bool | None:
    return parse_unary(cell, values).matches(Decimal(value) if type(value) is int else value, values, context())


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("-", 1, True),
        ("", None, True),
        ("5", 5, True),
        ("5", 6, False),
        ("-5", -5, True),
        ("< 5", 4, True),
        ("<= 5", 6, False),
        ("> 5", 6, True),
        (">= 5", 5, True),
        ("= 5", 5, True),
        ("!= 5", 5, False),
        ("1, 5, 7", 5, True),
        ("< 3, > 7", 5, False),
        ("[1..10]", 10, True),
        ("[1..10)", 10, False),
        ("]1..10]", 1, False),
        ("[1..3], [7..9]", 8, True),
        ('"a", "b"', "b", True),
        ("not(5)", 5, False),
        ("not(5, 6)", 7, True),
        ('not("a")', "b", True),
        ("not(< 5)", 5, True),
        ("true", True, True),
        ("true", False, False),
        ("false", False, True),
        ("null", None, True),
        ("null", 1, False),
        ("? > 3 and ? < 6", 5, True),
        ("? in [1, 2]", 2, True),
        ("[1, 2, 3]", 2, True),
        ('contains(?, "oo")', "foo", True),
        ('@"2026-05-12"', "2026-05-12", False),
        ("< 5", None, None),
        ("not(< 5)", None, None),
        ("not(?)", False, True),
    ],
)
def test_cells(cell: str, value: object, expected: bool | None) -> None:
    assert holds(cell, value) is expected


def test_cells_may_name_values() -> None:
    assert holds("> limit", 5, limit=4) is True
    assert holds("list of limits", 5, **{"list of limits": [4, 5]}) is True
    assert parse_unary("> limit, min + 1").names == {"limit"}


def test_a_cell_may_be_a_condition_on_something_else() -> None:
    assert holds("other > 3", 1, other=4) is True
    assert holds("other > 3", 1, other=2) is False
    assert holds("count(others) = 2", "a", others=["b", "c"]) is True


@pytest.mark.parametrize("cell", ["true", "1 = 1", 'string length("?") = 1', '"b", 2 > 1'])
def test_what_is_always_true_is_no_condition(cell: str) -> None:
    assert holds(cell, "a") is False
    assert holds(cell, True) is True


def test_a_value_of_another_kind_has_a_reason() -> None:
    answer, reasons = parse_unary("< 5").explain("a", {}, context())
    assert answer is None
    assert [reason.message for reason in reasons] == ["A string and a number have no order."]


def test_names_needed_by_a_cell_leave_out_what_it_tests() -> None:
    assert parse_unary("? > x").names == {"x"}


@pytest.mark.parametrize("cell", ["5,", ", 5", "not(5", "not()", "< ", "1..5", "5 6", "not(5) 6"])
def test_broken_cells_are_refused(cell: str) -> None:
    with pytest.raises(FeelSyntaxError):
        parse_unary(cell)
