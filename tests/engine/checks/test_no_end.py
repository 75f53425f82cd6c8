from tests.diagrams import after, process
from tests.engine.checks.judging import elements, findings

RULE = "no-end"


def test_ways_that_end_in_end_events_are_no_finding() -> None:
    drawing = process("p").start().user("a").end().boundary("late", "a", after('"P1D"')).end()
    assert findings(RULE, drawing) == []


def test_what_nothing_follows_and_what_follows_an_end_are_refused() -> None:
    drawing = process("p").start().user("a").boundary("late", "a", after('"P1D"')).at("a").end("over").user("more")
    assert elements(RULE, drawing) == ["late", "over", "more"]
