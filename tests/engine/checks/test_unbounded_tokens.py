from tests.diagrams import after, process
from tests.engine.checks.judging import elements, findings

RULE = "unbounded-tokens"


def test_a_fork_that_leads_back_beside_what_it_begins_is_refused_with_a_round_of_the_loop() -> None:
    drawing = process("p").start().exclusive("again").user("a").parallel("fork").user("b").end().at("fork").to("again")
    (found,) = findings(RULE, drawing)
    assert (found.level, found.element) == ("error", "b")
    assert found.trace.count("fork") >= 1 and found.trace[-1] == "b"


def test_a_reminder_in_a_loop_is_no_finding() -> None:
    drawing = process("p").start().exclusive("again").user("a").exclusive("good").end(when="x")
    drawing.at("good").otherwise().to("again").boundary("slow", "a", after("x"), interrupting=False).user("remind").end(
        "reminded"
    )
    assert elements(RULE, drawing) == []
