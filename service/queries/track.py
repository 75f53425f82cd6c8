"""The stations of a case: the statuses that its diagrams give it, in their order, and when it reached each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from service.engine.model import Process
from service.queries.outlines import in_flow

Called = Callable[[str], Process | None]
"""Gives the process that a call would start, by its key; None where there is none."""


def track(root: Process, called: Called, reached: Mapping[str, str], now: str | None) -> list[dict[str, Any]]:
    """Each station with its `status`, when it was reached last (`at`), and whether it is done, now, or ahead ("").

    `reached` is status → moment, as the journal has it; `now` is where the case stands, None when it is over. A status
    that no diagram gives, because a decision did, stands where it was reached.
    """
    order = list(dict.fromkeys(_statuses(root, called, set())))
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
        if place >= here or status in reached
    ]


def reached(entries: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """When a case reached each status last, from its journal."""
    return {entry["data"]["status"]: entry["at"] for entry in entries if entry["kind"] == "case.status_changed"}


def _statuses(process: Process, called: Called, seen: set[str]) -> Iterator[str]:
    seen.add(process.id)
    for element in in_flow(process):
        if element.properties.get("status"):
            yield element.properties["status"]
        if element.called and element.called not in seen:
            inner = called(element.called)
            if inner is not None:
                yield from _statuses(inner, called, seen)
