"""Operators: rank, three-valued logic, arithmetic, comparison, membership."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.feel.asking import explained, fault, number, reason, rested, value

TRUTHS = {"true": True, "false": False, "null": None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 2 - 3", 5),
        ("12 / 2 * 3", 18),
        ("2 ** 3 ** 2", 64),  # from left to right, as the standard has it
        ("0 ** 0", 1),
        ("-2 ** 2", 4),  # the minus binds tighter
        ("2 * -3", -6),
        ("- (1 + 2)", -3),
        ("--3", 3),
        (".5 + 1.5e1", 15.5),
        ("1 < 2 and 2 < 3 or false", True),
        ("true or false and false", True),
        ("1 + 1 = 2", True),
        ("1 + 2 instance of number", None),
        ('"a" + "b" + "c"', "abc"),
        ("5 in (2 + 3) * 1", True),
        ("1 between 0 and 2 and true", True),
        ("if true then 1 else 2 + 1", 1),
    ],
)
def test_operators_bind_as_the_standard_ranks_them(text: str, expected: object) -> None:
    assert explained(text).value == expected


@pytest.mark.parametrize("left", TRUTHS)
@pytest.mark.parametrize("right", TRUTHS)
def test_and_or_are_three_valued(left: str, right: str) -> None:
    known = {TRUTHS[left], TRUTHS[right]}
    conjunction = False if False in known else None if None in known else True
    disjunction = True if True in known else None if None in known else False
    assert value(f"{left} and {right}") is conjunction
    assert value(f"{left} or {right}") is disjunction
    assert value(f"every x in [{left}, {right}] satisfies x") is conjunction
    assert value(f"some x in [{left}, {right}] satisfies x") is disjunction


def test_what_is_no_boolean_counts_as_null_and_is_named() -> None:
    assert reason('true and "yes"') == "`and` joins true and false, not a string."
    assert explained('false and "yes"').value is False
    assert explained("1 or true").value is True


def test_numbers_are_exact_decimals_of_34_digits() -> None:
    assert value("0.1 + 0.2 = 0.3") is True
    assert value("1 / 3") == number("0." + "3" * 34)
    assert value("2 / 3") == number("0." + "6" * 33 + "7")
    assert value("1 - 0.9999999999999999999999999999999999") == number("1E-34")
    assert value("0.5 * 0.0000000000000000000000000000000001") == number("5E-35")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1 / 0", "Nothing can be divided by 0."),
        ("(-8) ** 0.5", "This power is not defined."),
        ("0 ** -1", "This power is not defined."),
        ("0 ** -0.5", "This power is not defined."),
        ('@"P1D" * (0 ** -1)', "This power is not defined."),
        ("10 ** 10000", "The number is too large."),
        ('1 + "a"', "A string cannot be added to a number."),
        ('1 - "a"', "A string cannot be subtracted from a number."),
        ("null * 2", "Null cannot be multiplied by a number."),
        ('-"a"', "A string has no negative."),
        ('1 < "2"', "A number and a string have no order."),
        ('1 = "1"', "A number cannot be compared with a string."),
        ("null > 1", "A number and null have no order."),
        ("1 between null and 3", "A number and null have no order."),
    ],
)
def test_what_cannot_be_reckoned_is_null_with_a_reason(text: str, why: str) -> None:
    assert reason(text) == why
    assert fault(text).message == why


def test_the_reason_names_the_place() -> None:
    (found,) = explained("1 + 2 * (3 / 0)").reasons[:1]
    assert (found.sub_expression, found.start, found.end) == ("3 / 0", 9, 14)
    assert explained('10 + (2 - ("a"))').reasons[0].sub_expression == '2 - ("a")', "brackets belong to what is in them"


def test_null_equals_null_alone() -> None:
    assert value("null = null") is True
    assert value("null = 1") is False
    assert value('"a" != null') is True
    assert value("[] = null") is False


@pytest.mark.parametrize(
    "text",
    [
        "1 = 1.0",
        '"a" < "b"',
        '"\U0001f40e" > "z"',  # by code point
        "[1, [2]] = [1, [2.0]]",
        "{a: 1, b: 2} = {b: 2, a: 1}",
        "{a: 1} != {a: 2}",
        "[1, 2] != [2, 1]",
        '[1, "a"] != [1, 2]',
        "[1..3] = [1..3]",
        "[1..3] != [1..3)",
        "true != false",
        '@"P1Y" = @"P12M"',
        '@"PT24H" = @"P1D"',
        '@"10:00:00Z" = @"11:00:00+01:00"',
        '@"2026-05-12T10:00:00Z" = @"2026-05-12T12:00:00@Europe/Copenhagen"',
        '@"10:00:00" != @"10:00:00Z"',
    ],
)
def test_equality_looks_through_values(text: str) -> None:
    assert value(text) is True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 in [1..10]", True),
        ("1 in (1..10]", False),
        ("1 in ]1..10]", False),
        ("10 in [1..10[", False),
        ("10 in [1..10)", False),
        ("5 in (<3, >4)", True),
        ("5 in >= 5", True),
        ("5 in (1, 2)", False),
        ("5 in [1, 5]", True),
        ("5 in [[1..2], [4..6]]", True),
        ("[1, 2] in [[1, 2], [3]]", True),
        ("5 in (!= 4)", True),
        ("5 in (= 4)", False),
        ("5 in (? > 4 and ? < 6)", True),
        ("null in (null, 1)", True),
        ("null in [1..2]", None),
        ('"b" in ["a".."c"]', True),
        ('@"2026-05-12" in [@"2026-01-01"..@"2026-12-31"]', True),
    ],
)
def test_in(text: str, expected: object) -> None:
    assert explained(text).value is expected


def test_if_takes_else_when_the_condition_is_not_true() -> None:
    assert rested("if 1 < 2 then 1 else 2") == 1
    assert rested("if false then 1 else if false then 2 else 3") == 3
    assert explained("if null then 1 else 2").value == 2
    assert fault("if null then 1 else 2").message == "The condition of `if` is null, neither true nor false."
    assert fault("if 1 then 1 else 2").sub_expression == "1"


@given(st.decimals(-(10**6), 10**6, places=3), st.decimals(-(10**6), 10**6, places=3))
def test_order_is_one_order(left: object, right: object) -> None:
    less, equal, more = (value(f"a {operator} b", a=left, b=right) for operator in ("<", "=", ">"))
    assert [less, equal, more].count(True) == 1
    assert value("a <= b", a=left, b=right) is (less or equal)
    assert value("a >= b", a=left, b=right) is (more or equal)
    assert value("a between b and b", a=left, b=right) is equal
