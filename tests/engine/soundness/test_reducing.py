"""A net that is made smaller is still one: each flow that is left leads to a node."""

import pytest

from service.engine.soundness.net import Exit, Net, Node, Scope
from service.engine.soundness.reducing import reduced

BEGIN, INTO, BACK, ON = range(4)


@pytest.mark.parametrize("once", [True, False])
def test_a_flow_back_stays_where_another_way_gives_to_it_beside_others(once: bool) -> None:
    nodes = {
        1: Node("p", 0, "any", (BEGIN,), (Exit(()),), inner=1),
        2: Node("choice", 1, "any", (INTO, BACK), (Exit((BACK,)), Exit((BACK, ON)), Exit((ON,)))),
        3: Node("task", 1, "any", (ON,), (Exit(()),), rests=True),
    }
    small = reduced(Net((Scope("", ()), Scope("p", (INTO,))), nodes, ("", "", "back", "on"), (BEGIN,)), once=once).net
    left = {flow for node in small.nodes.values() for way in node.ways for flow in way.flows}
    assert BACK in left, "tokens heap up there"
    assert left <= set(small.target)
