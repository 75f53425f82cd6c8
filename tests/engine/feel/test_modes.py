"""Two modes, conditions, and sealed values."""

from datetime import datetime

import pytest

from service.engine.feel import Context, FeelFault, parse
from service.engine.values import to_rest
from tests.engine.feel.asking import NOON, context, explained, fault

SEAL = {"sealed": "ab12"}


def test_a_decision_goes_on_with_null_and_says_why() -> None:
    result = explained("[1 / 0, missing, 3]")
    assert result.value == [None, None, 3]
    assert [(reason.message, reason.sub_expression) for reason in result.reasons] == [
        ("Nothing can be divided by 0.", "1 / 0"),
        ("Nothing is called `missing` here.", "missing"),
    ]


def test_a_diagram_stops_at_the_first_of_them() -> None:
    error = fault("[1 / 0, missing, 3]")
    assert (error.message, error.sub_expression, error.start, error.end) == (
        "Nothing can be divided by 0.",
        "1 / 0",
        1,
        6,
    )


def test_a_null_that_is_no_error_is_no_fault() -> None:
    for text in ("null", "sum([])", 'get value({}, "a")', "true and null", "x", "not(null)"):
        assert parse(text).evaluate({"x": None}, context(strict=True)) is None


def test_a_condition_is_exactly_true_or_false() -> None:
    condition = parse("approved and (amount > 10 or urgent)")
    values: dict[str, object] = {"approved": True, "amount": 5, "urgent": None}
    assert condition.evaluate_condition({**values, "urgent": True}, context(strict=True)) is True
    assert condition.evaluate_condition({**values, "approved": False}, context(strict=True)) is False
    with pytest.raises(FeelFault) as caught:
        condition.evaluate_condition(values, context(strict=True))
    assert caught.value.sub_expression == "urgent"
    assert caught.value.message == "The condition is null, neither true nor false."


@pytest.mark.parametrize(("text", "what"), [("amount", "a number"), ('"yes"', "a string"), ("[true]", "a list")])
def test_a_condition_of_another_kind_is_a_fault(text: str, what: str) -> None:
    with pytest.raises(FeelFault, match=f"The condition is {what}, neither true nor false"):
        parse(text).evaluate_condition({"amount": 1}, context(strict=True))


@pytest.mark.parametrize(
    "text",
    [
        *("10 ** 10 ** 10", "1 + 1", '"a"', "[true]", "for x in y return true", "-a", "null", "a + 1", "{a: true}"),
        *("substring(x, 1)", "count(votes)", "today()", "if a then 1 else b + 1", "split(x, y)", "[1..2]"),
    ],
)
def test_a_text_that_can_be_no_condition_shows_it(text: str) -> None:
    assert parse(text).never_true is True


@pytest.mark.parametrize(
    "text",
    [
        *("a", "a > 1", "not(a)", "true", "if a then b else c", "a.b", "a[1]", "a(1)", "get value(a, 1)", "all(a)"),
        *("is(a, b)", "contains(a, b)", "a between 1 and 2", "some b in a satisfies b", "count(votes) > 1", "max(a)"),
    ],
)
def test_a_text_that_may_be_a_condition_is_left(text: str) -> None:
    assert parse(text).never_true is False


def test_a_sealed_value_is_present_or_absent_and_may_be_carried() -> None:
    values: dict[str, object] = {
        "remark": SEAL,
        "none": None,
        "votes": [{"by": "a", "why": SEAL}, {"by": "b", "why": None}],
    }
    for text, expected in {
        "remark = null": False,
        "remark != null": True,
        "none = null": True,
        "votes[why != null].by": ["a"],
        "votes[1]": {"by": "a", "why": SEAL},
        "{copy: remark}": {"copy": SEAL},
        "if remark != null then remark else 1": SEAL,
        "remark in (null)": False,
    }.items():
        assert to_rest(parse(text).evaluate(values, context(strict=True))) == expected, text


@pytest.mark.parametrize(
    "text",
    [
        'remark = "guess"',
        "remark = remark",
        'remark in ("guess")',
        "remark > 1",
        'remark + "x"',
        "string(remark)",
        "string([remark])",
        "count(remark)",
        "remark.sealed",
        "remark[1]",
        "remark instance of string",
        'list contains(votes.why, "guess")',
        "distinct values(votes.why)",
        'matches(remark, "a")',
        "for x in remark return x",
        "remark and true",
        "(function(x: string) x)(remark)",
        "{a: remark} = {a: 1}",
        "not(remark)",
        "if remark then 1 else 2",
        "is(remark, 1)",
        "[remark..2]",
    ],
)
@pytest.mark.parametrize("strict", [True, False])
def test_any_other_use_of_a_sealed_value_is_a_fault_in_either_mode(text: str, strict: bool) -> None:
    values: dict[str, object] = {"remark": SEAL, "votes": [{"why": SEAL}]}
    with pytest.raises(FeelFault, match=r"(?i)sealed"):
        parse(text).explain(values, context(strict=strict))


def test_an_object_that_only_looks_sealed_is_a_context() -> None:
    values: dict[str, object] = {"a": {"sealed": "x", "more": 1}, "b": {"sealed": 1}}
    assert to_rest(parse("[a.sealed, b.sealed]").evaluate(values, context())) == ["x", 1]


def test_a_clock_without_a_zone_is_refused() -> None:
    there = context()
    with pytest.raises(ValueError, match="time zone"):
        Context(datetime(2026, 5, 12, 10), there.zone, there.calendar)  # noqa: DTZ001  # that is what is refused


def test_only_what_is_named_is_read() -> None:
    class Watched(dict[str, object]):
        def __getitem__(self, key: str) -> object:
            asked.add(key)
            return super().__getitem__(key)

        def get(self, key: str, default: object = None) -> object:
            asked.add(key)
            return super().get(key, default)

    asked: set[str] = set()
    values = Watched(a=1, b=[2], c=object())
    assert parse("a + b[1]").evaluate(values, context()) == 3
    assert asked == {"a", "b"}
    assert NOON.tzinfo is not None
