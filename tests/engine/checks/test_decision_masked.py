from service.domain.findings import Finding
from tests.diagrams import process
from tests.engine.checks.judging import findings
from tests.engine.decisions.drawing import decision, file, given, table

RULE = "decision-masked"


def told(policy: str, rules: list[str], *, kind: str = "number") -> list[Finding]:
    """What is said of a table of one input."""
    elements = (
        given("x", kind),
        given("limit", "number"),
        decision("d", table(policy, ["x"], [""], rules), needs=["in-x", "in-limit"]),
    )
    return findings(RULE, process("p").start().end(), more={"d.dmn": file(*elements)})


def test_a_rule_behind_one_that_applies_first_is_told_with_an_example() -> None:
    (found,) = told("FIRST", ["< 10 => 1", "[0..5] => 2", "- => 3"])
    assert (found.element, found.trace) == ("r2", ("r1", "r2"))
    assert "as to x: 0, another comes first" in found.message


def test_a_rule_that_comes_to_its_turn_is_no_finding() -> None:
    assert told("FIRST", ["< 10 => 1", "[5..15] => 2", "- => 3"]) == []
    assert told("FIRST", ["< limit => 1", "[0..5] => 2"]) == []
