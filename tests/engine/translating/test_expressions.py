"""Python expressions → FEEL: the same meaning, or a reason."""

import ast
import itertools
import operator
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.engine import feel
from service.engine.calendars import calendar
from service.engine.translating import Untranslatable, to_feel

TYPES = {"votes": "array", "name": "string", "form": "object"}
CONTEXT = feel.Context(datetime(2026, 1, 5, 12, tzinfo=UTC), ZoneInfo("Europe/Copenhagen"), calendar("DK"))


@pytest.mark.parametrize(
    ("python", "expected"),
    [
        ("approved == True", "approved = true"),
        ("approved is not None", "approved != null"),
        ("not approved", 'approved in (null, false, 0, "", [], {})'),
        ("a > 1 and (b == 2 or c != 3)", "a > 1 and (b = 2 or c != 3)"),
        ("1 < n <= 5", "1 < n and n <= 5"),
        ("(a == b) == c", "(a = b) = c"),
        ("len(votes) >= 2", "count(votes) >= 2"),
        ("len(name) >= 2", "string length(name) >= 2"),
        (
            "len(x)",
            (
                "if x instance of string then string length(x) "
                "else if x instance of context then count(get entries(x)) else count(x)"
            ),
        ),
        ('choice in ["for", "against"]', 'list contains(["for", "against"], choice)'),
        ('"urgent" in name', 'contains(name, "urgent")'),
        ('"key" in form', 'list contains(get entries(form).key, "key")'),
        ("x not in votes", "not(list contains(votes, x))"),
        ('case["owner"]["name"]', "case.owner.name"),
        ('case["the owner"]', 'get value(case, "the owner")'),
        ('case.get("owner")', 'get value(case, "owner")'),
        ('form.get("n", 0)', 'if list contains(get entries(form).key, "n") then get value(form, "n") else 0'),
        ("votes[0]", "votes[1]"),
        ("votes[-1]", "votes[-1]"),
        ("n % 2 == 0", "modulo(n, 2) = 0"),
        ("n // 2", "floor(n / 2)"),
        ("-n ** 2", "-(n ** 2)"),
        ("2 ** 3 ** 2", "2 ** (3 ** 2)"),
        ("a - (b - c)", "a - (b - c)"),
        ("a if b > 1 else c", "if b > 1 then a else c"),
        ("(a if b > 1 else c) + 1", "(if b > 1 then a else c) + 1"),
        ("1e-7", "0.0000001"),
        ("1_000", "1000"),
        ("'it\"s'", '"it\\"s"'),
        ('{"a": [1, (2, 3)]}', "{a: [1, [2, 3]]}"),
        ("votes + [1]", "concatenate(votes, [1])"),
        ('all(v == "for" for v in votes)', 'every v in votes satisfies v = "for"'),
        ('any(v["choice"] == "for" for v in votes)', 'some v in votes satisfies v.choice = "for"'),
        ("[v['n'] for v in votes]", "for v in votes return v.n"),
        ("max(a, b)", "max([a, b])"),
        ("max(votes)", "max(votes)[1]"),
        ("round(x, 2)", "decimal(x, 2)"),
        ("timedelta(days=2)", 'duration("P2D")'),
        ("timedelta(weeks=1, hours=3, minutes=5)", 'duration("P7DT3H5M")'),
        ("datetime.now() + timedelta(minutes=15)", 'now() + duration("PT15M")'),
    ],
)
def test_what_has_an_equal_is_translated_and_is_feel(python: str, expected: str) -> None:
    assert to_feel(python, TYPES) == expected
    feel.parse(expected)


@pytest.mark.parametrize(
    "python",
    [
        "().__class__",
        "__import__('os').system('true')",
        "x.__class__",
        "open('x', 'w').write('y')",
        "eval('1')",
        "f'{x}'",
        "lambda: 1",
        "(x := 1)",
        "name.strip()",
        "votes[i]",
        "votes[1:2]",
        "[a for a, b in votes]",
        "{v: 1 for v in votes}",
        "[*votes]",
        "{1, 2}",
        "{1: 2}",
        "x @ y",
        "~x",
        "1j",
        "b'x'",
        "1e999",
        "...",
        "await x",
        "'%s' % x",
        "timedelta(days=name)",
        "timedelta(microseconds=n)",
        "int(name)",
        "str(x)",
        "str(n)",
        "range(n)",
        "sorted(votes, key=len)",
        "max(votes, default=0)",
        "flag in [True, 1]",
        "x is y",
        "(1, 2) == x",
        "votes * 2",
        "name == 1",
        "not timedelta(days=1)",
        '{"a": 1, "b": a}',
        "d.seconds",
        "item",
        "function",
        "import os",
        "x = 1",
        "if a then b else c",
        "",
        "(" * 3_000 + ")" * 3_000,
        "not " * 2_400 + "x",
        "-" * 9_999 + "1",
        "x" * 10_001,
        "x\0",
        "x" + "[0]" * 300,
        "0 < (" * 90 + "x" + ") < 1" * 90,
        "[v for v in " * 90 + "votes" + " if v]" * 90,
        "sum(" * 90 + "votes" + ")" * 90,
        "sum(sum(" * 40 + "x for x in votes" + ") for v in votes)" * 40,
        " or ".join(["x"] * 2_000),
        "x.get('a', " * 200 + "1" + ")" * 200,
    ],
)
def test_what_has_none_is_refused_with_a_reason(python: str) -> None:
    with pytest.raises(Untranslatable) as caught:
        to_feel(python, TYPES)
    assert str(caught.value)


NAMES = {"a": 3, "b": -2, "c": 7}
NUMBERS = st.recursive(
    st.sampled_from(sorted(NAMES)) | st.integers(0, 9).map(str),
    lambda inner: (
        st.tuples(inner, st.sampled_from("+-*%"), inner).map(lambda it: f"({it[0]}) {it[1]} ({it[2]})")
        | inner.map(lambda it: f"-({it})")
    ),
    max_leaves=6,
)
TRUTHS = st.recursive(
    st.tuples(NUMBERS, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), NUMBERS).map(" ".join),
    lambda inner: (
        st.tuples(inner, st.sampled_from(["and", "or", "=="]), inner).map(lambda it: f"({it[0]}) {it[1]} ({it[2]})")
        | inner.map(lambda it: f"not ({it})")
    ),
    max_leaves=4,
)


OPERATIONS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Mod: operator.mod,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def _of_python(node: ast.expr) -> Any:
    """The value that Python gives the texts above."""
    if isinstance(node, ast.Name):
        return NAMES[node.id]
    if isinstance(node, ast.UnaryOp):
        return -_of_python(node.operand) if isinstance(node.op, ast.USub) else not _of_python(node.operand)
    if isinstance(node, ast.BinOp):
        return OPERATIONS[type(node.op)](_of_python(node.left), _of_python(node.right))
    if isinstance(node, ast.BoolOp):
        values = [_of_python(value) for value in node.values]
        return all(values) if isinstance(node.op, ast.And) else any(values)
    if isinstance(node, ast.Compare):
        return OPERATIONS[type(node.ops[0])](_of_python(node.left), _of_python(node.comparators[0]))
    assert isinstance(node, ast.Constant)
    return node.value


@given(NUMBERS | TRUTHS)
def test_the_feel_gives_what_the_python_gives(text: str) -> None:
    try:
        expected = _of_python(ast.parse(text, mode="eval").body)
    except ZeroDivisionError:
        return
    assert feel.parse(to_feel(text)).evaluate(NAMES, CONTEXT) == expected


def test_both_answers_about_text_and_lists_are_right() -> None:
    for container, item in itertools.product(("abc", ["a", "b"]), ("a", "z")):
        contained = feel.parse(to_feel("x in y")).evaluate({"x": item, "y": container}, CONTEXT)
        counted = feel.parse(to_feel("len(y)")).evaluate({"y": container}, CONTEXT)
        assert (contained, counted) == (item in container, len(container))
