"""A parallel or inclusive join in a loop fires early."""

import pytest

from tests.diagrams import process
from tests.engine.fences.sides import on_both


@pytest.mark.parametrize("kind", ["parallel", "inclusive"])
@on_both(bare=["decide", "left"], ours=["left"])
def test_in_the_second_round_one_arm_is_enough(engine, expected, kind):
    drawing = process("hearing").start().exclusive("again").parallel("split").user("left")
    getattr(drawing, kind)("join").user("decide").exclusive("enough").end(when="enough").at("enough")
    drawing.otherwise().to("again").at("split").user("right").to("join")
    case = engine().deploy(drawing)
    case.start("hearing", enough=False)
    for activity in ("left", "right", "decide", "right"):
        case.do(activity)
    assert case.open == expected
