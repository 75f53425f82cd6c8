"""What a check costs: all of it, and the verdict alone, on 50 activities; beside reading the same file."""

from collections.abc import Callable
from typing import Any

import pytest

from service.engine.bundles import from_files
from service.engine.checks import check
from service.engine.reading import read
from service.engine.soundness import Looking
from tests.benchmarks.measure import Times, tell
from tests.diagrams import Drawing, after, process

ROUNDS = 9


def _row() -> Drawing:
    drawing = process("p").start()
    for place in range(50):
        drawing.user(f"t{place}", lane="pogi.sec")
    return drawing.end()


def _ways(kind: str) -> Drawing:
    """Ten ways of five tasks."""
    drawing = process("p").start().node(f"{kind}Gateway", "split")
    for way in range(10):
        drawing.at("split")
        for place in range(5):
            condition = f"n > {way}" if kind == "inclusive" and place == 0 else None
            drawing.user(f"t{way}_{place}", lane="pogi.sec", when=condition)
        drawing = drawing.to("join") if way else drawing.node(f"{kind}Gateway", "join")
    return drawing.at("join").end()


def _loops() -> Drawing:
    """Ten ways of a loop with a reminder and a deadline each: nothing that could be drawn together to one."""
    drawing = process("p").start().parallel("split")
    for way in range(10):
        drawing.at("split").exclusive(f"again{way}")
        for place in range(4):
            drawing.user(f"t{way}_{place}", lane="pogi.sec")
        drawing.exclusive(f"good{way}").to(f"again{way}", when="n > 1").otherwise()
        drawing = drawing.to("join") if way else drawing.parallel("join")
        drawing.boundary(f"slow{way}", f"t{way}_0", after('"P3D"'), interrupting=False).user(f"r{way}", lane="pogi.sec")
        drawing.end(f"said{way}").boundary(f"late{way}", f"t{way}_1", after('"P9D"')).to(f"good{way}")
    return drawing.at("join").end()


SHAPES: dict[str, Callable[[], Drawing]] = {
    "50 tasks in a row": _row,
    "10 ways of 5 tasks, all": lambda: _ways("parallel"),
    "10 ways of 5 tasks, any of them": lambda: _ways("inclusive"),
    "10 loops with reminders, side by side": _loops,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_check(shape: str) -> None:
    data = SHAPES[shape]().bpmn()
    bundle, diagram = from_files({"p.bpmn": data}), read(data, "p.bpmn")
    reading, whole, verdict = Times("reading the file"), Times("the whole check"), Times("the verdict on soundness")
    found: list[Any] = []
    for _ in range(ROUNDS):
        reading.take(lambda: read(data, "p.bpmn"))
        whole.take(lambda: check(bundle))
        verdict.take(lambda: found.append(Looking([diagram]).verdict("p.bpmn", "p")))
    tell(
        [
            shape,
            reading.told(),
            whole.told(reading),
            verdict.told(reading),
            f"{found[0].state}, {found[0].markings} markings",
        ]
    )
