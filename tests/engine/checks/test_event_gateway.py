from tests.diagrams import after, message, process
from tests.engine.checks.judging import elements, findings

RULE = "event-gateway"


def test_events_behind_an_event_gateway_are_no_finding() -> None:
    drawing = process("p").start().first_of("g").catch("m", message("M")).end().at("g").catch("t", after('"P1D"')).end()
    assert findings(RULE, drawing.at("g").receive("r", message("N")).end()) == []


def test_a_task_behind_it_a_lonely_way_and_a_shared_event_are_refused() -> None:
    drawing = process("p").start().first_of("g").user("a").end().at("g").catch("m", message("M")).end()
    assert elements(RULE, drawing) == ["a"]
    assert elements(RULE, process("p").start().first_of("g").catch("m", message("M")).end()) == ["g"]
    shared = process("p").start().exclusive("x").first_of("g", when="y").catch("m", message("M")).end()
    shared.at("g").catch("t", after('"P1D"')).end().at("x").otherwise().to("t")
    assert elements(RULE, shared) == ["t"]
