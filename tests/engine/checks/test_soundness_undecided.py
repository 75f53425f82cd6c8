from tests.diagrams import Drawing, process
from tests.engine.checks.judging import elements, findings, warned

RULE = "soundness-undecided"


def tangle(ways: int) -> Drawing:
    """Forked ways that each may turn to a neighbour's join: no part of it can be looked at alone."""
    drawing = process("p").start().parallel("fork")
    for way in range(ways):
        drawing.at("fork").exclusive(f"head_{way}").user(f"do_{way}").exclusive(f"turn_{way}")
    for way in range(ways):
        drawing.at(f"turn_{way}").to(f"head_{way}", when="x").to(f"head_{(way + 1) % ways}", when="y")
        drawing.otherwise().end(f"out_{way}")
    return drawing


def test_past_the_bound_nothing_is_said_but_that() -> None:
    drawing = tangle(11)
    assert warned(RULE, drawing) == ["p"]
    assert "5,000 ways" in findings(RULE, drawing)[0].message
    assert elements("deadlock", drawing) == []


def test_within_it_the_verdict_is_given() -> None:
    assert warned(RULE, tangle(2)) == []
