import pytest

from tests.diagrams import process
from tests.engine.checks.judging import findings
from tests.engine.decisions.drawing import decision, file, given, table

RULE = "decision-priority"


def _file(policy: str, values: str) -> bytes:
    logic = table(policy, ["x"], ["o"], ["1 => 1"], allowed={"o": values} if values else {})
    return file(given("x"), decision("d", logic, needs=["in-x"]))


@pytest.mark.parametrize("policy", ["PRIORITY", "OUTPUT ORDER"])
def test_a_table_that_goes_by_what_it_does_not_say_is_refused(policy: str) -> None:
    (found,) = findings(RULE, process("p").start().end(), more={"d.dmn": _file(policy, "")})
    assert found.level == "error"
    assert found.message.startswith(f"'d' goes by {policy}, and does not say what comes first.")
    said = _file(policy, "1, 2")
    assert findings(RULE, process("p").start().end(), more={"d.dmn": said}) == []


def test_other_policies_need_no_values() -> None:
    assert findings(RULE, process("p").start().end(), more={"d.dmn": _file("FIRST", "")}) == []
