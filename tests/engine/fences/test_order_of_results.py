"""Results come in order of completion."""

from tests.diagrams import each, process
from tests.engine.fences.sides import on_both


@on_both(bare=["B", "C", "A"], ours=["A", "B", "C"])
def test_three_members_answer_out_of_order(engine, expected):
    ballot = each("members", item="member", into="votes", result="vote")
    case = engine().deploy(process("p").start().user("ask", loop=ballot).end())
    case.start("p", members=["a", "b", "c"])
    case.do("ask", nth=1, vote="B")
    case.do("ask", nth=1, vote="C")
    case.do("ask", vote="A")
    assert case.variables["votes"] == expected
