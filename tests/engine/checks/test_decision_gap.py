from service.domain.findings import Finding
from tests.diagrams import process
from tests.engine.checks.judging import findings
from tests.engine.decisions.drawing import decision, file, given, table

RULE = "decision-gap"


def told(policy: str, rules: list[str], *, kind: str = "number") -> list[Finding]:
    """What is said of a table of one input."""
    elements = (
        given("x", kind),
        given("limit", "number"),
        decision("d", table(policy, ["x"], [""], rules), needs=["in-x", "in-limit"]),
    )
    return findings(RULE, process("p").start().end(), more={"d.dmn": file(*elements)})


def test_an_input_that_no_rule_is_for_is_told_with_an_example() -> None:
    (found,) = told("UNIQUE", ["< 10 => 1", "[10..20] => 2", "> 30 => 3"])
    assert (found.level, found.element) == ("warning", "d")
    assert "no rule for x: 21" in found.message


def test_a_table_that_answers_everything_is_no_finding() -> None:
    assert told("UNIQUE", ["< 10 => 1", "[10..20] => 2", "> 20 => 3"]) == []
    assert told("FIRST", ["< 10 => 1", "- => 2"]) == []
    assert told("COLLECT", ["< 10 => 1"]) == []


def test_texts_that_the_table_does_not_name_are_taken_not_to_come() -> None:
    assert told("UNIQUE", ['"a" => 1', '"b" => 2'], kind="string") == []


def test_a_cell_that_is_no_constant_may_hold() -> None:
    assert told("UNIQUE", ["< 10 => 1", ">= limit => 2"]) == []
