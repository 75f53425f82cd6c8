"""What variables may hold is worked out within bounds, whatever somebody draws."""

from typing import Any

import pytest

from service.engine.bundles import from_files
from service.engine.checks import check
from tests.diagrams import Drawing, files, process

REFERS: dict[str, Any] = {
    "properties": {
        f"f{number}": {
            "type": "object",
            "properties": {"left": {"$ref": "#"}, "right": {"$ref": f"#/properties/f{(number + 1) % 40}"}},
        }
        for number in range(40)
    }
}
WIDE: dict[str, Any] = {"properties": {f"v{number}": {"type": "string"} for number in range(1_500)}}


def _doubling() -> Drawing:
    """Each script holds twice what the one before it held, on two ways."""
    drawing = process("p").start().script("s", "x0 = 1")
    for number in range(100):
        before, after = f"x{number}", f"x{number + 1}"
        drawing.exclusive(f"g{number}").script(f"a{number}", f"{after} = {{l: {before}, r: {before}}}", when="x0 = 1")
        drawing.exclusive(f"m{number}").at(f"g{number}").otherwise()
        drawing.script(f"b{number}", f"{after} = {{l: {before}, r: [{before}]}}").to(f"m{number}").at(f"m{number}")
    return drawing.exclusive("last").end(when="x100.l.r = 3").at("last").otherwise().end()


def _asking(times: int) -> Drawing:
    drawing = process("p").start(form="f")
    for number in range(times):
        drawing.user(f"t{number}", form="f", instructions="{{ v1 }}")
    return drawing.end()


@pytest.mark.parametrize(
    ("drawing", "form"),
    [(_doubling(), {}), (_asking(3), REFERS), (_asking(60), WIDE), (_asking(1), [{"properties": 1}])],
)
def test_there_is_an_answer(drawing: Drawing, form: Any) -> None:
    assert {it.level for it in check(from_files(files(drawing, forms={"f": form})))} <= {"error", "warning"}
