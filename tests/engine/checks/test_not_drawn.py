from tests.diagrams import process
from tests.engine.checks.judging import findings

RULE = "not-drawn"


def test_a_drawing_is_no_finding() -> None:
    assert findings(RULE, process("p").start().end()) == []


def test_a_file_without_a_drawing_is_told_once() -> None:
    bare = {"q.bpmn": process("q").start().user("a").end().bpmn(drawn=False)}
    (found,) = findings(RULE, process("p").start().end(), more=bare)
    assert (found.level, found.file, found.element) == ("warning", "q.bpmn", None)


def test_what_is_left_out_of_a_drawing_is_told_by_id() -> None:
    half = process("q").start().user("a").end().bpmn().replace(b'bpmnElement="a"', b'bpmnElement="gone"')
    assert [found.element for found in findings(RULE, process("p").start().end(), more={"q.bpmn": half})] == ["a"]
