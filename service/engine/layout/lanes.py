"""Which lane each node stands in."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from service.engine.layout.scene import Link, Node, Pool
from service.engine.model import Lane


def drawable(lanes: Sequence[Lane]) -> tuple[Lane, ...]:
    """The lanes with an id; one without cannot be referred to, and what lies in it goes with it."""
    kept: dict[str, Lane] = {}
    for lane in lanes:
        if lane.id and (lane.parent is None or lane.parent in kept):
            kept[lane.id] = lane
    return tuple(kept.values())


def in_lanes(nodes: Mapping[str, Node], links: Sequence[Link], pools: Sequence[Pool]) -> dict[str, Node]:
    """The nodes with the innermost lanes that name them; one that none names stands in that of its neighbour."""
    lane_of: dict[str, str] = {}
    for pool in pools:
        for lane in pool.lanes:
            lane_of |= dict.fromkeys(lane.members, pool.within(lane)[0].id)
    sources = {link.id: link.source for link in links}
    for pool in pools:
        for node in nodes.values() if pool.lanes else ():
            if node.scope == pool.process and node.host is None and node.id not in lane_of:
                lane_of[node.id] = _neighbouring(node.id, links, sources, lane_of) or pool.leaves[0].id
    return {node.id: replace(node, lane=lane_of.get(node.host or node.id)) for node in nodes.values()}


def _neighbouring(
    node: str, links: Sequence[Link], sources: Mapping[str, str], lane_of: Mapping[str, str]
) -> str | None:
    """The lane of the first node that a node is linked to, or whose flow it is linked to."""
    for link in links:
        if node in (link.source, link.target) and link.kind != "message":
            other = link.target if link.source == node else link.source
            lane = lane_of.get(other) or lane_of.get(sources.get(other, ""))
            if lane is not None:
                return lane
    return None
