import pytest

from tests.diagrams import Drawing, process
from tests.engine.checks.judging import elements, findings, warned

RULE = "constant-condition"


def _gateway(expression: str) -> Drawing:
    return process("p").start().exclusive("g").end(when=expression, flow="asked").at("g").otherwise().end()


@pytest.mark.parametrize("text", ["approved", "count(votes) > 3", 'today() > date("2026-01-01")', "now () != null"])
def test_conditions_that_ask_something_are_no_finding(text: str) -> None:
    assert findings(RULE, _gateway(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "10**10**10",
        "10**10**10 > 1",
        "10**(10**10)",
        '"yes"',
        "1",
        "1 = 2",
        "1 / 0 = 1",
        "null",
        "count(for a in 1..1000, b in 1..1000, c in 1..1000 return a) > 1",
    ],
)
def test_conditions_that_cannot_answer_or_never_change_are_refused(text: str) -> None:
    assert elements(RULE, _gateway(text)) == ["asked"]


def test_a_plain_true_is_a_warning() -> None:
    assert warned(RULE, _gateway("true")) == ["asked"]
