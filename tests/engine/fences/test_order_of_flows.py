"""The drawing decides the order of flows."""

from tests.diagrams import process
from tests.engine.fences.sides import on_both


@on_both(bare=["high", "low"], ours=["high", "high"])
def test_two_true_conditions_and_a_moved_shape(engine, expected):
    taken = []
    for y in (100, 900):
        drawing = process("p").start().exclusive("choose").user("high", when="n > 1", y=y).end()
        drawing.at("choose").user("low", when="n > 0", y=500).end()
        case = engine().deploy(drawing)
        case.start("p", n=2)
        taken += case.open
    assert taken == expected
