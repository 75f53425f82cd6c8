from tests.diagrams import process
from tests.engine.checks.judging import elements, findings, warned

RULE = "lane-without-name"


def test_named_lanes_are_no_finding() -> None:
    assert findings(RULE, process("p").start().user("a", lane=("Secretariat", "Market")).end()) == []


def test_a_nameless_lane_is_an_error_if_a_person_works_in_it() -> None:
    drawing = process("p").start(lane=("Chair",)).user("a", lane="").user("b", lane=(" ",)).end()
    assert elements(RULE, drawing) == ["p_Lane_1"]


def test_otherwise_it_is_a_warning() -> None:
    assert warned(RULE, process("p").start(lane=(" ",)).end()) == ["p_Lane_0"]
