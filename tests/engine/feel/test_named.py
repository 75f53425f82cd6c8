"""Arguments by name are the same arguments by place, whichever way a function may be called."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.engine.feel.builtins import BUILTINS
from service.engine.feel.builtins.table import Argument, Overload
from service.engine.feel.errors import Unanswerable
from service.engine.feel.expression import parse
from service.engine.feel.kinds.compare import same
from service.engine.feel.run import Run
from tests.engine.feel.asking import context, reason, value

SAMPLES: Mapping[str, tuple[str, ...]] = {
    "number": ("0", "1", "2", "-1.5", "2026", "12"),
    "string": (
        '""',
        '"foobar"',
        '"o"',
        '"2026-05-12"',
        '"10:20:30"',
        '"1 000,5"',
        '","',
        '" "',
        '"P1D"',
        '"[1..3]"',
        '"i"',
    ),
    "boolean": ("true", "false"),
    "null": ("null",),
    "date": ('@"2026-05-12"', '@"2025-12-31"'),
    "time": ('@"10:20:30"', '@"23:59:59Z"'),
    "date and time": ('@"2026-05-12T10:20:30"', '@"2025-12-31T00:00:00Z"'),
    "days and time duration": ('@"PT1H"', '@"-P1D"'),
    "years and months duration": ('@"P1Y"', '@"-P1M"'),
    "list": (
        "[]",
        "[1, 2, 3]",
        "[3, 2, 2]",
        '["a", "key"]',
        "[true, null]",
        '[{key: "a", value: 1}, {key: "b", value: 2}]',
    ),
    "context": ("{}", "{key: 1, a: {key: 2}}"),
    "range": ("[1..3]", "(1..3]", "[1..2)", "[3..12]", '[@"2025-12-31"..@"2026-05-12"]', "(< 2)"),
    "function": ("function(a, b) a < b", "function(a, b) a = 2"),
}
VALUES: dict[type, list[object]] = {}
for text in (text for texts in SAMPLES.values() for text in texts):
    found = parse(text).evaluate({}, context())
    VALUES.setdefault(type(found), []).append(found)
WAYS = [way for builtin in BUILTINS.values() for way in builtin.overloads if way.arguments]


def arguments(argument: Argument) -> st.SearchStrategy[Any]:
    """Values of the kinds of a parameter; for one that takes all that follow, the list of them."""
    fitting = [it for kind, each in VALUES.items() if argument.kinds is None or kind in argument.kinds for it in each]
    one = st.sampled_from(fitting)
    return st.lists(one, min_size=2, max_size=3) if argument.rest else one


def outcome(way: Overload, given: list[Any], names: tuple[str, ...] = ()) -> Any:
    """What a call gives; why not, where it gives nothing."""
    try:
        return [BUILTINS[way.function].call(Run({}, context()), given, names)]
    except Unanswerable:
        return None


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.function}({', '.join(way.names)})")
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_by_name_and_by_place_are_the_same(way: Overload, data: st.DataObject) -> None:
    count = data.draw(st.integers(sum(not it.optional for it in way.arguments), len(way.arguments)))
    given = [data.draw(arguments(argument)) for argument in way.arguments[:count]]
    placed = [*given[:-1], *given[-1]] if way.arguments[-1].rest and count == len(way.arguments) else given
    names = way.names[:count]
    by_place, by_name = outcome(way, placed), outcome(way, given, names)
    assert same(by_place, by_name, lambda _: None), (given, by_place, by_name)
    others = [it for it in BUILTINS[way.function].overloads if set(it.names) == set(way.names)]
    if len(others) == 1:
        turned = outcome(way, given[::-1], names[::-1])
        assert same(turned, by_name, lambda _: None), (given, turned, by_name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("before(range: [1..2], point: 3)", True),
        ("before(point: 3, range: [1..2])", False),
        ("after(range: [1..2], point: 3)", False),
        ("after(point: 3, range: [1..2])", True),
        ("append(list: [1], item: 2)", [1, 2]),
        ("append(list: [1], item: [2, 3])", [1, 2, 3]),
        ("concatenate(list: [[1], [2]])", [1, 2]),
        ("includes(point: 2, range: [1..3])", True),
    ],
)
def test_names_say_which_argument_is_which(text: str, expected: object) -> None:
    assert value(text) == expected


def test_a_point_under_the_name_of_a_range_is_refused() -> None:
    assert reason("before(point: [1..2], range: 3)") == "`before` wants a range for `range`, not a number."
