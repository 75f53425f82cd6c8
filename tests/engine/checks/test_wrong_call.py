import pytest

from tests.diagrams import Drawing, process
from tests.engine.checks.judging import findings

RULE = "wrong-call"
FORMS = {
    "asked": {
        "properties": {
            "note": {"type": "string"},
            "amount": {"type": "number"},
            "rows": {"type": "array", "items": {"type": "number"}},
            "free": {},
        }
    }
}


def _set(expression: str) -> Drawing:
    return process("p").start(form="asked").script("s", f"x = {expression}").end()


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("substring(note)", "`substring(string, start position, length?)`."),
        ('contains(text: note, match: "a")', "`contains(string, match)`."),
        ('contains(note, "a", "b")', "`contains(string, match)`."),
        ("string length()", "`string length(string)`."),
        ("1 + string length(note, 2)", "`string length(string)`."),
    ],
)
def test_a_call_of_another_shape_is_refused_with_how_it_is_called(expression: str, told: str) -> None:
    (found,) = findings(RULE, _set(expression), forms=FORMS)
    assert (found.element, found.level) == ("s", "error")
    assert found.message.endswith(f"It takes {told}")


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ('duration("5 days")', "`5 days` is no duration; one is written P1Y6M, or P2DT12H."),
        ('date("tomorrow")', "`tomorrow` is no date; a date is written 2026-05-17."),
        ("string length(amount)", "it wants a string for `string`, not a number."),
        ('substring(note, "2")', "it wants a number for `start position`, not a string."),
        ("substring(string: amount, start position: 1)", "it wants a string for `string`, not a number."),
        ("upper case(5)", "it wants a string for `string`, not a number."),
    ],
)
def test_an_argument_that_can_never_be_one_is_refused(expression: str, told: str) -> None:
    (found,) = findings(RULE, _set(expression), forms=FORMS)
    assert found.message.endswith(f"has no value: {told}")


@pytest.mark.parametrize(
    "expression",
    [
        "substring(note, 2)",
        "substring(string: note, start position: 2)",
        "string length(free)",
        "sum(rows)",
        "sum(1, 2, amount)",
        "max(amount)",
        "count(note)",
        'date("2026-05-17")',
        'number("1", null, null)',
        "sort(rows, function(a, b) a > b)",
        "{count: function(a, b) a + b, y: count(1, 2)}",
        "concatenate(rows, [1], [2])",
        "working days(3)",
        "string join([note], null)",
        "append(rows, 1, 2, 3)",
        "list replace(rows, 1, 2)",
        "string(rows[1])",
    ],
)
def test_calls_that_may_have_a_value_are_no_finding(expression: str) -> None:
    assert findings(RULE, _set(expression), forms=FORMS) == []
