from tests.diagrams import process
from tests.engine.checks.judging import findings

RULE = "duplicate-process"


def test_a_process_id_in_two_files_is_refused_in_the_second() -> None:
    twin = {"z.bpmn": process("p").start().end().bpmn()}
    (found,) = findings(RULE, process("p").start().end(), more=twin)
    assert (found.level, found.element, found.file) == ("error", "p", "z.bpmn")


def test_different_ids_are_no_finding() -> None:
    assert findings(RULE, process("p").start().end(), process("q").start().end()) == []
