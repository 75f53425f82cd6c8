from tests.diagrams import Drawing, process
from tests.engine.checks.judging import elements

RULE = "long-chain"


def _chain(length: int) -> Drawing:
    drawing = process("p").start()
    for number in range(length - 2):
        drawing.user(f"t{number}")
    return drawing.end()


def test_three_hundred_steps_are_run_and_one_more_is_refused() -> None:
    assert elements(RULE, _chain(300)) == []
    assert elements(RULE, _chain(301)) == ["done"]
