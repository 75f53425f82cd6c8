"""Whatever the text: it is read or refused, gives a value or a fault, within its budget, and nothing else happens."""

import datetime
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.engine.feel import FeelError, parse, parse_script, parse_template, parse_unary
from service.engine.feel.builtins import BUILTINS
from service.engine.feel.kinds.compare import same
from service.engine.feel.kinds.keys import key_of
from service.engine.feel.run import Run
from service.engine.values import canonical, from_rest, to_rest
from tests.engine.feel.asking import context, value

VALUES: dict[str, object] = {
    "x": 1,
    "y": -2.5,
    "s": "text",
    "l": [1, None, "a", [2]],
    "c": {"a": 1, "b": {"a b": 2}},
    "a b": True,
    "d": datetime.date(2026, 5, 12),
    "sealed": {"sealed": "00"},
    "nothing": None,
}

WORDS = st.sampled_from(
    [
        *("if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "between", "of"),
        *("function", "instance", "external", "null", "true", "false", "not", "item", "partial", "?", "list<"),
        *("+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "(", ")", "[", "]", "{", "}", ",", ":", "."),
        *("..", "@", '"a"', '"', "//", "/*", "*/", "->", "\n", " ", "'", "\\", "1", "0", ".5", "1e9", "10"),
        *('@"2026-05-12"', '@"P1D"', '@"10:00:00Z"', '@"2026-05-12T10:00:00@Europe/Oslo"', "date and time", "{{", "}}"),
        *VALUES,
        *(f"{name}(" for name in BUILTINS),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(WORDS, max_size=25).map(" ".join),
    st.lists(WORDS, max_size=25).map("".join),
)

LITERALS = st.sampled_from(
    ["1", "-2.5", '"a"', "null", "true", "x", "l", "c", "a b", "d", '@"P1D"', "[1..3]", "sealed"]
)


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions of expressions: most are read, so that most of the evaluator is reached."""
    operators = st.sampled_from(["+", "-", "*", "/", "**", "=", "!=", "<", ">=", "and", "or", "in"])
    return st.one_of(
        st.tuples(inner, operators, inner).map(" ".join),
        st.tuples(st.sampled_from(sorted(BUILTINS)), st.lists(inner, max_size=4)).map(
            lambda call: f"{call[0]}({', '.join(call[1])})"
        ),
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]"),
        st.tuples(inner, inner).map(lambda parts: f"{{k: {parts[0]}, m n: {parts[1]}}}"),
        st.tuples(inner, inner).map(lambda parts: f"({parts[0]})[{parts[1]}]"),
        st.tuples(inner, st.sampled_from(["a", "k", "m n", "day", "years", "start included", "__class__"])).map(
            lambda parts: f"({parts[0]}).{parts[1]}"
        ),
        st.tuples(inner, inner, inner).map(lambda p: f"if {p[0]} then {p[1]} else {p[2]}"),
        st.tuples(inner, inner).map(lambda p: f"for i in {p[0]} return {p[1]}"),
        st.tuples(inner, inner).map(lambda p: f"some i in {p[0]} satisfies {p[1]}"),
        st.tuples(inner, inner).map(lambda p: f"(function(p) {p[0]})({p[1]})"),
        st.tuples(inner, inner).map(lambda p: f"[{p[0]}..{p[1]})"),
        inner.map(lambda part: f"-({part})"),
    )


def at_most_a_fault(text: str, strict: bool) -> None:
    for read in (parse, parse_unary, parse_script, parse_template):
        try:
            found = read(text, VALUES)
        except FeelError as error:
            assert error.message
            assert 0 <= error.start <= error.end <= len(text)
            continue
        try:
            if read is parse:
                run = Run(VALUES, context(strict=strict))
                to_rest(found.perform(run))  # type: ignore[union-attr]  # an Expression
                assert run.steps >= 0
            elif read is parse_unary:
                found.matches(Decimal(1), VALUES, context(strict=strict))  # type: ignore[union-attr]  # UnaryTests
            elif read is parse_script:
                found.run(VALUES, context(strict=strict))  # type: ignore[union-attr]  # a Script
            else:
                found.render(VALUES, context(strict=strict))  # type: ignore[union-attr]  # a Template
        except FeelError as error:
            assert error.message


@settings(deadline=None, max_examples=400)
@given(TEXTS, st.booleans())
@example("[]1..2[]", True)
@example("x.x[", False)
def test_any_text_is_read_or_refused_and_gives_a_value_or_a_fault(text: str, strict: bool) -> None:
    at_most_a_fault(text, strict)


@settings(deadline=None, max_examples=400)
@given(st.recursive(LITERALS, grown, max_leaves=12), st.booleans())
def test_any_expression_gives_a_value_or_a_fault(text: str, strict: bool) -> None:
    at_most_a_fault(text, strict)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e15, 1e15) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_what_goes_in_comes_out(given_value: object) -> None:
    out = to_rest(parse("v").evaluate({"v": given_value}, context(strict=True)))
    assert canonical(to_rest(from_rest(out))) == canonical(out)
    if not isinstance(given_value, float | dict | list):
        assert out == given_value


@given(JSON, JSON)
def test_a_key_is_equal_where_values_are(left: object, right: object) -> None:
    one, other = from_rest(left), from_rest(right)
    if "Sealed" in repr((one, other)):
        return

    def free(_: int) -> None:
        pass

    assert (key_of(one, free) == key_of(other, free)) is same(one, other, free)
    assert same(one, from_rest(left), free)


@given(st.lists(st.integers(-50, 50), max_size=30))
def test_lists_are_python_s(numbers: list[int]) -> None:
    assert value("sort(l, function(x, y) x < y)", l=numbers) == sorted(numbers)
    assert value("reverse(reverse(l)) = l", l=numbers) is True
    assert value("distinct values(l)", l=numbers) == list(dict.fromkeys(numbers))
    assert value("count(l[item > 0])", l=numbers) == sum(number > 0 for number in numbers)
    assert value("flatten([l, [l]])", l=numbers) == numbers * 2
    if numbers:
        assert value("[min(l), max(l), sum(l)]", l=numbers) == [min(numbers), max(numbers), sum(numbers)]
