from service.domain.findings import Finding
from tests.diagrams import process
from tests.engine.checks.judging import findings
from tests.engine.decisions.drawing import decision, file, given, table

RULE = "decision-overlap"


def told(policy: str, rules: list[str], *, kind: str = "number") -> list[Finding]:
    """What is said of a table of one input."""
    elements = (
        given("x", kind),
        given("limit", "number"),
        decision("d", table(policy, ["x"], [""], rules), needs=["in-x", "in-limit"]),
    )
    return findings(RULE, process("p").start().end(), more={"d.dmn": file(*elements)})


def test_two_rules_that_both_apply_are_told_with_an_example() -> None:
    (found,) = told("UNIQUE", ["<= 10 => 1", ">= 10 => 2"])
    assert (found.element, found.trace) == ("r2", ("r1", "r2"))
    assert "apply to x: 10: r1 and r2" in found.message


def test_rules_that_may_both_apply_are_no_finding() -> None:
    assert told("FIRST", ["<= 10 => 1", ">= 10 => 2"]) == []
    assert told("ANY", ["<= 10 => 1", ">= 10 => 1"]) == []
    assert len(told("ANY", ["<= 10 => 1", ">= 10 => 2"])) == 1
    assert told("UNIQUE", ['"a" => 1', 'not("a") => 2'], kind="string") == []
    assert told("UNIQUE", ["true => 1", "false => 2"], kind="boolean") == []
