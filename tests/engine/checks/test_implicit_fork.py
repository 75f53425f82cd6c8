from tests.diagrams import process
from tests.engine.checks.judging import findings

RULE = "implicit-fork"


def test_forks_at_gateways_are_no_finding() -> None:
    drawing = process("p").start().parallel("fork").user("a").end().at("fork").user("b").end()
    assert findings(RULE, drawing) == []


def test_two_flows_out_of_a_task_are_refused_with_where_they_lead() -> None:
    drawing = process("p").start().user("a").user("b").end().at("a").user("c").end()
    (found,) = findings(RULE, drawing)
    assert (found.level, found.element, found.trace) == ("error", "a", ("b", "c"))
