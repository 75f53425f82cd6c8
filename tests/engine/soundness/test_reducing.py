"""A net that is made smaller is still one: each flow that is left leads to a node."""

from service.engine.soundness.board import Board
from service.engine.soundness.net import Exit, Net, Node, Scope
from service.engine.soundness.reduce_rows import round_

BEGIN, INTO, BACK, ON = range(4)


def test_a_flow_back_stays_where_another_way_gives_to_it_beside_others() -> None:
    nodes = {
        1: Node("p", 0, "any", (BEGIN,), (Exit(()),), inner=1),
        2: Node("choice", 1, "any", (INTO, BACK), (Exit((BACK,)), Exit((BACK, ON)), Exit((ON,)))),
        3: Node("task", 1, "any", (ON,), (Exit(()),), rests=True),
    }
    net = Net((Scope("", ()), Scope("p", (INTO,))), nodes, ("", "", "back", "on"), (BEGIN,))
    board = Board(net, dict(nodes))
    assert round_(board)
    choice = board.nodes[2]
    assert choice.exits == (Exit((BACK, ON)), Exit((ON,)))
    assert BACK in choice.ins, "tokens still come by it"


def test_a_flow_back_goes_with_the_way_that_it_is() -> None:
    nodes = {
        1: Node("p", 0, "any", (BEGIN,), (Exit(()),), inner=1),
        2: Node("choice", 1, "any", (INTO, BACK), (Exit((BACK,)), Exit((ON,)))),
        3: Node("task", 1, "any", (ON,), (Exit(()),), rests=True),
    }
    board = Board(Net((Scope("", ()), Scope("p", (INTO,))), nodes, ("", "", "back", "on"), (BEGIN,)), dict(nodes))
    assert round_(board)
    assert (board.nodes[2].ins, board.nodes[2].exits) == ((INTO,), (Exit((ON,)),))
