from tests.diagrams import process
from tests.engine.checks.judging import findings

RULE = "parallel-join-of-loop"


def test_a_loop_back_to_a_parallel_gateway_is_refused_with_the_way() -> None:
    drawing = (
        process("p").start().parallel("meet").user("draft").exclusive("good").to("meet", when="no").otherwise().end()
    )
    (found,) = findings(RULE, drawing)
    assert (found.level, found.element, found.trace) == ("error", "meet", ("meet", "good", "meet"))


def test_a_join_inside_a_loop_is_no_finding() -> None:
    drawing = process("p").start().exclusive("meet").parallel("fork").user("a").parallel("join").exclusive("good")
    drawing.to("meet", when="no").otherwise().end().at("fork").user("b").to("join")
    assert findings(RULE, drawing) == []
