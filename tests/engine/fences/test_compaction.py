"""History grows with every round of a loop."""

import pytest

from tests.diagrams import after, process
from tests.engine.fences.sides import on_both

LOOP = process("loop").start().exclusive("again").user("write").exclusive("enough").end(when="enough")
LOOP.at("enough").otherwise().to("again")

BESIDE = process("loop").start().parallel("split").exclusive("again").user("write").exclusive("enough")
BESIDE.end(when="enough").at("enough").otherwise().to("again").at("split").user("wait").end("waited")


EDGE = process("loop").start().sub("inner").start("inside").exclusive("again").user("write").exclusive("enough")
EDGE.end("out", when="enough").at("enough").otherwise().to("again").close().end()
EDGE.boundary("late", "inner", after('"P9D"')).end("was_late")

DRAWINGS = {"alone": LOOP, "beside a waiting task": BESIDE, "inside an activity with a deadline": EDGE}


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)
@on_both(bare=True, ours=False)
def test_forty_rounds(engine, expected, drawing):
    case, sizes = engine().deploy(drawing), []
    case.start("loop", enough=False)
    for _ in range(40):
        case.do("write")
        sizes.append(case.size)
    assert (sizes[-1] > sizes[0]) == expected
