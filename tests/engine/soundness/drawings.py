"""How diagrams with known verdicts are drawn: as short as they can be."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from tests.diagrams import Drawing, process


class Known(NamedTuple):
    """A diagram, the faults (kind → elements) that it has, and no others."""

    draw: Callable[[], Drawing]
    faults: Mapping[str, tuple[str, ...]] = {}


def begun() -> Drawing:
    """A process with a start event."""
    return process("p").start()


def block(split: str, join: str, *, ways: int = 2, tasks: int = 1, drawing: Drawing | None = None) -> Drawing:
    """Ways of tasks between two gateways of those kinds, and an end."""
    drawing = (drawing or begun()).node(f"{split}Gateway", "split")
    choosing = split in ("exclusive", "inclusive")
    for way in range(ways):
        drawing.at("split")
        if choosing and way == ways - 1:
            drawing.otherwise()
        for place in range(tasks):
            drawing.user(f"t{way}{place}", when="x" if choosing and place == 0 and way < ways - 1 else None)
        drawing = drawing.to("join") if way else drawing.node(f"{join}Gateway", "join")
    return drawing.at("join").end("done")


def sub(*, inside: Callable[[Drawing], Drawing] | None = None) -> Drawing:
    """A process with a sub-process, and the cursor on it."""
    drawing = begun().sub("part").start("inside").user("work")
    return (drawing.end("in") if inside is None else inside(drawing)).close()
