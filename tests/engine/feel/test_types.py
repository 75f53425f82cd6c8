"""What `instance of` says of functions, which is read off their text, and what it does not ask."""

import pytest

from service.engine.feel import Context, parse
from service.engine.feel.kinds.types import ListType, Restricted, Simple
from tests.engine.feel.asking import NOON, context, reason, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what a function gives must be of the type, or of a narrower one
        ('(function() "yes") instance of function<> -> string', True),
        ('(function() "yes") instance of function<>->Any', True),
        ("(function() 1) instance of function<> -> string", False),
        ("(function() {a: 1, b: 2}) instance of function<> -> context<a: number>", True),
        ("(function() {a: 1}) instance of function<> -> context<a: number, b: number>", False),
        ("(function() [1, 2]) instance of function<> -> list<number>", True),
        ('(function() [1, "b"]) instance of function<> -> list<number>', False),
        ("(function(a) a > 1) instance of function<number> -> boolean", True),
        ("(function() function() 1) instance of function<> -> function<> -> number", True),
        ("(function() null) instance of function<> -> number", True),
        # what cannot be told from the text is believed
        ("(function(a) a) instance of function<number> -> string", True),
        # what it takes must be of the type, or of a wider one
        ("(function(a: string, b: number) 1) instance of function<string, number> -> number", True),
        ("(function(a: string) 1) instance of function<number> -> number", False),
        ("(function(a) 1) instance of function<number> -> number", True),
        ("(function(a: string) 1) instance of function<string, string> -> number", False),
        ("(function(c: context<a: string>) 1) instance of function<context<a: string, b: string>> -> number", True),
        ("(function(c: context<a: string, b: string>) 1) instance of function<context<a: string>> -> number", False),
        ("(function(c: list<number>) 1) instance of function<list<number>> -> number", True),
        ("(function(c: range<number>) 1) instance of function<range<date>> -> number", False),
        ("[function() 1] instance of list<function<> -> number>", True),
        ("{f: function() 1} instance of context<f: function<> -> string>", False),
        ("1 instance of function<> -> number", False),
    ],
)
def test_the_type_of_a_function(text: str, expected: bool) -> None:
    assert value(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abs instance of function<number> -> number", True),
        ("abs instance of function<years and months duration> -> years and months duration", True),
        ("abs instance of function<string> -> number", False),
        ("string length instance of function<string> -> number", True),
        ("string length instance of function<string> -> string", False),
        ("string length instance of function<number> -> number", False),
        ("string length instance of function<string, string> -> number", False),
        ("floor instance of function<number> -> number", True),
        ("floor instance of function<number, number> -> number", True),
        ("floor instance of function<number, number, number> -> number", False),
        ("upper case instance of function<string> -> string", True),
        ("not instance of function<boolean> -> boolean", True),
        ("count instance of function<list<string>> -> number", True),
        ("max instance of function<number, number, number> -> number", True),
        ("split instance of function<string, string> -> list<string>", True),
        ("sort instance of function<list<number>, function<number, number> -> boolean> -> list<number>", True),
        ("sort instance of function<list<number>, number> -> list<number>", False),
        ("time instance of function<string> -> time", True),
        ("time instance of function<string> -> date and time", False),
        ("now instance of function<> -> date and time", True),
        ("before instance of function<number, range<number>> -> boolean", True),
        ("get value instance of function<context<a: number>, string> -> number", True),
        ("[abs, floor] instance of list<function<number> -> number>", True),
        ("count instance of function", True),
    ],
)
def test_the_type_of_a_built_in_function_is_that_of_its_signatures(text: str, expected: bool) -> None:
    assert value(text) is expected


def test_a_built_in_function_may_be_handed_to_a_parameter_of_its_type() -> None:
    assert value('{x: function(f: function<string> -> number) f("abc"), y: x(string length)}.y') == 3
    assert reason("(function(f: function<number> -> string) 1)(floor)") == (
        "`f`: a function is not of the type function<number> -> string."
    )


def test_instance_of_does_not_ask_for_allowed_values_but_a_parameter_does() -> None:
    share = Restricted(Simple("number"), lambda found: 0 <= found <= 1, "[0..1]")  # type: ignore[operator]  # numbers
    plain = context()
    known = Context(
        NOON, plain.zone, plain.calendar, strict=False, types={"share": share, "shares": ListType(Simple("share"))}
    )

    def found(text: str) -> object:
        return parse(text, types=known.types).explain({}, known).value

    assert found("2 instance of share") is True
    assert found('"2" instance of share') is False
    assert found("[2, 0] instance of shares") is True
    assert found("(function(part: share) part)(1)") == 1
    assert found("(function(part: share) part)(2)") is None
    assert found("(function(part: share) 1) instance of function<share> -> number") is True
