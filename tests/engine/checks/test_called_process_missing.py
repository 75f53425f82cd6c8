from tests.diagrams import process
from tests.engine.checks.judging import elements, warned

RULE = "called-process-missing"


def test_a_process_that_is_not_here_is_a_note() -> None:
    drawing = process("p").start().call("c", "elsewhere").end()
    assert warned(RULE, drawing) == ["c"]
    assert warned(RULE, drawing, in_force={"elsewhere": []}) == []
    assert warned(RULE, drawing, process("elsewhere").start().end()) == []


def test_no_process_and_one_that_cannot_be_run_are_refused() -> None:
    nothing = process("p").start().node("callActivity", "c").end()
    assert elements(RULE, nothing) == ["c"]
    sketch = process("sketch", executable=False).start().end()
    assert elements(RULE, process("p").start().call("c", "sketch").end(), sketch) == ["c"]
