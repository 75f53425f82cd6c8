"""Flows that leave, or enter, one node in such numbers that they cannot all dock apart: they share a trunk."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from service.engine.layout.scene import Link

MOST_APART = 9
"""So many flows of one direction find a place of their own at any shape."""


class Fan(NamedTuple):
    """The flows that leave a node, or those that enter it."""

    node: str
    leaving: bool


def fans(links: Sequence[Link]) -> Mapping[str, tuple[Fan, ...]]:
    """Link → the fans that it belongs to, for those that belong to one.

    One that is marked where it begins stays by itself, so that the mark can be told to be its own.
    """
    ends = Counter(fan for link in links for fan in _ends(link))
    found = {link.id: tuple(fan for fan in _ends(link) if ends[fan] > MOST_APART) for link in links}
    return {link: belongs for link, belongs in found.items() if belongs}


def _ends(link: Link) -> tuple[Fan, ...]:
    if link.kind != "sequence" or link.source == link.target:
        return ()
    entering = Fan(link.target, leaving=False)
    return (entering,) if link.marked else (Fan(link.source, leaving=True), entering)
