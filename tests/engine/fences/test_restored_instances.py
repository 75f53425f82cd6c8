"""A multi-instance restored on a fresh specification hangs."""

from tests.diagrams import each, process
from tests.engine.fences.sides import on_both


@on_both(bare=([], False), ours=([], True))
def test_the_last_item_ends_the_activity(engine, expected):
    drawing = process("p").start().user("ask", loop=each("members", item="member", into="votes", result="vote")).end()
    case = engine().deploy(drawing)
    case.start("p", members=["a", "b"])
    case.do("ask", vote="for")
    case.reload_on_fresh_specification()
    case.do("ask", vote="against")
    assert (case.open, case.over) == expected
