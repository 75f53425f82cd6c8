"""Types at rest: what is kept, what comes back, and what cannot be kept."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.engine.feel import FeelFault
from service.engine.feel.kinds.special import Function, Range, Sealed
from service.engine.values import canonical, from_rest, is_sealed, to_rest


@pytest.mark.parametrize(
    ("number", "rests"),
    [
        ("1", "1"),
        ("1.0", "1"),
        ("-0", "0"),
        ("1E+3", "1000"),
        ("0.1", "0.1"),
        ("1.10", "1.1"),
        ("0.3333333333333333333333333333333333", "0.3333333333333333"),
        ("1E-400", "0"),
        ("9007199254740992", "9007199254740992"),
        ("-9007199254740992", "-9007199254740992"),
    ],
)
def test_numbers_rest_as_integers_or_the_shortest_float(number: str, rests: str) -> None:
    assert json.dumps(to_rest(Decimal(number))) == rests


@pytest.mark.parametrize("number", ["9007199254740993", "-9007199254740993", "1E+300", "9007199254740992.5"])
def test_numbers_that_others_would_round_cannot_be_kept(number: str) -> None:
    with pytest.raises(FeelFault, match=r"lies beyond ±2\^53 and cannot be kept exactly"):
        to_rest([Decimal(number)])


def test_dates_and_durations_rest_as_text_and_come_back_typed() -> None:
    for text, kind in {
        "2026-05-12": "date",
        "10:20:30.5@Europe/Oslo": "time",
        "2026-05-12T10:20:30Z": "date and time",
        "P1DT2H": "duration",
        "P1Y6M": "duration",
    }.items():
        typed = from_rest(text, kind)
        assert not isinstance(typed, str)
        assert to_rest(typed) == text
        assert from_rest(text) == text  # text is never guessed at


@pytest.mark.parametrize(("text", "kind"), [("12.5.2026", "date"), ("", "duration"), ("2026-02-30", "date")])
def test_text_that_is_not_what_its_form_says_is_a_fault(text: str, kind: str) -> None:
    with pytest.raises(FeelFault):
        from_rest(text, kind)


def test_contexts_rest_with_sorted_keys_all_the_way_down() -> None:
    kept = to_rest({"b": Decimal(1), "a": [{"d": None, "c": True}]})
    assert json.dumps(kept) == '{"a": [{"c": true, "d": null}], "b": 1}'


def test_ranges_rest_as_their_text_and_functions_not_at_all() -> None:
    assert to_rest(Range(Decimal(1), Decimal(5), True, False)) == "[1..5)"
    with pytest.raises(FeelFault, match="A function cannot be kept in a variable"):
        to_rest({"f": Function((), lambda run, arguments: None)})


def test_sealed_values_come_and_go_as_their_commitment() -> None:
    assert from_rest({"sealed": "ab12"}) == Sealed("ab12")
    assert to_rest({"remark": Sealed("ab12")}) == {"remark": {"sealed": "ab12"}}
    assert is_sealed({"sealed": "ab12"})
    assert not is_sealed({"sealed": "ab12", "more": 1})
    assert not is_sealed("sealed")


def test_what_is_no_json_is_refused_and_not_looked_into() -> None:
    for value in (object(), {1: 2}, float("nan"), float("inf"), b"bytes", {"a": {1, 2}}):
        with pytest.raises(FeelFault):
            from_rest(value)
    with pytest.raises(FeelFault, match="surrogate"):
        to_rest("\ud800")


def test_nothing_kept_is_shared() -> None:
    inner = [Decimal(1)]
    kept = to_rest({"a": inner, "b": inner})
    assert isinstance(kept, dict)
    kept["a"].append(2)
    assert (kept["b"], inner) == ([1], [Decimal(1)])


def test_the_canonical_form_does_not_depend_on_the_order_of_keys() -> None:
    assert canonical({"b": 1, "a": {"d": 2, "c": "æ"}}) == canonical({"a": {"c": "æ", "d": 2}, "b": 1})
    assert canonical({"b": 1, "a": [1.5, None, True]}) == b'{"a":[1.5,null,true],"b":1}'


@given(st.integers(-(2**53), 2**53))
def test_every_integer_in_range_is_kept(number: int) -> None:
    assert to_rest(from_rest(number)) == number


@given(st.floats(-(2.0**53), 2.0**53))
def test_every_float_in_range_is_kept(number: float) -> None:
    kept = to_rest(from_rest(number))
    assert kept == number
    assert to_rest(from_rest(kept)) == kept
