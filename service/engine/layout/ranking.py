"""Which column a node stands in: as far left as what comes before it allows, loops back not counted."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class Arc(NamedTuple):
    """A link between two nodes of one scope: `gap` columns at least lie from the end of one to the end of the other.

    0: the target may stand under the source (a message); 1: beside it, to the right.
    """

    link: str
    source: str
    target: str
    gap: int = 1


def backward(nodes: Sequence[str], arcs: Sequence[Arc]) -> frozenset[str]:
    """The links that lead back: the depth-first walk from the starts, in file order, meets their target on its path."""
    leaving: dict[str, list[Arc]] = {node: [] for node in nodes}
    for entry in arcs:
        leaving[entry.source].append(entry)
    entered = {entry.target for entry in arcs}
    found: set[str] = set()
    done: set[str] = set()
    for root in [node for node in nodes if node not in entered] + list(nodes):
        if root in done:
            continue
        path, pending = {root}, [(root, iter(leaving[root]))]
        while pending:
            node, rest = pending[-1]
            arc = next(rest, None)
            if arc is None:
                pending.pop()
                path.discard(node)
                done.add(node)
            elif arc.target in path:
                found.add(arc.link)
            elif arc.target not in done:
                path.add(arc.target)
                pending.append((arc.target, iter(leaving[arc.target])))
    return frozenset(found)


def ranked(nodes: Sequence[str], arcs: Iterable[Arc], widths: Mapping[str, int], soft: Iterable[Arc]) -> dict[str, int]:
    """The first column of each node, from 0; `arcs` must not go round in circles, a `soft` one that would is left out.

    A node that nothing leads to stands just before what it leads to.
    """
    kept = list(arcs)
    for arc in soft:
        if not _reaches(arc.target, arc.source, kept):
            kept.append(arc)
    before: dict[str, list[Arc]] = {node: [] for node in nodes}
    after: dict[str, list[Arc]] = {node: [] for node in nodes}
    for arc in kept:
        before[arc.target].append(arc)
        after[arc.source].append(arc)
    ranks: dict[str, int] = {}
    for node in _in_order(nodes, before, after):
        ranks[node] = max((ranks[arc.source] + _step(arc, widths) for arc in before[node]), default=0)
    for node in nodes:
        if not before[node] and after[node]:
            ranks[node] = max(0, min(ranks[arc.target] - _step(arc, widths) for arc in after[node]))
    least = min(ranks.values(), default=0)
    return {node: rank - least for node, rank in ranks.items()}


def _step(arc: Arc, widths: Mapping[str, int]) -> int:
    return arc.gap * widths[arc.source]


def _in_order(
    nodes: Sequence[str], before: Mapping[str, Sequence[Arc]], after: Mapping[str, Sequence[Arc]]
) -> Iterable[str]:
    """Every node after those that lead to it, otherwise in the order given."""
    waiting = {node: len(before[node]) for node in nodes}
    ready = [node for node in nodes if not waiting[node]]
    while ready:
        node = ready.pop(0)
        yield node
        for arc in after[node]:
            waiting[arc.target] -= 1
            if not waiting[arc.target]:
                ready.append(arc.target)


def _reaches(start: str, goal: str, arcs: Sequence[Arc]) -> bool:
    seen, pending = {start}, [start]
    while pending:
        node = pending.pop()
        if node == goal:
            return True
        fresh = {arc.target for arc in arcs if arc.source == node} - seen
        seen |= fresh
        pending.extend(sorted(fresh))
    return False
