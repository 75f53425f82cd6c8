from tests.diagrams import process
from tests.engine.checks.judging import elements, findings, warned

RULE = "flow-without-condition"


def test_conditions_and_a_default_are_no_finding() -> None:
    drawing = process("p").start().exclusive("g").user("a", when="yes").end().at("g").otherwise().end()
    assert findings(RULE, drawing) == []


def test_a_gateway_that_only_joins_needs_no_condition() -> None:
    assert findings(RULE, process("p").start().exclusive("g").user("a").end()) == []


def test_a_flow_that_says_nothing_is_refused() -> None:
    drawing = process("p").start().exclusive("g").user("a", when="yes").end().at("g").end("odd", flow="mute")
    assert elements(RULE, drawing) == ["mute"]


def test_a_condition_where_nobody_reads_it_is_refused() -> None:
    assert elements(RULE, process("p").start().user("a").end(when="yes", flow="vain")) == ["vain"]


def test_a_condition_on_a_default_flow_is_a_warning() -> None:
    drawing = process("p").start().exclusive("g").end(when="yes").at("g").otherwise().end(when="no", flow="vain")
    assert warned(RULE, drawing) == ["vain"]
