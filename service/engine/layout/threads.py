"""Which nodes stand in one row: threads of nodes that follow each other, the main one first."""

from collections.abc import Mapping, Sequence

from service.engine.layout.ranking import Arc


def threads(
    nodes: Sequence[str], arcs: Sequence[Arc], lanes: Mapping[str, str | None], defaults: frozenset[str]
) -> tuple[tuple[str, ...], ...]:
    """The nodes in threads, each a path along `arcs` (which go forward) within one lane.

    The main path is the longest one; between equals the default flow goes before the first in the file. What is left
    is threaded likewise, along the longest remainder.
    """
    after: dict[str, list[Arc]] = {node: [] for node in nodes}
    for arc in arcs:
        after[arc.source].append(arc)
    heights = _heights(nodes, after)
    for source, leaving in after.items():
        after[source] = sorted(leaving, key=lambda arc: (-heights[arc.target], arc.link not in defaults))
    followed: dict[str, str] = {}
    preceded: set[str] = set()
    for node in _main_first(nodes, after, heights):
        for arc in after[node]:
            if lanes.get(arc.target) == lanes.get(node) and arc.target not in preceded:
                followed[node] = arc.target
                preceded.add(arc.target)
                break
    found = []
    for node in _main_first(nodes, after, heights):
        if node not in preceded:
            thread = [node]
            while thread[-1] in followed:
                thread.append(followed[thread[-1]])
            found.append(tuple(thread))
    return tuple(found)


def _heights(nodes: Sequence[str], after: Mapping[str, Sequence[Arc]]) -> dict[str, int]:
    """How many nodes follow each, on the longest way."""
    heights: dict[str, int] = {}
    for root in nodes:
        pending = [root]
        while pending:
            node = pending[-1]
            missing = [arc.target for arc in after[node] if arc.target not in heights]
            if missing:
                pending.extend(missing)
            else:
                pending.pop()
                heights[node] = max((heights[arc.target] + 1 for arc in after[node]), default=0)
    return heights


def _main_first(
    nodes: Sequence[str], after: Mapping[str, Sequence[Arc]], heights: Mapping[str, int]
) -> tuple[str, ...]:
    """The nodes of the main path, then those of the next longest way, and so on."""
    seen: dict[str, None] = {}
    targets = {arc.target for leaving in after.values() for arc in leaving}
    starts = [node for node in nodes if node not in targets]
    pending = sorted(starts, key=lambda node: -heights[node])
    while pending:
        node = pending.pop(0)
        branches: list[str] = []
        while node not in seen:
            seen[node] = None
            first, *others = [arc.target for arc in after[node]] or [node]
            branches.extend(others)
            node = first
        pending[:0] = [branch for branch in branches if branch not in seen]
    return tuple(seen)
