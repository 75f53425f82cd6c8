"""The completion condition sees the last child's data."""

from tests.diagrams import each, process
from tests.engine.fences.sides import on_both


@on_both(bare=4, ours=2)
def test_a_ballot_that_two_votes_decide(engine, expected):
    case, asked = engine(), 0
    until = case.say("len(votes) >= 2", "count(votes) >= 2")
    ballot = each("members", item="member", into="votes", result="vote", until=until)
    case.deploy(process("p").start().user("ask", loop=ballot).end()).start("p", members=["a", "b", "c", "d"])
    while case.open:
        case.do("ask", vote="yes")
        asked += 1
    assert asked == expected
