from service.domain.offered import Offered
from tests.diagrams import message, process
from tests.engine.checks.judging import elements, findings

RULE = "incomplete-activity"


def test_activities_that_say_what_they_do_are_no_finding() -> None:
    drawing = process("p").start().service("s", "targets.publish").rule("r", "quorum").script("x", "a = 1")
    assert findings(RULE, drawing.send("m", message("M")).end()) == []


def test_activities_that_say_nothing_are_refused() -> None:
    drawing = process("p").start().node("serviceTask", "s").node("businessRuleTask", "r").script("x", " ")
    assert elements(RULE, drawing.node("sendTask", "m").end()) == ["s", "r", "x", "m"]


def test_an_operation_that_there_is_not_is_refused_where_operations_are_known() -> None:
    drawing = process("p").start().service("s", "targets.publisj").end()
    assert elements(RULE, drawing, operations={"targets.publish": Offered({})}) == ["s"]
