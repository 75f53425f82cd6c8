from tests.diagrams import after, message, process
from tests.engine.checks.judging import findings

RULE = "two-timers"


def test_two_timers_behind_one_event_gateway_are_refused() -> None:
    drawing = process("p").start().first_of("g").catch("soon", after('"P1D"')).end()
    (found,) = findings(RULE, drawing.at("g").catch("late", after('"P9D"')).end())
    assert (found.level, found.element, found.trace) == ("error", "g", ("soon", "late"))


def test_one_timer_and_a_message_are_no_finding() -> None:
    drawing = process("p").start().first_of("g").catch("m", message("M")).end().at("g").catch("t", after('"P1D"')).end()
    assert findings(RULE, drawing) == []
