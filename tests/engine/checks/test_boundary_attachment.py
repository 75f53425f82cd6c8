from tests.diagrams import after, process
from tests.engine.checks.judging import elements, findings

RULE = "boundary-attachment"


def test_an_event_on_an_activity_is_no_finding() -> None:
    assert findings(RULE, process("p").start().user("a").end().boundary("late", "a", after('"P1D"')).end()) == []


def test_events_on_nothing_on_a_gateway_and_across_scopes_are_refused() -> None:
    drawing = process("p").start().exclusive("g").sub("s").start("i").user("a").end("o").close().end()
    for key, host in (("lost", "gone"), ("odd", "g"), ("across", "a")):
        drawing.boundary(key, host, after('"P1D"')).end()
    assert elements(RULE, drawing) == ["lost", "odd", "across"]


def test_a_flow_into_one_is_refused() -> None:
    drawing = process("p").start().user("a").to("late").end().boundary("late", "a", after('"P1D"')).end()
    assert elements(RULE, drawing) == ["late"]
