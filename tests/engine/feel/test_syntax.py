"""What cannot be read is refused with a sentence and a place."""

import pytest

from service.engine.feel import FeelSyntaxError, parse
from tests.engine.feel.asking import rested


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("", "A value must stand here, not the end.", ""),
        ("1 +", "A value must stand here, not the end.", ""),
        ("1 2", "`2` cannot stand here.", "2"),
        ("a == b", "A value must stand here, not `=`.", "="),
        ("(1", "After the expression in brackets comes `)`, not the end.", ""),
        ("[1, 2", "After the items of a list comes `]`, not the end.", ""),
        ("{a 1}", "After the name of an entry comes `:`, not `}`.", "}"),
        ("if a then b", "After the value after `then` comes `else`, not the end.", ""),
        ("for x in y", "After the lists of `for` comes `return`, not the end.", ""),
        ("[1..2", "A range ends with `]`, `)` or `[`, not the end.", ""),
        ('"abc', 'The string that begins here has no closing " on its line.', '"abc'),
        ('@"yesterday"', "`yesterday` is no date, time, date and time, or duration.", '@"yesterday"'),
        ('@"2026-02-30"', "There is no day 2026-02-30.", '@"2026-02-30"'),
        ("1e99999", "`1e99999` is no number that can be held.", "1e99999"),
        ("2 \u202e 3", "the character U+202E cannot stand here.", "\u202e"),
        ("x # y", "`#` cannot stand here.", "#"),
        ("function(x: ) x", "A type must stand here, not `)`.", ")"),
        ('"\\uD800"', "The string holds half of a surrogate pair, which is no character.", '"\\uD800"'),
    ],
)
def test_refusals_say_what_and_where(text: str, message: str, place: str) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        parse(text)
    assert (caught.value.message, caught.value.sub_expression) == (message, place)


def test_comments_and_space_are_passed_over() -> None:
    assert rested("1 /* one */ + // and\n 2 /* ** */") == 3


def test_strings_hold_escapes_and_any_character() -> None:
    assert rested(r'"a\"b\\c\n\t\u00e6\U01F40E"') == 'a"b\\c\n\t\u00e6\U0001f40e'
    assert rested(r'"\uD83D\uDE00"') == "\U0001f600"
    assert rested(r'"\d"') == r"\d"


def test_ranges_may_be_written_in_every_way() -> None:
    assert rested("[[1..2], (1..2), ]1..2[, [1..2[, (< 5), (>= 5)]") == [
        "[1..2]",
        "(1..2)",
        "(1..2)",
        "[1..2)",
        "(..5)",
        "[5..)",
    ]


def test_a_filter_may_stand_in_the_end_of_a_range() -> None:
    assert rested("3 in [1..[5, 3][2]]") is True
    assert rested("]1..[5, 3][1][") == "(1..5)"
