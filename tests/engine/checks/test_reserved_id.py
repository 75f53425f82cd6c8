from tests.diagrams import process
from tests.engine.checks.judging import warned

RULE = "reserved-id"


def test_ids_that_other_engines_use_are_a_warning() -> None:
    assert warned(RULE, process("p").start("Start").user("a").end("End")) == ["Start", "End"]
    assert warned(RULE, process("p").start("start").end("StartEvent_1")) == []
