from tests.diagrams import each, process
from tests.engine.checks.judging import findings, warned

RULE = "task-without-role"


def test_a_lane_or_a_property_is_enough() -> None:
    drawing = process("p").start().user("a", lane="pogi.sec").user("b", properties={"candidateRole": "pogi.chair"})
    many = each("members", item="member")
    assert findings(RULE, drawing.user("c", loop=many, properties={"candidateFrom": "member.role"}).end()) == []


def test_a_task_of_nobody_is_a_warning_and_a_script_is_not() -> None:
    assert warned(RULE, process("p").start().user("a").manual("b").script("c", "x = 1").end()) == ["a", "b"]
