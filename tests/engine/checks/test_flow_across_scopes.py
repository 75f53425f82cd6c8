from tests.diagrams import process
from tests.engine.checks.judging import elements, findings

RULE = "flow-across-scopes"


def test_flows_within_a_scope_are_no_finding() -> None:
    assert findings(RULE, process("p").start().sub("s").start("inner").user("b").end("out").close().end()) == []


def test_flows_into_and_out_of_a_sub_process_are_refused() -> None:
    drawing = process("p").start().user("a").to("b", flow="into").sub("s").start("inner").user("b").end("out").close()
    assert elements(RULE, drawing.at("b").to("a", flow="out_of")) == ["into", "out_of"]
