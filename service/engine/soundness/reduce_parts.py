"""Rules for what keeps a token for a while: a sub-process, an activity with events on its edge."""

from dataclasses import replace

from service.engine.soundness.board import Board
from service.engine.soundness.net import Exit, Node


def aside(board: Board) -> bool:
    """An event that does not interrupt, and leads to nothing but work and an end, changes nothing for the rest."""
    changed = False
    for key, node in list(board.nodes.items()):
        kept = tuple(
            way for way in node.sides if way.needs or way.throws or not all(_ends(board, it) for it in way.flows)
        )
        if kept == node.sides:
            continue
        for flow in {flow for way in node.sides if way not in kept for flow in way.flows}:
            end = board.nodes[board.target[flow]]
            board.keep(board.target[flow], replace(end, ins=tuple(it for it in end.ins if it != flow)))
        board.keep(key, _plain(board, key, replace(node, sides=kept)))
        changed = True
    return changed


def _ends(board: Board, flow: int) -> bool:
    end = board.nodes[board.target[flow]]
    return end.quiet and end.ins == (flow,) and not any(way.flows for way in end.exits)


def _plain(board: Board, key: int, node: Node) -> Node:
    """A node that nothing keeps busy any more passes tokens on: an event that interrupts it is one more way out."""
    if node.stays:
        return node
    board.flat[key] = node.ins[0]
    return replace(node, exits=(*node.exits, *node.cuts), cuts=())


def flat(board: Board) -> bool:
    """A sub-process that comes from its beginning to its end, whatever happens, is an activity."""
    changed = False
    for key, node in list(board.nodes.items()):
        if node.inner is None or not node.scope or not node.ins:
            continue
        inside = [it for it in board.nodes.values() if it.scope == node.inner and it.ins]
        begins = tuple(flow for flow in board.net.scopes[node.inner].begins if flow in board.target)
        if len(inside) == 1 and inside[0].quiet and inside[0].ins == begins and inside[0].exits == (Exit(()),):
            for number, inner in list(board.nodes.items()):
                if inner.scope == node.inner:
                    board.drop(number)
            # Where nothing inside waits it is done at once, as a whole: nothing can come meanwhile.
            sides = node.sides if inside[0].rests else ()
            plain = replace(node, inner=None, catches=(), skips=False, sides=sides, rests=inside[0].rests)
            board.flat[key] = node.ins[0]
            board.keep(key, _plain(board, key, plain))
            changed = True
    return changed
