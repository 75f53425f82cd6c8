"""Rules for tokens that go on by themselves: in a row, merged, used up, round."""

from collections.abc import Iterator
from dataclasses import replace

from service.engine.soundness.board import Board, renamed
from service.engine.soundness.net import Exit, Node


def merged(board: Board) -> bool:
    """A node with one way on, one flow, is drawn together with what that leads to: with a join, if one way leads to it."""
    changed = False
    for key, node in board.quiet():
        if len(node.exits) != 1 or len(node.exits[0].flows) != 1:
            continue
        (flow,) = node.exits[0].flows
        after = board.target[flow]
        taker = board.nodes[after]
        if after == key or (taker.join != "any" and len(node.ins) != 1):
            continue
        if taker.join != "any":
            board.stands[flow] = node.ins[0]
        board.drop(key)
        ins = tuple(one for it in taker.ins for one in (node.ins if it == flow else (it,)))
        board.keep(after, replace(taker, ins=ins, rests=taker.rests or node.rests))
        changed = True
    return changed


def used_up(board: Board) -> bool:
    """A flow to an end that nothing waits before is no flow."""
    changed = False
    for key, node in board.quiet():
        if node.rests or any(way.flows for way in node.exits):
            continue
        ended = {flow for flow in node.ins if flow in board.source}
        if ended:
            board.keep(key, replace(node, ins=tuple(flow for flow in node.ins if flow not in ended)))
            for source in {board.source[flow] for flow in ended} - {key}:
                board.keep(source, renamed(board.nodes[source], dict.fromkeys(ended)))
            changed = True
    return changed


def in_a_row(board: Board) -> bool:
    """A node that takes a token from one flow only is drawn together with what gives it."""
    changed = False
    for key, node in board.quiet():
        before = board.source.get(node.ins[0]) if len(node.ins) == 1 else None
        if before is None or before == key or not node.exits:
            continue
        giver = board.nodes[before]
        if node.rests and not (giver.quiet and _alone(giver, node.ins[0])):
            continue
        if len(node.exits) > 1 and not (_alone(giver, node.ins[0]) and board.may_choose(key, before)):
            continue
        board.drop(key)
        board.keep(before, replace(_spliced(giver, node.ins[0], node.exits), rests=giver.rests or node.rests))
        changed = True
    return changed


def _alone(giver: Node, flow: int) -> bool:
    """Whether the flow is a whole way out of the node, by which it is done or left."""
    return any(way.flows == (flow,) for way in (*giver.exits, *giver.cuts))


def _spliced(giver: Node, flow: int, exits: tuple[Exit, ...]) -> Node:
    def instead(ways: tuple[Exit, ...]) -> tuple[Exit, ...]:
        return tuple(one for way in ways for one in _instead(way, flow, exits))

    catches = tuple(replace(it, exit=next(iter(_instead(it.exit, flow, exits)))) for it in giver.catches)
    return replace(
        giver, exits=instead(giver.exits), cuts=instead(giver.cuts), sides=instead(giver.sides), catches=catches
    )


def _instead(way: Exit, flow: int, exits: tuple[Exit, ...]) -> Iterator[Exit]:
    if flow not in way.flows:
        yield way
        return
    rest = tuple(it for it in way.flows if it != flow)
    for one in exits:
        yield replace(way, flows=(*rest, *one.flows))


def round_(board: Board) -> bool:
    """A way straight back to where it began is left out, unless it is the only one. Its flow stays where another way gives
    to it too, beside others."""
    changed = False
    for key, node in board.quiet():
        back = [way for way in node.exits if len(way.flows) == 1 and way.flows[0] in node.ins]
        onward = tuple(way for way in node.exits if way not in back)
        if back and onward and board.may_choose(key, key):
            others = {flow for way in node.ways if way not in back for flow in way.flows}
            gone = {way.flows[0] for way in back} - others
            board.keep(key, replace(node, ins=tuple(it for it in node.ins if it not in gone), exits=onward))
            changed = True
    return changed
