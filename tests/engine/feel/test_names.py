"""Names: with blanks and signs in them, the longest known one, and which a text needs."""

import pytest

from service.engine.feel import FeelSyntaxError, parse
from tests.engine.feel.asking import context, fault, reason, rested


def evaluated(text: str, values: dict[str, object]) -> object:
    return parse(text, values).evaluate(values, context(strict=True))


def test_names_may_hold_blanks_signs_and_keywords() -> None:
    values: dict[str, object] = {
        "date of birth": "x",
        "profit and loss": 3,
        "a-b": 7,
        "it's in": 1,
        "km/h": 80,
        "in stock": 2,
    }
    assert evaluated("date of birth", values) == "x"
    assert evaluated("profit   and loss + 1", values) == 4
    assert evaluated("a-b", values) == 7
    assert evaluated("it's in + km/h + in stock", values) == 83


def test_the_longest_known_name_wins() -> None:
    assert evaluated("a-b", {"a": 5, "b": 2}) == 3
    assert evaluated("a-b", {"a": 5, "b": 2, "a-b": 10}) == 10
    assert evaluated("a - b", {"a": 5, "b": 2, "a-b": 10}) == 10
    assert evaluated("date and time = 1", {"date and time": 1}) is True


def test_names_are_in_any_alphabet() -> None:
    assert evaluated("frist_i_år + größe + 数", {"frist_i_år": 1, "größe": 2, "数": 3}) == 6


def test_names_of_the_text_itself_may_hold_blanks() -> None:
    assert rested("{net price: 10, vat: net price * 0.25}") == {"net price": 10, "vat": 2.5}
    assert rested("for each vote in [1, 2] return each vote + 1") == [2, 3]
    assert rested("{add up: function(one part, another part) one part + another part, r: add up(1, 2)}.r") == 3
    assert rested("[{net price: 1}, {net price: 2}][net price > 1].net price") == [2]


def test_a_text_says_which_names_it_needs() -> None:
    expression = parse('count(votes[choice = "for" and x > quorum]) > min seats and {a: b, c: a}.c', {"min seats"})
    assert expression.names == {"votes", "min seats", "b"}
    assert expression.possible == {"choice", "x", "quorum"}


def test_names_that_are_not_known_beforehand_are_found_when_they_are_one_word() -> None:
    assert parse("amount > 10").names == {"amount"}
    assert parse("amount > 10").evaluate_condition({"amount": 11}, context()) is True


def test_an_unknown_name_is_null_or_a_fault_that_names_it() -> None:
    assert reason("x + 1") == "Nothing is called `x` here."
    error = fault("1 + (nothing * 2)")
    assert (error.message, error.sub_expression) == ("Nothing is called `nothing` here.", "nothing")


def test_two_words_that_are_no_name_are_refused_with_the_pair() -> None:
    with pytest.raises(FeelSyntaxError, match="`monthly salary` is no name that is known here"):
        parse("monthly salary > 10")


def test_a_variable_does_not_hide_a_function_from_a_call() -> None:
    assert evaluated('date(date) = @"2026-05-12" and count([count]) = 1', {"date": "2026-05-12", "count": 3}) is True


def test_a_function_is_a_value() -> None:
    assert rested("{f: count, r: f([1, 2])}.r") == 2
    assert rested("sort([3, 1, 2], before)") == [1, 2, 3]


def test_entries_of_an_item_come_before_names_around_a_filter() -> None:
    values: dict[str, object] = {"votes": [{"n": 1}, {"n": 2}, {"m": 3}], "n": 9, "m": 3}
    assert evaluated("count(votes[n > 1])", values) == 2  # the third has no n, and takes the one outside
    assert evaluated("votes[item.n = 1]", {"votes": [{"n": 1}]}) == [{"n": 1}]
    assert evaluated("votes[item = 4].item", {"votes": [{"item": 4}]}) == [4]


@pytest.mark.parametrize("text", ["for", "x.", "x..y", "then", "1 instance of", "f(a:)", "{for: 1}", "a b: 1"])
def test_broken_names_are_refused(text: str) -> None:
    with pytest.raises(FeelSyntaxError):
        parse(text)


def test_only_a_function_hides_a_built_in_function() -> None:
    assert rested('{date: "2026-05-12", day: date(date).day}.day') == 12
    assert rested("{max: function(a, b) a, first: max(1, 2)}.first") == 1
    assert rested("(function(count) count([1, 2]))(5)") == 2
