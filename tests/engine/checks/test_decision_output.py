from service.domain.findings import Finding
from tests.diagrams import process
from tests.engine.checks.judging import findings
from tests.engine.decisions.drawing import decision, file, given, table

RULE = "decision-output"


def _told(rules: list[str], values: str, *, default: str = "") -> list[Finding]:
    logic = table("UNIQUE", ["x"], ["o"], rules, allowed={"o": values}, defaults={"o": default} if default else {})
    return findings(
        RULE, process("p").start().end(), more={"d.dmn": file(given("x"), decision("d", logic, needs=["in-x"]))}
    )


def test_a_constant_outside_the_output_values_is_refused_with_its_rule() -> None:
    (found,) = _told(['1 => "green"', '2 => "blue"'], '"green", "red"')
    assert (found.element, found.level) == ("r2", "error")
    assert found.message == (
        'In \'d\', what rule 2 says for “o” is not allowed: its values are "green", "red". Correct one of them.'
    )


def test_so_is_a_default() -> None:
    (found,) = _told(["1 => 5"], "[1..10]", default="11")
    assert "what the default says" in found.message


def test_what_is_allowed_and_what_is_reckoned_are_no_finding() -> None:
    assert _told(["1 => 5", "2 => x + 100", "3 => null"], "[1..10]", default="10") == []
