"""Where tokens lie: a value that can be compared, counted and looked up.

The marking of a scope is the flows that hold a token, in order and as often as they do, and the busy nodes: number, and
the marking inside (None where the node has no scope of its own).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

Busy = tuple[int, Any]
Marking = tuple[tuple[int, ...], tuple[Busy, ...]]
EMPTY: Marking = ((), ())


def changed(marking: Marking, took: Sequence[int], gave: Sequence[int]) -> Marking:
    """The marking with a token less on each flow of `took`, and one more on each of `gave`."""
    flows = list(marking[0])
    for flow in took:
        flows.remove(flow)
    if gave:
        flows.extend(gave)
        flows.sort()
    return tuple(flows), marking[1]


def without(marking: Marking, busy: Busy) -> Marking:
    """The marking with one such busy node less."""
    at = marking[1].index(busy)
    return marking[0], marking[1][:at] + marking[1][at + 1 :]


def along(marking: Marking, busy: Busy) -> Marking:
    """The marking with one such busy node more."""
    if not marking[1]:
        return marking[0], (busy,)
    return marking[0], tuple(sorted((*marking[1], busy), key=_order))


def _order(busy: Busy) -> tuple[int, str]:
    return busy[0], repr(busy[1])


def markings(marking: Marking) -> Iterator[Marking]:
    """The marking and those inside it."""
    yield marking
    for _, inner in marking[1]:
        if inner is not None:
            yield from markings(inner)


def crowded(marking: Marking) -> bool:
    """Whether somewhere two tokens lie on one flow, or in one node."""
    for flows, busies in markings(marking):
        if len(set(flows)) < len(flows) or len({busy[0] for busy in busies}) < len(busies):
            return True
    return False


def growth(less: Marking, more: Marking) -> Counter[Any] | None:
    """What `more` has in addition where it has all that `less` has, in one scope and nowhere else; None otherwise."""
    if less[1] == more[1]:
        return _added(less[0], more[0])
    if less[0] == more[0] and len(less[1]) == len(more[1]):
        apart = [(one, other) for one, other in zip(less[1], more[1], strict=True) if one != other]
        if len(apart) == 1:
            (one, other) = apart[0]
            if one[0] == other[0] and one[1] is not None:
                return growth(one[1], other[1])
        return None
    return _added((*less[0], *less[1]), (*more[0], *more[1]))


def _added(less: tuple[Any, ...], more: tuple[Any, ...]) -> Counter[Any] | None:
    before, after = Counter(less), Counter(more)
    return after - before if before < after else None
