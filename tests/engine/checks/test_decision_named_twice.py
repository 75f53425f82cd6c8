from tests.diagrams import process
from tests.engine.checks.judging import findings
from tests.engine.decisions.drawing import decision, file, text

RULE = "decision-named-twice"


def test_two_decisions_of_one_name_are_refused() -> None:
    two = file(decision("d", text("1")), decision("d", text("2")).replace('id="d"', 'id="e"'))
    (found,) = findings(RULE, process("p").start().end(), more={"d.dmn": two})
    assert (found.element, found.level, found.file) == ("e", "error", "d.dmn")
    assert found.message == "Two decisions are called “d”: 'd' and 'e'. Give one another name."


def test_two_names_and_two_files_are_no_finding() -> None:
    more = {"d.dmn": file(decision("d", text("1")), decision("e", text("2"))), "e.dmn": file(decision("d", text("1")))}
    assert findings(RULE, process("p").start().end(), more=more) == []
