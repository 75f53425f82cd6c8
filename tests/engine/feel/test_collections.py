"""Lists, contexts, filters, paths, loops and functions."""

import pytest

from service.engine.feel import parse
from tests.engine.feel.asking import context, explained, fault, reason, rested, value

VOTES = [{"by": "a", "choice": "for"}, {"by": "b", "choice": "against"}, {"by": "c", "choice": "for"}]


def test_filters_by_condition_and_by_position() -> None:
    assert rested('votes[choice = "for"].by', votes=VOTES) == ["a", "c"]
    assert rested("votes[2].by", votes=VOTES) == "b"
    assert rested("votes[-1].by", votes=VOTES) == "c"
    assert rested("votes[at].by", votes=VOTES, at=1) == "a"
    assert rested("[1, 2, 3][item > 1]") == [2, 3]
    assert rested("[1, 2, 3][even(item)]") == [2]
    assert rested("[true, false][item]") == [True]


def test_a_value_alone_is_filtered_as_a_list_of_it() -> None:
    assert rested('"a"[1]') == "a"
    assert rested("5[item > 9]") == []
    assert rested("null[item > 1]") == []


@pytest.mark.parametrize("position", ["0", "4", "-4", "0.5", "1E40"])
def test_a_position_that_is_not_there_has_a_reason(position: str) -> None:
    assert reason(f"[1, 2, 3][{position}]")


def test_a_filter_that_says_neither_is_named() -> None:
    assert reason('[1, 2]["x"]') == "A filter says true or false of an item, not a string."
    assert (
        reason('[1, 2, 3][if item < 3 then true else "x"]') == "A filter says true or false of an item, not a string."
    )
    assert rested("[{a: true}, {a: null}][a]") == [{"a": True}]


def test_a_quantifier_that_asks_something_else_is_named() -> None:
    asked = 'if item = 2 then {} else "x"'
    for text in (f"some item in [1, 2] satisfies {asked}", f"every item in [2, 1] satisfies {asked}"):
        assert reason(text.format("true")) == "`satisfies` wants true or false, not a string."
    assert rested("some item in [null, true] satisfies item") is True
    assert rested("every item in [] satisfies item") is True


def test_paths_go_through_lists_and_contexts() -> None:
    assert rested("votes.choice", votes=VOTES) == ["for", "against", "for"]
    assert rested("{a: {b: [{c: 1}, {c: 2}]}}.a.b.c") == [1, 2]
    assert rested("{a: 1}.a") == 1


def test_a_missing_entry_is_null_or_a_fault_that_says_what_there_is() -> None:
    assert reason("{a: 1, b: 2}.c") == "There is no entry `c`, only `a`, `b`."
    assert fault("case.deadlin", case={"deadline": 1}).message == "There is no entry `deadlin`, only `deadline`."
    assert rested('get value({a: 1}, "c")') is None


def test_contexts_see_their_earlier_entries_only() -> None:
    assert rested("{a: 1, b: a + 1, c: {d: b + 1}}") == {"a": 1, "b": 2, "c": {"d": 3}}
    assert explained("{a: b, b: 1}").value == {"a": None, "b": 1}
    assert reason("{a: 1, a: 2}") == "The context has two entries of one name."
    assert rested('{"a b": 1, c: a b}.c') == 1


def test_contexts_are_walked_in_the_order_of_their_keys() -> None:
    assert list(value("{b: 1, a: 2}")) == ["a", "b"]
    assert rested("get entries({b: 1, a: 2}).key") == ["a", "b"]
    assert rested("string(x)", x={"b": 1, "a": {"d": 1, "c": 2}}) == "{a: {c: 2, d: 1}, b: 1}"


def test_for_walks_lists_ranges_and_several_at_a_time() -> None:
    assert rested("for x in [1, 2] return x * 2") == [2, 4]
    assert rested("for x in 1..3 return x") == [1, 2, 3]
    assert rested("for x in 3..1 return x") == [3, 2, 1]
    assert rested("for x in (1..4) return x") == [2, 3]
    assert rested("for x in [1, 2], y in [x, 10] return x * y") == [1, 10, 4, 20]
    assert rested('for d in @"2026-02-28"..@"2026-03-01" return string(d)') == ["2026-02-28", "2026-03-01"]
    assert rested("for x in 5 return x") == [5]
    assert reason("for x in null return x") == "Null is no list to walk through."
    assert reason("for x in 1..2.5 return x") == "Counting wants a whole number, not 2.5."


def test_for_knows_what_came_before() -> None:
    assert rested("for i in 1..5 return if i = 1 then 1 else i * partial[-1]") == [1, 2, 6, 24, 120]
    assert rested("for i in 1..3 return partial") == [[], [[]], [[], [[]]]]


def test_functions_are_called_by_position_and_by_name() -> None:
    assert rested("(function(a, b) a - b)(5, 3)") == 2
    assert rested("{f: function(a: number, b: number) a - b, r: f(b: 3, a: 5)}.r") == 2
    assert rested('substring(string: "foobar", start position: 3)') == "obar"
    assert rested("min(list: [3, 1, 2])") == 1
    assert reason("(function(a) a)(1, 2)") == "The function takes 1 arguments, not 2."
    assert reason("(function(a) a)(b: 2)") == "The function has the parameters a, not b."
    assert reason('substring(text: "foobar")') == "`substring` has no parameters called `text`."
    assert reason("(function(a: number) 1)(true)") == "`a`: a boolean is not of the type number."
    assert rested("(function(a: number) a = null)(null)") is True
    assert reason("5(1)") == "A number cannot be called."


def test_functions_remember_where_they_were_written() -> None:
    assert rested("{fs: for i in 1..3 return function(x) x + i, r: for f in fs return f(10)}.r") == [11, 12, 13]
    assert rested("{a: 1, f: function(x) x + a, g: function(a) f(a), r: g(100)}.r") == 101


def test_arguments_are_converted_as_the_standard_allows() -> None:
    assert rested("(function(l: list<number>) count(l))(5)") == 1
    assert rested('(function(s: string) s)(["a"])') == "a"
    assert rested('string length(["abc"])') == 3
    assert rested("count(7)") == 1
    assert rested('(function(m: date and time) string(m))(@"2026-05-12")') == "2026-05-12T00:00:00Z"


def test_an_external_function_is_not_run() -> None:
    text = '(function(a) external {java: {class: "java.lang.Math", method signature: "abs(int)"}})(1)'
    assert reason(text) == "A function in another language is not run."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 instance of number", True),
        ('"a" instance of number', False),
        ("null instance of Null", True),
        ("null instance of number", False),
        ("1 instance of Any", True),
        ("[1, 2] instance of list<number>", True),
        ('[1, "a"] instance of list<number>', False),
        ("{a: 1, b: 2} instance of context<a: number>", True),
        ('{a: "1"} instance of context<a: number>', False),
        ("[1..2] instance of range<number>", True),
        ('@"2026-05-12" instance of date', True),
        ('@"2026-05-12T10:00:00" instance of date and time', True),
        ('@"P1Y" instance of years and months duration', True),
        ('@"P1D" instance of years and months duration', False),
        ("(function(a: number) a) instance of function<number> -> number", True),
        ("count instance of function", True),
    ],
)
def test_instance_of(text: str, expected: bool) -> None:
    assert value(text) is expected


def test_what_comes_out_is_fresh() -> None:
    values = {"list": [{"a": [1]}]}
    text = "{one: list, two: list, three: [list[1].a, list[1].a]}"
    found = parse(text).evaluate(values, context())
    assert isinstance(found, dict)
    found["one"][0]["a"].append("changed")
    found["three"][0].append("changed")
    assert found["two"] == [{"a": [1]}]
    assert found["three"][1] == [1]
    assert values == {"list": [{"a": [1]}]}
    assert parse("[1, [2]]").evaluate({}, context()) is not parse("[1, [2]]").evaluate({}, context())


def test_a_function_means_what_was_given_where_it_was_written() -> None:
    times = value("function(a) a * factor", factor=10)
    assert value("times(2) + factor", times=times, factor=1) == 21


def test_lists_within_a_list_stay_lists_when_a_path_leads_through_them() -> None:
    assert value("[{a: {b: 1}}, {a: {b: [2, 3]}}].a.b") == [1, [2, 3]]
    assert value("[{item: 1}, {item: 2}][item >= 2]") == [{"item": 2}]
