"""Re-ordered JSON loses data."""

from tests.diagrams import process
from tests.engine.fences.sides import on_both


@on_both(bare=None, ours="oak")
def test_keys_come_back_in_another_order(engine, expected):
    case = engine().deploy(process("p").start().user("first").user("second").end())
    case.start("p")
    case.do("first", wood="oak")
    case.reload_with_keys_reversed()
    case.do("second")
    assert case.variables.get("wood") == expected
