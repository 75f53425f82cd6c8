from tests.diagrams import message, process
from tests.engine.checks.judging import elements, findings

RULE = "no-start"


def test_one_start_event_in_each_scope_is_no_finding() -> None:
    assert findings(RULE, process("p").start().sub("s").start().end().close().end()) == []


def test_a_process_and_a_sub_process_without_a_start_are_refused() -> None:
    assert elements(RULE, process("p").node("userTask", "a").end()) == ["p"]
    assert elements(RULE, process("p").start().sub("s").user("a").end().close().end()) == ["s"]


def test_an_empty_process_is_refused() -> None:
    assert elements(RULE, process("p")) == ["p"]


def test_a_second_start_and_a_flow_back_to_the_start_are_refused() -> None:
    drawing = process("p").start().user("a").to("begin").end().start("other", message("M")).to("a")
    assert elements(RULE, drawing) == ["other", "begin"]
