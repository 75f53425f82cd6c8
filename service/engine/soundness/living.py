"""Which elements some run comes to."""

from service.engine.soundness.exploring import Graph
from service.engine.soundness.marking import markings
from service.engine.soundness.net import Net, Node
from service.engine.soundness.reducing import Reduced


def lived(net: Net, reduced: Reduced, graph: Graph) -> set[str]:
    """The ids of the elements that a run of the net passes, from what the smaller one was seen to do in its `graph`.

    What was drawn together there is passed whenever its beginning is: a choice goes every way in some run.
    """
    small = reduced.net
    acts = {act for moves in graph.moves for _, move in moves for act in move.acts}
    marked = {flow for marking in graph.markings for inner in markings(marking) for flow in inner[0]}
    marked |= {flow for act in acts for flow in (*act.took, *act.gave)}
    done = {(act.node, act.does) for act in acts}
    by_event = {act.through for act in acts if act.through is not None}
    found: set[str] = set()
    grows = True
    while grows:
        before = len(found), len(marked)
        for key, node in net.nodes.items():
            if not _passed(key, node, small, marked, done):
                continue
            found.add(node.id)
            for way in node.exits:
                comes = way.through is None or not way.needs or way.through in by_event
                if comes and (not node.stays or key in reduced.flat or (key, "leaves") in done):
                    marked |= set(way.flows)
                    found |= {way.through or node.id}
            for way in (*node.cuts, *node.sides, *(catch.exit for catch in node.catches)):
                comes = way in node.sides or (key in reduced.flat and way in node.cuts)
                if way.through in by_event or (comes and not way.needs):
                    marked |= set(way.flows)
                    found |= {way.through or node.id}
            if node.inner is not None:
                marked |= set(net.scopes[node.inner].begins)
        grows = before != (len(found), len(marked))
    return found


def _passed(key: int, node: Node, small: Net, marked: set[int], done: set[tuple[int, str]]) -> bool:
    left = small.nodes.get(key)
    if left is not None and not left.quiet:
        return (key, "passes") in done or (key, "enters") in done
    if node.join == "all":
        return marked.issuperset(node.ins)
    return not marked.isdisjoint(node.ins)
