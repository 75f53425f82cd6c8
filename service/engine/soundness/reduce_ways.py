"""Rules for ways that part and meet again."""

from collections import Counter
from typing import Any

from service.engine.soundness.board import Board, forget
from service.engine.soundness.net import Exit, Node


def either(board: Board) -> bool:
    """Of several ways out of a node, of which one is taken, to one that takes tokens one by one, one is left."""
    changed = False
    for key, node in list(board.nodes.items()):
        if node.join != "any":
            continue
        groups: dict[int, list[int]] = {}
        for flow in board.nodes[key].ins:
            source = board.source.get(flow)
            if source is not None and _chosen_alone(board.nodes[source], flow):
                groups.setdefault(source, []).append(flow)
        for first, *others in groups.values():
            if others:
                forget(board, key, dict.fromkeys(others, first))
                changed = True
    return changed


def _chosen_alone(node: Node, flow: int) -> bool:
    """Whether the flow is one whole way out of a node that is done, and part of no other."""
    ways = [way for way in node.ways if flow in way.flows]
    return len(ways) == 1 and ways[0].flows == (flow,) and ways[0] in node.exits and not ways[0].needs


def side_by_side(board: Board) -> bool:
    """Of several flows that get a token together and meet in one join, one is left."""
    changed = False
    for key, join in list(board.nodes.items()):
        if join.join == "any":
            continue
        ways = [way for source in {board.source.get(flow) for flow in join.ins} - {None} for way in _of(board, source)]
        times = Counter(flow for way in ways for flow in way.flows)
        for way in ways:
            whole = [flow for flow in way.flows if flow in board.nodes[key].ins and times[flow] == 1][1:]
            if whole:
                forget(board, key, {flow: None for flow in whole})
                changed = True
                break
    return changed


def choice_to_join(board: Board) -> bool:
    """Of several flows from one node to one inclusive join, by whatever choice, one is left."""
    changed = False
    for key, join in list(board.nodes.items()):
        if join.join != "some":
            continue
        groups: dict[Any, list[int]] = {}
        for flow in board.nodes[key].ins:
            groups.setdefault(board.source.get(flow), []).append(flow)
        for source, (first, *others) in groups.items():
            if source is not None and others and _only_exits(board.nodes[source], {first, *others}):
                forget(board, key, dict.fromkeys(others, first))
                changed = board.once = True
    return changed


def _of(board: Board, key: Any) -> tuple[Exit, ...]:
    return board.nodes[key].ways


def _only_exits(node: Node, flows: set[int]) -> bool:
    """Whether the node gives to these flows when it is done only, and is done once for each token."""
    others = (*node.cuts, *node.sides, *(catch.exit for catch in node.catches))
    return not any(flows.intersection(way.flows) for way in others)
