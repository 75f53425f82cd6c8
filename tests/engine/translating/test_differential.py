"""Whatever Python expression is translated, FEEL gives what Python gives: over generated expressions and data.

The other ways out are a refusal, and, where the data are of another kind than the expression expects, an incident.
"""

import re
import warnings
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from service.engine import feel
from service.engine.calendars import calendar
from service.engine.translating import Untranslatable, condition_to_feel, to_feel

CONTEXT = feel.Context(datetime(2026, 1, 5, 12, tzinfo=UTC), ZoneInfo("Europe/Copenhagen"), calendar("DK"))
TYPES = {"n": "integer", "k": "integer", "s": "string", "t": "string", "l": "array", "o": "object", "b": "boolean"}
BUILTINS: dict[str, Any] = {"__builtins__": {}} | {
    function.__name__: function for function in (len, round, abs, sum, min, max, any, all, sorted, bool, list, str, int)
}

INTEGERS = st.integers(-6, 6)
TEXTS = st.sampled_from(["", "a", "ab", "for", "against", "æ(b"])
NUMBERS = st.lists(INTEGERS, max_size=4)
ROWS = st.lists(
    st.fixed_dictionaries({"vote": st.sampled_from(["for", "against"]), "w": INTEGERS, "item": INTEGERS}), max_size=4
)
OBJECTS = st.dictionaries(st.sampled_from(["a", "b", "c d"]), INTEGERS | TEXTS, max_size=3)
ANYTHING = st.none() | INTEGERS | TEXTS | NUMBERS | OBJECTS | ROWS
SOUND = st.fixed_dictionaries(
    {
        "n": INTEGERS,
        "k": INTEGERS,
        "s": TEXTS,
        "t": TEXTS,
        "l": NUMBERS,
        "o": st.fixed_dictionaries({"a": INTEGERS, "x y": TEXTS}),
        "b": st.booleans(),
        "rows": ROWS,
        "u": INTEGERS,
    }
)
WILD = st.fixed_dictionaries(
    {
        "n": st.none() | INTEGERS,
        "k": st.none() | INTEGERS,
        "s": st.none() | TEXTS,
        "t": st.none() | TEXTS,
        "l": st.none() | NUMBERS,
        "o": st.none() | OBJECTS,
        "b": st.none() | st.booleans(),
        "rows": ANYTHING,
        "u": ANYTHING,
    }
)

NUMBER_ATOMS = [
    "n",
    "k",
    "u",
    "0",
    "1",
    "-2",
    "3.5",
    "o['a']",
    "o.get('a', 7)",
    "o.get('z', 7)",
    "len(s)",
    "len(l)",
    "len(u)",
]
TEXT_ATOMS = [
    "s",
    "t",
    "''",
    "'a'",
    "'for'",
    "s.upper()",
    "s.replace('a', '$')",
    "o['x y']",
    "s[0]",
    "s[-1]",
    "str(len(s))",
]
LIST_ATOMS = ["l", "[]", "[n, k]", "[1, 2, 3]", "sorted(l)", "sorted(l, reverse=True)", "s.split('b')", "list(l)"]
TRUTH_ATOMS = [
    "b",
    "True",
    "False",
    "n > 2",
    "s == 'for'",
    "'a' in s",
    "n in l",
    "'a' in o",
    "u in [1, 'a']",
    "u is None",
]
ROW_ATOMS = ["v['w']", "v['vote']", "v['item']", "v['w'] > n", "v['vote'] == 'for'", "v", "n"]


def shaped(shapes: list[str], *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """One of the shapes, filled with the parts."""
    return st.tuples(st.sampled_from(shapes), *parts).map(lambda it: it[0].format(*it[1:]))


def expressions(depth: int) -> dict[str, st.SearchStrategy[str]]:
    """Expressions by the kind of their values, so many levels deep."""
    atoms = {
        "number": st.sampled_from(NUMBER_ATOMS),
        "text": st.sampled_from(TEXT_ATOMS),
        "list": st.sampled_from(LIST_ATOMS),
        "truth": st.sampled_from(TRUTH_ATOMS),
    }
    if depth == 0:
        return atoms
    inner = expressions(depth - 1)
    number, text, items, truth = (inner[kind] for kind in ("number", "text", "list", "truth"))
    whatever = st.one_of(*inner.values())
    chosen = ["({1}) if ({0}) else ({2})", "({1}) or ({2})", "({1}) and ({2})"]
    row = st.sampled_from(ROW_ATOMS)
    return {
        "number": st.one_of(
            atoms["number"],
            shaped(
                ["({0}) + ({1})", "({0}) - ({1})", "({0}) * ({1})", "({0}) % ({1})", "({0}) // ({1})"], number, number
            ),
            shaped(["-({0})", "abs({0})", "round({0})", "({0}) ** 2", "int({0})"], number),
            shaped(["len({0})", "sum({0})", "max({0})", "min({0})", "({0})[0]", "({0})[-1]", "({0})[n]"], items),
            shaped(
                ["sum(v['w'] for v in rows if {0})", "sum({0} for v in rows)", "len([v for v in rows if {0}])"], row
            ),
            shaped(["max({0}, {1})", "min({0}, {1}, 3)"], number, number),
            shaped(chosen, truth, number, number),
        ),
        "text": st.one_of(
            atoms["text"],
            shaped(["({0}) + ({1})"], text, text),
            shaped(["({0}).lower()", "({0}).upper()", "({0}).replace('(', '.')"], text),
            shaped(["'-'.join(({0}).split('a'))"], text),
            shaped(chosen, truth, text, text),
        ),
        "list": st.one_of(
            atoms["list"],
            shaped(["({0}) + ({1})"], items, items),
            shaped(
                ["[x for x in {0} if {1}]", "[{1} for x in {0}]", "[[x, {1}] for x in {0} if x != n]"], items, whatever
            ),
            shaped(["[{0} for v in rows]", "[v['w'] for v in rows if {0}]", "[{0} for v in rows for x in l]"], row),
            shaped(["[({0}), ({1})]"], whatever, whatever),
            shaped(chosen, truth, items, items),
        ),
        "truth": st.one_of(
            atoms["truth"],
            shaped(["not ({0})", "bool({0})"], whatever),
            shaped(["({0}) and ({1})", "({0}) or ({1})", "({0}) == ({1})"], truth, truth),
            shaped(["({0}) < ({1})", "({0}) >= ({1})", "({0}) == ({1})", "1 < ({0}) <= ({1}) != 4"], number, number),
            shaped(["({0}) == ({1})", "({0}) < ({1})", "({0}) in ({1})", "({0}).startswith({1})"], text, text),
            shaped(["({0}) in ({1})", "({0}) not in ({1})"], number, items),
            shaped(["({0}) is None", "({0}) == None", "({0}) is not None"], whatever),
            shaped(["any({0})", "all({0})"], items),
            shaped(["any({0} for v in rows)", "all({0} for v in rows if n)", "any(v for v in rows if {0})"], row),
        ),
    }


GROWN = st.one_of(*expressions(2).values())


def same(python: Any, found: Any) -> bool:
    """Whether two values are one; a fraction is one to ten digits."""
    if isinstance(python, bool) or python is None or isinstance(python, str):
        return found is python or (isinstance(python, str) and found == python)
    if isinstance(python, int | float):
        return isinstance(found, Decimal) and abs(Decimal(python) - found) <= Decimal("1e-9") * (1 + abs(found))
    if isinstance(python, list):
        return isinstance(found, list) and len(python) == len(found) and all(map(same, python, found))
    return (
        isinstance(found, dict)
        and python.keys() == found.keys()
        and all(same(python[key], found[key]) for key in python)
    )


def differential(text: str, data: dict[str, Any]) -> tuple[Any, Any, str]:
    """What Python gives, what FEEL gives (a FeelFault where it stops), and the FEEL text. Skips what is refused."""
    try:
        translated = to_feel(text, TYPES)
    except Untranslatable as reason:
        assert str(reason)
        assume(False)
        raise
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            expected = eval(text, BUILTINS | data)  # noqa: S307 - the judge, of texts that this file writes
    except (TypeError, IndexError, KeyError, ValueError, AttributeError, ArithmeticError):
        assume(False)
        raise
    try:
        found: Any = feel.parse(translated).evaluate(data, CONTEXT)
    except feel.FeelFault as fault:
        found = fault
    return expected, found, translated


@settings(deadline=None, max_examples=400)
@given(GROWN, SOUND)
@example("[v for v in rows if v['item'] > n]", {"rows": [{"vote": "for", "w": 1, "item": 2}], "n": 1})
@example("sum(l)", {"l": []})
@example("not l", {"l": []})
@example("s[0]", {"s": "ab"})
@example("o.get('a', 7)", {"o": {"a": None}})
@example("'a' in o", {"o": {"a": None}})
@example("len(o)", {"o": {"a": 1, "b": 2}})
def test_over_sound_data_feel_gives_what_python_gives(text: str, data: dict[str, Any]) -> None:
    expected, found, translated = differential(text, data)
    if isinstance(found, feel.FeelFault) and re.search("cannot be|have no order", found.message):
        return  # Python compares things of two kinds, orders lists, and multiplies texts
    assert same(expected, found), (text, translated, data, expected, found)


@settings(deadline=None, max_examples=400)
@given(GROWN, WILD)
@example("s and n", {"s": None, "n": 1})
@example("not b", {"b": None})
@example("b or 3", {"b": None})
@example("len(u)", {"u": {"a": 1, "b": 2}})
@example("[x for x in u]", {"u": {"a": 1}})
@example("u[0]", {"u": "ab"})
@example("date and time", {"date": [], "time": 1})
def test_over_any_data_feel_gives_the_same_or_stops(text: str, data: dict[str, Any]) -> None:
    expected, found, translated = differential(text, data)
    assert isinstance(found, feel.FeelFault) or same(expected, found), (text, translated, data, expected, found)


@settings(deadline=None, max_examples=300)
@given(GROWN, WILD)
def test_a_condition_is_what_python_takes_for_true(text: str, data: dict[str, Any]) -> None:
    expected, _, _ = differential(text, data)
    try:
        condition = condition_to_feel(text, TYPES)
    except Untranslatable:
        return
    try:
        found = feel.parse(condition).evaluate_condition(data, CONTEXT)
    except feel.FeelFault:
        return
    assert found is bool(expected), (text, condition, data, expected)


@pytest.mark.parametrize("text", ["max(l) == 3", "min(l) != 3", "max([]) == n", "n in [max(l)]", "max([v for v in l])"])
def test_of_an_empty_list_python_and_feel_both_stop(text: str) -> None:
    data: dict[str, Any] = {"l": [], "n": 1}
    with pytest.raises(ValueError, match="empty"):
        eval(text, BUILTINS | data)  # noqa: S307 - the judge, of texts that this file writes
    with pytest.raises(feel.FeelFault, match="has 0 elements"):
        feel.parse(to_feel(text, TYPES)).evaluate(data, CONTEXT)
    assert feel.parse(to_feel("max(l)", TYPES)).evaluate({"l": [2, 3, 1]}, CONTEXT) == 3
