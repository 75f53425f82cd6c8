from tests.diagrams import process
from tests.engine.checks.judging import findings, warned

RULE = "gateway-without-default"


def test_a_default_flow_is_enough() -> None:
    drawing = process("p").start().exclusive("g").end(when="yes").at("g").otherwise().end()
    assert findings(RULE, drawing) == []


def test_conditions_on_every_flow_are_a_warning() -> None:
    drawing = process("p").start().inclusive("g").end(when="yes").at("g").end(when="not(yes)")
    assert warned(RULE, drawing) == ["g"]
