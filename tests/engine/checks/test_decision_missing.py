from tests.diagrams import process
from tests.engine.checks.judging import warned

RULE = "decision-missing"
TABLE = (
    b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d">'
    b'<decision id="quorum" name="Quorum"/></definitions>'
)


def test_a_decision_of_the_bundle_is_no_finding() -> None:
    drawing = process("p").start().rule("r", "quorum").end()
    assert warned(RULE, drawing, more={"quorum.dmn": TABLE}) == []


def test_one_that_is_not_here_is_a_note() -> None:
    assert warned(RULE, process("p").start().rule("r", "majority").end(), more={"quorum.dmn": TABLE}) == ["r"]
    assert warned(RULE, process("p").start().rule("r", "majority").end(), decisions=["majority"]) == []
