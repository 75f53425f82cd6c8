"""An error reaches every activity with that code."""

import pytest

from tests.diagrams import error, escalation, process
from tests.engine.fences.sides import on_both


@pytest.mark.parametrize("kind", [error, escalation])
@on_both(bare=["caught_left", "caught_right"], ours=["caught_left", "work_right"])
def test_two_activities_catch_the_same_code(engine, expected, kind):
    drawing = process("p").start().parallel("split")
    for side in ("left", "right"):
        drawing.at("split").sub(side).start(f"begin_{side}").user(f"work_{side}").end(f"no_{side}", kind("no")).close()
        drawing.end(f"done_{side}").boundary(f"edge_{side}", side, kind("no")).user(f"caught_{side}").end(f"end_{side}")
    case = engine().deploy(drawing)
    case.start("p")
    case.do("work_left")
    assert case.open == expected
