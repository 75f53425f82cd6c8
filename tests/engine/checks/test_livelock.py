from tests.diagrams import process
from tests.engine.checks.judging import elements

RULE = "livelock"


def test_a_loop_that_no_choice_leaves_is_refused() -> None:
    drawing = process("p").start().exclusive("again").user("a").exclusive("which").user("b", when="x").to("again")
    drawing.at("which").otherwise().to("again").node("endEvent", "never", joined=False)
    assert len(elements(RULE, drawing)) == 1


def test_a_loop_with_a_way_out_is_no_finding() -> None:
    drawing = process("p").start().exclusive("again").user("a").exclusive("which").end(when="x")
    drawing.at("which").otherwise().to("again")
    assert elements(RULE, drawing) == []
