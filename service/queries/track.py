"""The stations of a case: the statuses that its diagrams give it, in their order, and when it reached each."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from service.engine.model import Element, Process

Called = Callable[[str], Process | None]
"""Gives the process that a call would start, by its key; None where there is none."""


def track(root: Process, called: Called, reached: Mapping[str, str], now: str | None) -> list[dict[str, Any]]:
    """Each station with its `status`, when it was reached last (`at`), and whether it is done, now, or ahead ("").

    `reached` is status → moment, as the journal has it; `now` is where the case stands, None when it is over. A status
    that no diagram gives, because a decision did, stands where it was reached. Where ways part that have stations of
    their own, nothing behind is foretold until one of them is taken.
    """
    order = list(dict.fromkeys(_Foretold(called, reached).of(root)))
    drawn = frozenset(order)
    for status in sorted(reached, key=lambda it: reached[it]):
        if status not in order:
            before = [it for it in order if it in reached and reached[it] <= reached[status]]
            order.insert(order.index(before[-1]) + 1 if before else 0, status)
    here = order.index(now) if now in order else len(order)
    return [
        {
            "status": status,
            "at": reached.get(status) if place <= here else None,
            "state": "now" if place == here else "done" if place < here and status in reached else "",
        }
        for place, status in enumerate(order)
        if (status in drawn or place == here if place >= here else status in reached)
    ]


def reached(entries: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """When a case reached each status last, from its journal."""
    return {entry["data"]["status"]: entry["at"] for entry in entries if entry["kind"] == "case.status_changed"}


FINAL = frozenset({"in force", "editorially adjusted"})
"""Where the making of a target comes to its end: nothing is foretold behind."""


class _Foretold:
    """The statuses that a case will have, as far as it can be told from what it has reached."""

    def __init__(self, called: Called, reached: Collection[str]) -> None:
        self._called, self._reached = called, reached
        self._within: set[str] = set()

    def of(self, process: Process) -> list[str]:
        """Those of a process from its start on; none of one that is looked at already."""
        if process.id in self._within:
            return []
        self._within.add(process.id)
        nodes = {element.id: element for element in process.elements}
        targets = {flow.id: flow.target for flow in process.flows}
        behind: dict[str, list[str]] = {}
        starts = [it for it in process.elements if it.kind == "startEvent" and it.scope == process.id]
        found = [status for it in starts for status in self._behind(it, nodes, targets, behind)]
        self._within.discard(process.id)
        return found

    def _behind(
        self, element: Element, nodes: Mapping[str, Element], targets: Mapping[str, str], behind: dict[str, list[str]]
    ) -> list[str]:
        """Those from an element on. Back where it has been, there is nothing more to tell."""
        if element.id in behind:
            return behind[element.id]
        behind[element.id] = []
        own = [element.properties["status"]] if element.properties.get("status") else []
        inner = self._called(element.called) if element.called else None
        own += self.of(inner) if inner is not None else []
        inside = [it for it in nodes.values() if it.scope == element.id and it.kind == "startEvent"]
        own += [status for it in inside for status in self._behind(it, nodes, targets, behind)]
        if FINAL.intersection(own):
            behind[element.id] = list(dict.fromkeys(own))
            return behind[element.id]
        ways = [self._behind(nodes[targets[it]], nodes, targets, behind) for it in element.outgoing]
        choice = element.kind.endswith("Gateway") and element.kind != "parallelGateway"
        after = self._taken(ways) if choice else [status for way in ways for status in way]
        behind[element.id] = list(dict.fromkeys([*own, *after]))
        return behind[element.id]

    def _taken(self, ways: list[list[str]]) -> list[str]:
        """The way that a case takes: the one on which it has reached most, else the one that has all that others have."""
        if not ways:
            return []
        marks = {place: len(set(way).intersection(self._reached)) for place, way in enumerate(ways)}
        best = [ways[place] for place, mark in marks.items() if mark == max(marks.values())]
        if max(marks.values()) and len(best) < len(ways):
            return min(best, key=lambda way: (self._skipped(way), len(way)))
        whole = [way for way in ways if all(set(other) <= set(way) for other in ways)]
        return whole[0] if whole else []

    def _skipped(self, way: list[str]) -> int:
        """How many stations of a way a case has passed over that is where this one is."""
        last = max(place for place, status in enumerate(way) if status in self._reached)
        return sum(status not in self._reached for status in way[:last])
