from tests.diagrams import process
from tests.engine.checks.judging import findings
from tests.engine.decisions.drawing import decision, file, model, text

RULE = "decision-cycle"


def traces(data: bytes) -> list[tuple[str, ...]]:
    return [it.trace for it in findings(RULE, process("p").start().end(), more={"rules.dmn": data})]


def test_decisions_in_a_row_are_no_finding():
    assert traces(file(decision("a", text("b"), needs=["b"]), decision("b", text("1")))) == []


def test_a_circle_is_told_with_the_way_around():
    [trace] = traces(file(decision("a", text("b"), needs=["b"]), decision("b", text("a"), needs=["a"])))
    assert (trace[0], set(trace)) == (trace[-1], {"a", "b"})


def test_a_model_that_knows_itself_is_a_circle():
    assert len(traces(file(model("f", {}, text("f()"), knows=["f"])))) == 1
