import pytest

from tests.diagrams import Drawing, process, repeat
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


@pytest.mark.parametrize("text", ["a + 1", "substring(a, 1)", "count(votes)", "[a]", "if a then 1 else b + 2", "-a"])
def test_conditions_that_give_something_else_than_true_or_false_are_refused(text: str) -> None:
    (found,) = findings(RULE, _gateway(text))
    assert (found.element, found.level) == ("asked", "error")
    assert "neither true nor false" in str(found.message)


@pytest.mark.parametrize("text", ["a", "a.b", "a[1]", "not(a)", "if a then b else c", "max(votes)", "contains(a, b)"])
def test_what_may_be_true_is_left(text: str) -> None:
    assert findings(RULE, _gateway(text)) == []


def test_the_end_of_a_loop_is_a_condition_too_but_may_be_constant() -> None:
    def looping(text: str) -> Drawing:
        return process("p").start().user("t", loop=repeat(condition=text)).end()

    assert elements(RULE, looping("n + 1")) == ["t"]
    assert elements(RULE, looping("7")) == ["t"]
    assert findings(RULE, looping("n > 3")) == findings(RULE, looping("true")) == []
