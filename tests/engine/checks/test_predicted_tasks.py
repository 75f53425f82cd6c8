import pytest

from tests.diagrams import Drawing, process
from tests.engine.checks.judging import elements, findings

RULE = "predicted-tasks"


def _diamonds(kind: str, count: int, *, width: int = 3) -> Drawing:
    drawing = process("p").start()
    for number in range(count):
        drawing.node(kind, f"fork{number}")
        for branch in range(width):
            drawing.at(f"fork{number}").user(f"task{number}_{branch}", when="x" if kind != "parallelGateway" else None)
            drawing.to(f"join{number}")
        drawing.node(kind, f"join{number}", joined=False)
    return drawing.end()


def test_nine_parallel_diamonds_behind_one_another_are_refused() -> None:
    assert elements(RULE, _diamonds("parallelGateway", 9)) == ["fork0"]


@pytest.mark.parametrize("count", [1, 5])
def test_a_few_are_no_finding(count: int) -> None:
    assert findings(RULE, _diamonds("parallelGateway", count)) == []


def test_choices_behind_one_another_are_no_finding() -> None:
    assert findings(RULE, _diamonds("exclusiveGateway", 40)) == []


def test_sixty_diamonds_are_counted_without_walking_each_way() -> None:
    assert elements(RULE, _diamonds("parallelGateway", 60)) == ["fork0"]
